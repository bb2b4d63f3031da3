import {
  fingerprintOf,
  parseThrottleConfig,
  type Fingerprint,
  type ThrottleConfig,
} from '@spillway/throttle';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What this checkout would deploy to a stage: its fingerprint, and the throttle file with its evidence. */
export interface Deployment {
  readonly fingerprint: Fingerprint;
  readonly throttle: ThrottleConfig;
}

/** Where both are; absolute paths. */
export interface DeploymentPlaces {
  readonly configDir: string;
  readonly cdkOut: string;
}

/** A synthesized template that is not there or can't be read. */
export class TemplateUnreadableError extends Error {
  readonly code = 'TEMPLATE_UNREADABLE';
  readonly file: string;

  constructor(file: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${file}: ${reason}; run npx nx synth infra first`, { cause });
    this.name = 'TemplateUnreadableError';
    this.file = file;
  }
}

/**
 * Reads both files of a stage.
 * @param places folders of the throttle files and of the synthesized templates
 * @throws TemplateUnreadableError, ThrottleConfigError
 */
export async function readDeployment(places: DeploymentPlaces, stage: string): Promise<Deployment> {
  const templateFile = join(places.cdkOut, `Spillway-${stage}.template.json`);
  const throttleFile = join(places.configDir, `throttle.${stage}.json`);
  let fingerprint: Fingerprint;
  let throttleText: string;
  try {
    fingerprint = await fingerprintOf(JSON.parse(readFileSync(templateFile, 'utf8')));
    throttleText = readFileSync(throttleFile, 'utf8');
  } catch (cause) {
    throw new TemplateUnreadableError(templateFile, cause);
  }
  return { fingerprint, throttle: parseThrottleConfig(throttleText, basename(throttleFile)) };
}
