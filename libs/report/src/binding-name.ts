import type { Binding } from '@spillway/capacity';

const NAMES: Readonly<Record<Binding['by'], string>> = {
  'stage-throttle': 'stage throttle',
  'usage-plan': 'usage plan',
  'reserved-concurrency': 'reserved concurrency',
  'ten-times-rule': '10× rule',
  'scaling-rate': 'scaling rate',
  'function-timeout': 'function timeout',
  'dynamodb-throttling': 'DynamoDB throttling',
  'hot-key': 'hot key',
  'function-cpu': 'function CPU',
  generator: 'load generator',
  host: 'host',
  quota: 'account quota',
  'nothing-failed': 'nothing failed',
  unknown: 'unknown',
};

/** A binding constraint as people call it. */
export function bindingName({ by }: Binding): string {
  return NAMES[by];
}
