import { GetItemCommand, PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { TableTreatment } from '../src/dynamodb/table-treatment.ts';
import { startTablesOnly, TABLES_TEMPLATE } from './__fixtures__/table-stage/start-proxy.ts';
import { startStageProcess } from './stage-process.ts';

const TableName = 'Tables-Entries';
const always = { rateRatio: 1, fromMs: 0, untilMs: Infinity };
type Tables = Awaited<ReturnType<typeof startTablesOnly>>;

describe('the table with faults', () => {
  let tables: Tables;
  afterEach(() => tables.stop());

  const start = async (treatment: Partial<TableTreatment>): Promise<DynamoDBClient> => {
    tables = await startTablesOnly(treatment);
    return tables.clientOf(tables.functionEndpoint, {
      requestHandler: { requestTimeout: 300, throwOnRequestTimeout: true },
    });
  };
  const put = (client: DynamoDBClient, id: string, table = TableName) =>
    client.send(new PutItemCommand({ TableName: table, Item: { id: { S: id } } }));
  /** Whether the engine has it, asked where no fault is. */
  const isStored = async (id: string): Promise<boolean> => {
    const direct = tables.clientOf(tables.engineEndpoint);
    const { Item } = await direct.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }));
    return Item !== undefined;
  };

  it.each([
    ['throttle', { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }, false],
    ['error', { name: 'InternalServerError', $metadata: { httpStatusCode: 500 } }, false],
    ['reset', { message: expect.stringContaining('ECONNRESET') as string }, false],
    ['lost', { message: expect.stringContaining('ECONNRESET') as string }, true],
    ['blackhole', { name: 'TimeoutError' }, false],
  ] as const)('%s: a write fails, and the AWS endpoint is spared', async (kind, failure, stored) => {
    const client = await start({ faults: [{ ...always, kind }] });
    await expect(put(client, 'one')).rejects.toMatchObject(failure);
    expect(await isStored('one')).toBe(stored);
  });

  it('throttles a provisioned table with its own exception (F44)', async () => {
    const client = await start({ faults: [{ ...always, kind: 'throttle' }] });
    await expect(put(client, 'one', 'Tables-Provisioned')).rejects.toMatchObject({
      name: 'ProvisionedThroughputExceededException',
    });
  });

  it.each(['throttle', 'error'] as const)('%s is tried again by the SDK', async (kind) => {
    await start({ faults: [{ ...always, kind }] });
    const patient = tables.clientOf(tables.functionEndpoint, { maxAttempts: 3 });
    await expect(put(patient, 'one')).rejects.toMatchObject({ $metadata: { attempts: 3 } });
  });

  it('counts faults as the table would have them, with the meter', async () => {
    const client = await start({ isMetered: true, faults: [{ ...always, kind: 'throttle' }] });
    await expect(put(client, 'one')).rejects.toThrow();
    const ofPut = { TableName, Operation: 'PutItem' };
    expect(tables.sumOf('WriteThrottleEvents', { TableName })).toBe(1);
    expect(tables.sumOf('ThrottledRequests', ofPut)).toBe(1);
    expect(tables.sumOf('ConsumedWriteCapacityUnits', { TableName })).toBe(0);
  });

  it('counts errors as system errors, with the meter', async () => {
    const client = await start({ isMetered: true, faults: [{ ...always, kind: 'error' }] });
    await expect(put(client, 'one')).rejects.toThrow();
    expect(tables.sumOf('SystemErrors', { TableName, Operation: 'PutItem' })).toBe(1);
  });

  it('hits the same calls again with the same seed, and about the share it is told', async () => {
    const failed = async (seed: number): Promise<string> => {
      const client = await start({ seed, faults: [{ ...always, kind: 'throttle', rateRatio: 0.5 }] });
      let pattern = '';
      for (let index = 0; index < 40; index += 1) {
        pattern += await put(client, `${index}`).then(
          () => '.',
          () => 'x',
        );
      }
      await tables.stop();
      return pattern;
    };
    const first = await failed(7);
    expect(await failed(7)).toBe(first);
    expect(await failed(8)).not.toBe(first);
    expect(first).toMatch(/x.*\..*x/);
  });

  it('adds the latency to every call and changes nothing else', async () => {
    const client = await start({ latency: { kind: 'fixed', durationMs: 120 } });
    const startedMs = performance.now();
    await put(client, 'late');
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(119);
    expect(await isStored('late')).toBe(true);
  });

  it('counts the latency as the table’s own, with the meter', async () => {
    const client = await start({ isMetered: true, latency: { kind: 'fixed', durationMs: 100 } });
    await put(client, 'late');
    const ofPut = { TableName, Operation: 'PutItem' };
    expect(tables.sumOf('SuccessfulRequestLatency', ofPut)).toBeGreaterThanOrEqual(100);
  });
});

describe('--table-fault and --table-latency', () => {
  const postTo = async (baseUrl: string) => {
    const response = await fetch(baseUrl, { method: 'POST', body: 'entry' });
    return [response.status, await response.text()];
  };

  it.each([
    ['--table-fault=throttle', [503, 'ThrottlingException']],
    ['--table-fault=reset', [503, 'TimeoutError ECONNRESET']],
    ['--table-fault=error:from=10m', [200, 'stored']],
    ['--table-latency=lognormal:p50=2ms,p99=5ms', [200, 'stored']],
  ])('%s reaches the function: %j', async (option, answer) => {
    const stage = await startStageProcess(`--template=${TABLES_TEMPLATE}`, '--engine=dynalite', option);
    const found = await postTo(stage.baseUrl);
    await stage.stop();
    expect(found).toEqual(answer);
  });

  it.each([
    ['--table-fault=slow', /--table-fault.*found 'slow', want throttle:rate=0\.1/],
    ['--table-latency=5', /--table-latency.*found '5', want 5ms/],
    ['--seed=x', /--seed.*Want an integer/],
  ])('%s ends the start with one line', (option, message) => {
    const main = join(__dirname, '../src/main.ts');
    const { status, stderr } = spawnSync(process.execPath, [main, option], { encoding: 'utf8' });
    expect([status, stderr.trim().split('\n')]).toEqual([1, [expect.stringMatching(message)]]);
  });
});
