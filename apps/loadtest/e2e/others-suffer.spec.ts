import { setTimeout as sleep } from 'node:timers/promises';
import { enforced, startDeployedStage, storedIds, type DeployedStage } from './deployed-stage.ts';

const LIMIT_MS = 240_000;
const OTHERS_PAUSE_MS = 50;

let stage: DeployedStage;
beforeAll(async () => {
  stage = await startDeployedStage({ auth: 'none' }, ['--table-fault=error:rate=0.6']);
}, LIMIT_MS);
const over = new AbortController();
afterAll(async () => {
  over.abort();
  await stage.stop();
});

/** Somebody else's requests, 20 a second, until they are told to end. */
async function sendAsOthers(url: string, until: AbortSignal): Promise<void> {
  for (let sequence = 0; !until.aborted; sequence += 1) {
    const body = JSON.stringify({ id: `others-${sequence}`, title: 'theirs', year: 2026 });
    const headers = { 'content-type': 'application/json' };
    void fetch(url, { method: 'POST', headers, body }).then(
      (response) => response.arrayBuffer(),
      () => undefined,
    );
    await sleep(OTHERS_PAUSE_MS);
  }
}

/** A run whose stage others use from when its limits are lifted; where this machine kept it from that, another. */
async function runBesideOthers(
  url: string,
): Promise<{ readonly code: number | string; readonly printed: string }> {
  for (;;) {
    const running = stage.loadtest('--yes', '--metric-wait=20');
    const isLifted = await running.until(/^Discovery/m).then(
      () => true,
      () => false,
    );
    if (!isLifted && /against a null server, want/.test(running.printed())) continue;
    const ended = new AbortController();
    const others = sendAsOthers(url, AbortSignal.any([ended.signal, over.signal]));
    const code = await running.ended();
    ended.abort();
    await others;
    return { code, printed: running.printed() };
  }
}

it(
  'a run ends by itself when others’ requests fail besides its own, and leaves the stage as it was',
  async () => {
    const found = await stage.find();
    const before = await enforced(found);
    const { code, printed } = await runBesideOthers(found.baseUrl);
    expect(code === 3 ? '' : printed).toBe('');
    expect(printed).toMatch(
      /stage dev, account 000000000000, us-east-1: others suffer: from \S+ to \S+ \d+ of \d+ requests failed \(5xx\).*besides this run's own/,
    );
    expect(printed).toMatch(/^Limits +put back as they were found$/m);
    expect(await enforced(found)).toEqual(before);
    const ids = await storedIds(found);
    expect(ids.some((id) => id.startsWith('others-'))).toBe(true);

    // And none begins while they still do.
    const next = stage.loadtest('--yes');
    expect([await next.ended(), next.printed()]).toEqual([
      1,
      expect.stringMatching(/^loadtest: stage dev, .*: others suffer: /m) as string,
    ]);
    expect(await enforced(found)).toEqual(before);
  },
  LIMIT_MS,
);
