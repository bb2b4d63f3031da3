import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly AlarmName: string; readonly AlarmDescription: unknown };
}

/** What an alarm says, with `<name>` for what only a deployment knows. */
function textOf(description: unknown): string {
  if (typeof description === 'string') return description;
  const { 'Fn::Join': joined } = description as { 'Fn::Join': readonly [string, readonly unknown[]] };
  return joined[1].map((part) => (typeof part === 'string' ? part : '<name>')).join(joined[0]);
}

/** Sections of a runbook by heading: the text that each begins with, quoted from an alarm. */
function quotesOf(file: string): ReadonlyMap<string, string> {
  const sections = readFileSync(join(root, file), 'utf8').split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => {
      const [heading = ''] = section.split('\n');
      return [heading, /\n> (.*)\n/.exec(section)?.[1] ?? ''];
    }),
  );
}

/** What begins with a quote, in which `…` stands for what stages differ in. */
function patternOf(quote: string): RegExp {
  const literal = quote.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('…', '\\S+')}`);
}

const SAID = /^(.*) First: .* Then: (docs\/runbooks\/[\w-]+\.md)#([\w-]+)$/;

/** Stages that between them have every alarm. */
const STAGES = {
  rest: {
    rollout: 'canary-10-percent-5-minutes',
    clients: [{ name: 'shop', quota: { requests: 1000, period: 'day' } }],
  },
  http: { api: 'http' },
};
const PLAIN = { deploy: 'any-limits', tableRemoval: 'destroy', logRetentionDays: 7 };

/** Templates of those stages, as apps/infra makes them. */
function synthesize(): readonly { readonly Resources: Readonly<Record<string, Resource>> }[] {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-runbooks-'));
  try {
    const stages = Object.entries(STAGES).map(([name, stage]) => [name, { ...PLAIN, ...stage }]);
    writeFileSync(join(folder, 'stages.json'), JSON.stringify(Object.fromEntries(stages)));
    const limits = JSON.parse(
      readFileSync(join(root, 'apps/infra/config/throttle.dev.json'), 'utf8'),
    ) as object;
    for (const stage of Object.keys(STAGES))
      writeFileSync(join(folder, `throttle.${stage}.json`), JSON.stringify({ ...limits, stage }));
    const env = {
      ...process.env,
      SPILLWAY_STAGES_FILE: join(folder, 'stages.json'),
      SPILLWAY_THROTTLE_DIR: folder,
      CDK_OUTDIR: join(folder, 'cdk.out'),
    };
    execFileSync(process.execPath, [join(root, 'apps/infra/src/main.ts')], { env, stdio: 'pipe' });
    return Object.keys(STAGES).map((stage) =>
      JSON.parse(readFileSync(join(folder, `cdk.out/Spillway-${stage}.template.json`), 'utf8')),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const alarms = synthesize()
  .flatMap(({ Resources }) => Object.values(Resources))
  .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
  .map(({ Properties: { AlarmName, AlarmDescription } }) => {
    const text = textOf(AlarmDescription);
    const [, means = '', runbook = '', anchor = ''] = SAID.exec(text) ?? [];
    return { alarm: AlarmName, text, means, runbook, anchor };
  });

describe('the runbooks', () => {
  it.each(alarms)('have a section for $alarm, which begins with what it says', (said) => {
    expect(said.text).toMatch(SAID);
    expect(said.alarm.endsWith(`-${said.anchor}`)).toBe(true);
    expect(said.means).toMatch(patternOf(quotesOf(said.runbook).get(said.anchor) ?? 'no section'));
  });

  it('have no section for an alarm that is not there', () => {
    const files = [...new Set(alarms.map(({ runbook }) => runbook))];
    expect(files.length).toBeGreaterThan(0);
    expect(files.flatMap((file) => [...quotesOf(file).keys()]).sort()).toEqual(
      [...new Set(alarms.map(({ anchor }) => anchor))].sort(),
    );
  });

  it('are named within the 1,024 characters that CloudWatch takes, with room for names', () => {
    for (const { text } of alarms) expect(text.length).toBeLessThan(900);
  });
});
