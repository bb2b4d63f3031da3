import { outcomes, type Answers, type Outcome } from '@spillway/capacity';
import { auditEntries, entryId, runMarker } from './audit.ts';
import { entryFactory } from './generator/entry.ts';

const RUN = '20260131-142501-k3f9';

function answered(...found: Outcome[]): Answers {
  const column = () => new Float64Array(found.length);
  return {
    count: found.length,
    intendedMs: column(),
    latenessMs: column(),
    latencyMs: column(),
    outcome: Uint8Array.from(found, (outcome) => outcomes.indexOf(outcome)),
    status: new Uint16Array(found.length),
  };
}

function storedIds(...sequences: [step: string, sequence: number][]): Set<string> {
  return new Set(sequences.map(([step, sequence]) => entryId(RUN, step, sequence)));
}

describe('auditEntries', () => {
  it('counts an acknowledged entry that is not in the table as lost', () => {
    const steps = [{ name: 'discovery-01', answers: answered('acknowledged', 'acknowledged') }];
    expect(auditEntries(RUN, steps, storedIds(['discovery-01', 0]))).toMatchObject({
      acknowledged: 2,
      stored: 1,
      lost: 1,
      neverSent: 0,
    });
  });

  it('counts a request without an answer as unknown, stored or not, and never as lost', () => {
    const steps = [{ name: 'a', answers: answered('timeout', 'connection-error', 'timeout') }];
    expect(auditEntries(RUN, steps, storedIds(['a', 1]))).toMatchObject({
      acknowledged: 0,
      lost: 0,
      unknown: 3,
      unknownStored: 1,
    });
  });

  it('tells an id that nobody sent from those of every step', () => {
    const steps = [
      { name: 'a', answers: answered('acknowledged') },
      { name: 'b', answers: answered('acknowledged') },
    ];
    const stored = storedIds(['a', 0], ['b', 0], ['b', 1]);
    expect(auditEntries(RUN, steps, stored)).toMatchObject({ stored: 2, lost: 0, neverSent: 1 });
  });

  it('knows the ids of a step whose generators were stopped each on its own', () => {
    const answers = { ...answered('acknowledged', 'acknowledged'), sequence: Uint32Array.of(0, 5) };
    expect(auditEntries(RUN, [{ name: 'a', answers }], storedIds(['a', 0], ['a', 5]))).toMatchObject({
      stored: 2,
      lost: 0,
      neverSent: 0,
    });
  });

  it('accuses nobody of the entries of a step that left no answers', () => {
    const steps = [{ name: 'broken', answers: null }];
    expect(auditEntries(RUN, steps, storedIds(['broken', 0], ['broken', 1], ['other', 0]))).toMatchObject({
      unknown: 2,
      unknownStored: 2,
      neverSent: 1,
    });
  });

  it('reports what was refused, throttled or failed and is stored all the same', () => {
    const steps = [{ name: 'a', answers: answered('refused', 'throttled', 'failed') }];
    expect(auditEntries(RUN, steps, storedIds(['a', 2]))).toMatchObject({ refusedStored: 1, neverSent: 0 });
  });
});

describe('entryId', () => {
  it('is the id that the generator sends, and carries the marker of its run', () => {
    const body = entryFactory({ runId: RUN, stepName: 'burst-02', payloadBytes: 1_024, count: 20 })(7);
    expect(JSON.parse(body)).toMatchObject({ id: entryId(RUN, 'burst-02', 7) });
    expect(entryId(RUN, 'burst-02', 7).startsWith(runMarker(RUN))).toBe(true);
  });
});
