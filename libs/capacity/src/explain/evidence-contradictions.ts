import { grouped } from '../figures.ts';
import type { Contradiction } from './contradiction.ts';
import type { Subject } from './subject.ts';

/** Where limits are beyond what the evidence in the same file shows. */
export function evidenceContradictions({ limits, measured }: Subject): readonly Contradiction[] {
  if (measured === null) return [];
  const { sustainedRate, burst, memorySize } = measured;
  const found: Contradiction[] = [];
  if (limits.rateLimit > sustainedRate.lowerPerSecond) {
    found.push({
      limits: ['rateLimit'],
      found: `The rate limit of ${grouped(limits.rateLimit)}/s is above the ${grouped(sustainedRate.lowerPerSecond, 6)}/s that was measured to hold.`,
      change: `lower rateLimit to ${grouped(measured.targets.headroomRatio * sustainedRate.lowerPerSecond, 4)}, or measure again`,
    });
  }
  if (limits.burstLimit > Math.max(1, burst.cleanRequests)) {
    found.push({
      limits: ['burstLimit'],
      found: `The burst limit of ${grouped(limits.burstLimit)} is above the ${grouped(burst.cleanRequests)} that was measured to be clean.`,
      change: `lower burstLimit to ${grouped(Math.max(1, Math.floor(measured.targets.headroomRatio * burst.cleanRequests)))}, or measure again`,
    });
  }
  if (limits.memorySize !== memorySize) {
    found.push({
      limits: ['memorySize'],
      found: `The memory is ${grouped(limits.memorySize)} MB, the evidence is of ${grouped(memorySize)} MB: the same code with other memory is another system.`,
      change: `set memorySize to ${memorySize}, or measure again`,
    });
  }
  return found;
}
