import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerRows } from './conformance/answers.ts';
import { functionRows } from './conformance/functions.ts';
import { gatewayResponseRows } from './conformance/gateway-responses.ts';
import { reservationRows } from './conformance/reservations.ts';
import type { Proof, Row } from './conformance/row.ts';
import { publishedMetricRows } from './conformance/published-metrics.ts';
import { refusalRows } from './conformance/refusals.ts';
import { Stages } from './conformance/stages.ts';
import { tableRows } from './conformance/tables.ts';
import { throttleCountRows } from './conformance/throttle-counts.ts';
import { throttleRows } from './conformance/throttles.ts';
import { usagePlanRows } from './conformance/usage-plans.ts';
import { FACTS_WITHOUT_ROW } from './conformance/without-row.ts';

const PLACES = { rest: ' REST API', http: ' HTTP API', stage: '' } as const;

const ROWS = [
  ...throttleRows,
  ...usagePlanRows,
  ...throttleCountRows,
  ...refusalRows,
  ...answerRows,
  ...gatewayResponseRows,
  ...functionRows,
  ...reservationRows,
  ...tableRows,
  ...publishedMetricRows,
];

/** VPC endpoints, prices and Artillery. */
const isOfNoRequest = (number: number): boolean => (number >= 50 && number < 60) || number >= 70;

const stages = new Stages();

afterAll(() => stages.stop());

/** A row's proofs, each with the name of its test. */
function provedAt(row: Row): readonly [string, Proof][] {
  return (['rest', 'http', 'stage'] as const).flatMap((place) => {
    const proof = row[place];
    return proof ? [[`${row.fact}${PLACES[place]}: ${row.says}`, proof] as [string, Proof]] : [];
  });
}

describe('the local stage conforms to', () => {
  it.each(ROWS.flatMap(provedAt))('%s', async (_name, { see, wanted }) => {
    expect(await see(stages)).toEqual(wanted);
  });
});

describe('the table of facts', () => {
  const written = readFileSync(join(__dirname, '../../../.github/aws-facts.md'), 'utf8');
  const aboutRequests = [...written.matchAll(/^\| (F\d+) \|/gm)]
    .map(([, fact]) => fact ?? '')
    .filter((fact) => !isOfNoRequest(Number(fact.slice(1))));

  it('has a row for each fact about gateway, Lambda, DynamoDB and their metrics, or a reason why it has none', () => {
    const proved = ROWS.map(({ fact }) => fact);
    expect([...new Set([...proved, ...Object.keys(FACTS_WITHOUT_ROW)])].sort()).toEqual(
      [...aboutRequests].sort(),
    );
    expect(Object.keys(FACTS_WITHOUT_ROW).filter((fact) => proved.includes(fact))).toEqual([]);
  });
});
