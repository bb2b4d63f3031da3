import type { RunRecord } from '@spillway/capacity';
import { exampleRun } from '@spillway/capacity/testing';
import { fingerprintOf, printThrottleConfig, type ThrottleConfig } from '@spillway/throttle';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answeredSteps } from './answered-steps.ts';

/** Two hours after the example run ended. */
export const NOW_MS = Date.parse('2026-05-12T11:17:00.000Z');

export const placeholder: ThrottleConfig = {
  stage: 'local',
  limits: {
    rateLimit: 1000,
    burstLimit: 2000,
    reservedConcurrency: 100,
    memorySize: 1024,
    timeoutSeconds: 29,
  },
  evidence: { kind: 'placeholder', note: 'nobody measured these' },
};

/** A template with the one function that a fingerprint is read from. */
export function templateWith(properties: Record<string, unknown> = {}) {
  return {
    Resources: {
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: { Code: { S3Key: `${'ab'.repeat(32)}.zip` }, MemorySize: 1024, ...properties },
      },
    },
  };
}

/** A workspace in a temporary folder: a synthesized template and a placeholder for stage `local`, and no runs. */
export class TemporaryWorkspace {
  readonly root = mkdtempSync(join(tmpdir(), 'spillway-throttle-'));
  readonly results = join(this.root, 'results');
  readonly config = join(this.root, 'apps/infra/config');
  readonly cdkOut = join(this.root, 'apps/infra/cdk.out');
  readonly file = join(this.config, 'throttle.local.json');

  constructor() {
    for (const folder of [this.config, this.cdkOut]) mkdirSync(folder, { recursive: true });
    this.synthesize(templateWith());
    this.write(placeholder);
  }

  synthesize(template: unknown): void {
    writeFileSync(join(this.cdkOut, 'Spillway-local.template.json'), JSON.stringify(template));
  }

  write(config: ThrottleConfig): void {
    writeFileSync(join(this.config, `throttle.${config.stage}.json`), printThrottleConfig(config));
  }

  /** The throttle file of stage `local`. */
  read(): string {
    return readFileSync(this.file, 'utf8');
  }

  /** Adds the example run as measured on this workspace's template, with its answers. */
  async addRun(changes: Partial<RunRecord> = {}): Promise<RunRecord> {
    const whole = exampleRun({ fingerprint: await fingerprintOf(templateWith()), ...changes });
    mkdirSync(join(this.results, whole.runId), { recursive: true });
    const run = { ...whole, steps: answeredSteps(join(this.results, whole.runId), whole) };
    this.addText(run.runId, JSON.stringify(run));
    return run;
  }

  /** Adds a run.json that holds any text. */
  addText(runId: string, text: string): void {
    mkdirSync(join(this.results, runId), { recursive: true });
    writeFileSync(join(this.results, runId, 'run.json'), text);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
