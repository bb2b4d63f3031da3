/** Which stage, account and Region: in every message about a stage that others use. */
export function stageText({
  stackName,
  accountId,
  region,
}: {
  readonly stackName: string;
  readonly accountId: string;
  readonly region: string;
}): string {
  return `stage ${stageNameOf(stackName)}, account ${accountId}, ${region}`;
}

/** `Spillway-dev` → `dev`. */
export function stageNameOf(stackName: string): string {
  return stackName.replace(/^Spillway-/, '');
}
