/** Where the environment says that a stage goes; the variables that infra reads, too. */
export interface PlaceVariables {
  readonly account: string | undefined;
  readonly region: string | undefined;
}

/** `SPILLWAY_<STAGE>_ACCOUNT` and `_REGION`; the one reader of `process.env`. Set to nothing counts as not set. */
export function readPlaceVariables(stage: string, variables = process.env): PlaceVariables {
  const prefix = `SPILLWAY_${stage.toUpperCase().replaceAll('-', '_')}`;
  return {
    account: variables[`${prefix}_ACCOUNT`] || undefined,
    region: variables[`${prefix}_REGION`] || undefined,
  };
}
