import { setTimeout as sleep } from 'node:timers/promises';
import { RebuildLoop, type RebuildOutcome } from './rebuild-loop.ts';
import { RequestGate } from './request-gate.ts';

/** A loop whose steps take some time and succeed, unless told otherwise. */
function openLoop(
  change: { rebuild?: () => Promise<RebuildOutcome>; reload?: () => Promise<RebuildOutcome> } = {},
) {
  const steps: string[] = [];
  const lines: string[] = [];
  const gate = new RequestGate();
  const step =
    (name: string, outcome?: () => Promise<RebuildOutcome>) => async (): Promise<RebuildOutcome> => {
      steps.push(name);
      await sleep(5);
      return outcome?.() ?? { ok: true };
    };
  const loop = new RebuildLoop(
    {
      rebuild: step('rebuild', change.rebuild),
      reload: step('reload', change.reload),
      report: (line) => lines.push(line),
    },
    gate,
  );
  return { loop, gate, steps, lines };
}

const failed = (message: string) => async (): Promise<RebuildOutcome> => ({ ok: false, message });

describe('RebuildLoop', () => {
  it('holds requests from the change until what changed is played', async () => {
    const { loop, gate, steps, lines } = openLoop();
    expect(gate.passage()).toBeNull();
    loop.changed();
    const passed = gate.passage()!.then(() => steps.push('passed'));
    await passed;
    expect(steps).toEqual(['rebuild', 'reload', 'passed']);
    expect(lines).toEqual(['rebuilding…', expect.stringMatching(/^rebuilt in \d+ ms; 1 request waited$/)]);
    expect(gate.passage()).toBeNull();
  });

  it('takes changes that come together for one', async () => {
    const { loop, gate, steps } = openLoop();
    for (let i = 0; i < 10; i += 1) loop.changed();
    await gate.passage();
    expect(steps).toEqual(['rebuild', 'reload']);
  });

  it('builds again, and holds on, when a change comes during a build', async () => {
    const { loop, gate, steps, lines } = openLoop({
      rebuild: async () => {
        if (steps.length === 1) loop.changed();
        return { ok: true };
      },
    });
    loop.changed();
    await gate.passage();
    expect(steps).toEqual(['rebuild', 'rebuild', 'reload']);
    expect(lines).toHaveLength(2);
  });

  it.each([
    ['build', { rebuild: failed('no such name') }, ['rebuild']],
    ['template', { reload: failed('no such name') }, ['rebuild', 'reload']],
  ])(
    'lets requests go on to the old code when the %s is wrong, and says why',
    async (_what, change, expected) => {
      const { loop, gate, steps, lines } = openLoop(change);
      loop.changed();
      await gate.passage();
      expect(steps).toEqual(expected);
      expect(lines[1]).toBe('no such name\nnot rebuilt, the old code goes on; 1 request waited');
    },
  );

  it('begins anew after it was through', async () => {
    const { loop, gate, steps } = openLoop();
    for (let i = 0; i < 2; i += 1) {
      loop.changed();
      await gate.passage();
    }
    expect(steps).toEqual(['rebuild', 'reload', 'rebuild', 'reload']);
  });

  it('plays nothing any more once it is closed', async () => {
    const { loop, steps } = openLoop();
    loop.changed();
    await loop.close();
    loop.changed();
    expect(steps).not.toContain('reload');
  });
});
