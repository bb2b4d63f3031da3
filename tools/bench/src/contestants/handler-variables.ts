import { LOCAL_AWS, TABLE_NAME } from '../engine/entries-table.ts';

/** What the handler finds in its environment wherever no template says it. */
export function handlerVariables(engineEndpoint: string): Record<string, string> {
  return {
    TABLE_NAME,
    AWS_ENDPOINT_URL_DYNAMODB: engineEndpoint,
    ...awsVariables(),
  };
}

/** Those that some peers set themselves, and forbid to be set. */
export function awsVariables(): Record<string, string> {
  return {
    AWS_REGION: LOCAL_AWS.region,
    AWS_ACCESS_KEY_ID: LOCAL_AWS.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_AWS.credentials.secretAccessKey,
  };
}
