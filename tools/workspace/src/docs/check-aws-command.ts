import * as apiGateway from '@aws-sdk/client-api-gateway';
import * as cloudFormation from '@aws-sdk/client-cloudformation';
import * as dynamoDb from '@aws-sdk/client-dynamodb';
import * as serviceQuotas from '@aws-sdk/client-service-quotas';
import * as sts from '@aws-sdk/client-sts';

/** Services of the AWS CLI whose SDK client is part of this workspace: both are made of the same models. */
const CLIENTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  apigateway: apiGateway,
  cloudformation: cloudFormation,
  dynamodb: dynamoDb,
  'service-quotas': serviceQuotas,
  sts,
};

/** Commands of version 2 that no client here knows, with their options, from the CLI's reference. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  'configure export-credentials': ['format'],
  'deploy get-deployment': ['deployment-id'],
  'deploy list-deployments': ['include-only-statuses'],
  'logs tail': ['since', 'filter-pattern', 'format', 'follow'],
};

const GLOBAL_OPTIONS = ['query', 'output', 'region', 'profile', 'max-items'];

/** What is wrong with the arguments of an `aws` command; null where nothing is. */
export function awsProblem([service = '', operation = '', ...args]: readonly string[]): string | null {
  const known = OTHERS[`${service} ${operation}`] ?? inputNames(service, operation);
  if (known === null) return `aws ${service} has no ${operation} that is known here`;
  const strange = args
    .filter((word) => word.startsWith('--'))
    .map((word) => word.slice(2).split('=')[0] ?? '')
    .find((option) => !known.includes(option) && !GLOBAL_OPTIONS.includes(option));
  return strange === undefined ? null : `aws ${service} ${operation} has no option --${strange}`;
}

/** Options of an operation: the members of its input, as the SDK's schema of it lists them. */
function inputNames(service: string, operation: string): readonly string[] | null {
  const name = operation.replaceAll(/(^|-)([a-z])/g, (_all, _dash, letter: string) => letter.toUpperCase());
  const schema = CLIENTS[service]?.[`${name}$`];
  if (!Array.isArray(schema)) return null;
  const input: unknown = typeof schema[4] === 'function' ? schema[4]() : schema[4];
  const members: unknown = Array.isArray(input) ? input[4] : [];
  return Array.isArray(members) ? members.map((member) => kebab(String(member))) : [];
}

function kebab(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}
