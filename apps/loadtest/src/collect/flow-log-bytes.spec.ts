import {
  DescribeQueryDefinitionsCommand,
  GetQueryResultsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { flowLogBytes } from './flow-log-bytes.ts';

const QUERY = { queryString: 'parse … | stats …', logGroupNames: ['flow-logs'] };
const NAMED = { name: 'Spillway-dev/table endpoint throughput', ...QUERY };
const START = Date.parse('2026-01-31T14:25:00Z');

const row = (minute: string, direction: string, rate: string) => [
  { field: 'bin(60s)', value: minute },
  { field: 'flow_direction', value: direction },
  { field: 'bits_per_second', value: rate },
  { field: 'packets_per_second', value: '10' },
];

/** CloudWatch Logs as its reference describes the three calls; nobody recorded them here. */
function logsAnswering(own: { definitions?: object[]; ends?: string; results?: object[][] } = {}) {
  const started: object[] = [];
  let looks = 0;
  const send = async (command: object) => {
    if (command instanceof DescribeQueryDefinitionsCommand)
      return { queryDefinitions: own.definitions ?? [{ name: 'Spillway-dev/other' }, NAMED] };
    if (command instanceof StartQueryCommand) {
      started.push(command.input);
      return { queryId: 'q1' };
    }
    if (!(command instanceof GetQueryResultsCommand)) throw new Error('not asked for');
    looks += 1;
    const isOver = looks > 1;
    return {
      status: isOver ? (own.ends ?? 'Complete') : 'Running',
      results: isOver ? (own.results ?? []) : [],
    };
  };
  return { started, logs: { send } as never };
}

const window = { startMs: START, endMs: START + 90_500 };

describe('flowLogBytes', () => {
  it('runs the stack’s own saved query for the window, and adds up both directions of a minute', async () => {
    const results = [
      row('2026-01-31 14:25:00.000', 'egress', '8000'),
      row('2026-01-31 14:25:00.000', 'ingress', '800'),
      row('2026-01-31 14:26:00.000', 'egress', '1.6E4'),
    ];
    const { logs, started } = logsAnswering({ results });
    expect(await flowLogBytes(logs, 'Spillway-dev', window, 1)).toEqual([
      { atMs: START, value: 66_000 },
      { atMs: START + 60_000, value: 120_000 },
    ]);
    expect(started).toEqual([{ ...QUERY, startTime: START / 1000, endTime: START / 1000 + 91 }]);
  });

  it.each([
    ['has no such query', { definitions: [] }, /no saved query "table endpoint throughput"/],
    ['ends otherwise', { ends: 'Failed' }, /the query ended as Failed/],
  ])('says so where the stack %s', async (_what, own, message) => {
    await expect(flowLogBytes(logsAnswering(own).logs, 'Spillway-dev', window, 1)).rejects.toThrow(message);
  });
});
