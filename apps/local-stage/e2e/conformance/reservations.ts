import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { send } from './exchange.ts';
import { at, both, times, type Row } from './row.ts';
import type { ConformanceStage, Kind } from './stages.ts';
import { isThrottled } from './throttled-function.ts';

/** What the other functions of the fixture have: `Brief`, `RestTen` and `HttpTen`. */
const RESERVED_BY_OTHERS = 5 + 1 + 1;

/** F31: of this the account keeps free of reservations. */
const UNRESERVED = 100;

/** The slots that the function `Single` then has, or the name of the error. */
async function reserve({ aws }: ConformanceStage, ReservedConcurrentExecutions: number): Promise<unknown> {
  const FunctionName = 'Conformance-Single';
  try {
    const client = new LambdaClient(aws);
    const change = new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions });
    return (await client.send(change)).ReservedConcurrentExecutions;
  } catch (error) {
    return (error as Error).name;
  }
}

/** The last reservation that an account of 1,000 takes, and one more. */
async function lastReservation(stage: ConformanceStage): Promise<unknown> {
  const last = 1000 - UNRESERVED - RESERVED_BY_OTHERS;
  const outcomes = [await reserve(stage, last), await reserve(stage, last + 1)];
  await reserve(stage, 1);
  return outcomes.map((outcome) => (outcome === last ? 'reserved' : outcome));
}

/** Takes all that is unreserved with a function that has no reservation, then calls another one and a reserved one. */
async function guarantee(stage: ConformanceStage, kind: Kind): Promise<unknown> {
  await reserve(stage, 3000 - UNRESERVED - RESERVED_BY_OTHERS);
  const gate = join(stage.folder, `gate-${randomUUID()}`);
  const openGate = join(stage.folder, `gate-${randomUUID()}`);
  await writeFile(openGate, '');
  const held = times(UNRESERVED + 1, { url: stage.url(kind, `/wait?gate=${gate}`) }).map(send);
  // Behind the closed gate only a refusal can be an answer.
  const refused = await Promise.race(held);
  const another = await send({ url: stage.url(kind, `/hold?gate=${openGate}`) });
  const reserved = await send({ url: stage.url(kind, `/single?gate=${openGate}`) });
  await writeFile(gate, '');
  const served = (await Promise.all(held)).filter(({ status }) => status === 200).length;
  await reserve(stage, 1);
  return {
    isRefused: isThrottled(kind, refused),
    isAnotherRefused: isThrottled(kind, another),
    reserved: reserved.status,
    served,
  };
}

/** What a reservation is to its function, and to the others. */
export const reservationRows: readonly Row[] = [
  {
    fact: 'F31',
    says: '100 of the 1,000 stay unreserved: the last reservation, and one more',
    stage: at('narrow', lastReservation, ['reserved', 'InvalidParameterValueException']),
  },
  {
    fact: 'F31',
    says: 'what is reserved serves its function while the rest of the account is taken, and nobody else',
    ...both(guarantee, { isRefused: true, isAnotherRefused: true, reserved: 200, served: UNRESERVED }),
  },
];
