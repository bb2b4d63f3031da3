import { min } from 'simple-statistics';
import { WARM_UP_WINDOWS, type MemoryOutcome } from '../run-memory.ts';
import type { Claim } from './claims.ts';
import { figureText, megabytesText } from './figure-text.ts';
import { FLAT_WITHIN_RATIO, judgeFlatness, type Flatness } from './flatness.ts';
import type { Table } from './table.ts';

const PER_CENT = FLAT_WITHIN_RATIO * 100;

/** The series of windows, and whether memory stayed flat and every request was answered once. */
export function memoryTables(outcome: MemoryOutcome): readonly Table[] {
  return [
    {
      title: 'Memory, window by window, MB',
      header: ['requests', 'requests/s', 'live heap', 'stage resident', 'environments resident', 'processes'],
      rows: outcome.windows.map((window) => [
        String(window.requests),
        figureText(window.perSecond),
        (window.liveHeapBytes / 1024 ** 2).toFixed(2),
        megabytesText(window.mainBytes),
        megabytesText(window.environmentsBytes),
        String(window.processes),
      ]),
    },
    {
      title: 'What is to be shown',
      header: ['claim', 'found', 'verdict'],
      rows: memoryClaims(outcome).map(({ wanted, found, verdict }) => [wanted, found, verdict]),
    },
  ];
}

/**
 * The stage's own process is judged. Its environments are only shown: what grows there is the heap of the handler,
 * which V8 lets grow until the function's memory size makes it collect, on Lambda too.
 */
export function memoryClaims(outcome: MemoryOutcome): readonly Claim[] {
  const { windows, sent, served, endings, repeatedRequestIds, audit } = outcome;
  const warm = windows.slice(WARM_UP_WINDOWS);
  const counts = Object.entries(endings).map(([ending, count]) => `${ending}: ${count}`);
  const liveHeap = warm.map((window) => window.liveHeapBytes);
  return [
    flatClaim(`live heap of the stage flat within ${PER_CENT} %`, judgeFlatness(liveHeap, 'change')),
    flatClaim(
      `resident memory of the stage grows by at most ${PER_CENT} %`,
      judgeFlatness(leastOfHalves(warm.map(({ mainBytes }) => mainBytes)), 'growth'),
    ),
    {
      wanted: `all ${sent} requests served, each answered once`,
      found: `${counts.join(', ')}; ${repeatedRequestIds} request ids seen twice`,
      verdict: served === sent && repeatedRequestIds === 0 ? 'met' : 'not met',
    },
    {
      wanted: 'every acknowledged entry is stored, and no other',
      found: `${audit.acknowledged} acknowledged, ${audit.lost} lost, ${audit.neverSent} never sent`,
      verdict: audit.lost + audit.neverSent + audit.storedUnacknowledged === 0 ? 'met' : 'not met',
    },
  ];
}

/** A window's resident memory depends on when V8 last gave some back: only the least of several says where it stands. */
function leastOfHalves(windowsBytes: readonly number[]): readonly number[] {
  const middle = Math.floor(windowsBytes.length / 2);
  return [windowsBytes.slice(0, middle), windowsBytes.slice(middle)]
    .filter((half) => half.length > 0)
    .map((half) => min([...half]));
}

function flatClaim(wanted: string, flatness: Flatness | null): Claim {
  if (!flatness) return { wanted, found: '–', verdict: 'not measured' };
  const { driftRatio, referenceBytes, isFlat } = flatness;
  const drift = `${driftRatio >= 0 ? '+' : ''}${(driftRatio * 100).toFixed(1)} %`;
  return {
    wanted,
    found: `${drift} at most, from ${megabytesText(referenceBytes)} MB`,
    verdict: isFlat ? 'met' : 'not met',
  };
}
