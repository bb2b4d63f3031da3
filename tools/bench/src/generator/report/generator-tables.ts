import type { Table } from '../../report/table.ts';
import type { Findings } from '../findings.ts';
import { SHARES_OF_MAXIMUM, STALL_PER_SECOND, STEADY_PER_SECOND } from '../generator-plan.ts';
import { generatorClaims, OURS } from './generator-claims.ts';
import { pacingTables } from './pacing-tables.ts';
import { medianText, overRounds, percentText, ratioOverRounds, spreadText, toolsOf } from './rounds.ts';
import { stallTable } from './stall-table.ts';

/** From here on the server, not the tool, may have been at its limit. */
const SERVER_FULL_FROM_RATIO = 0.9;

/** Every table: medians over the rounds, ratios within a round, and what was to be shown. */
export function generatorTables(findings: Findings): readonly Table[] {
  const tables = [
    maximumTable(findings),
    steadyTable(findings),
    cpuTable(findings),
    ...pacingTables(findings, STEADY_PER_SECOND),
    stallTable(findings, STALL_PER_SECOND),
    {
      title: 'What is to be shown',
      header: ['claim', 'found', 'verdict'],
      rows: generatorClaims(findings).map(({ wanted, found, verdict }) => [wanted, found, verdict]),
    },
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

function maximumTable({ maximum }: Findings): Table {
  return {
    title: 'Most on one core',
    header: ['', 'rounds', 'requests/s', 'missed from', 'CPU ms', 'server busy', `${OURS} / it`],
    rows: toolsOf(maximum).map((tool) => {
      const text = (figure: Parameters<typeof overRounds<(typeof maximum)[number]>>[2]) =>
        medianText(overRounds(maximum, tool, figure));
      const busy = overRounds(maximum, tool, (found) => found.serverBusyRatio);
      return [
        tool,
        String(maximum.filter((found) => found.tool === tool).length),
        `${(busy?.median ?? 0) >= SERVER_FULL_FROM_RATIO ? '≥ ' : ''}${text((found) => Math.round(found.perSecond))}`,
        text((found) => found.missedPerSecond),
        cpuText(overRounds(maximum, tool, (found) => found.cpuMs)?.median),
        busy === null ? '–' : `${(busy.median * 100).toFixed(0)} %`,
        tool === OURS ? '' : spreadText(ratioOverRounds(maximum, [OURS, tool], (found) => found.perSecond)),
      ];
    }),
  };
}

function steadyTable({ steady }: Findings): Table {
  return {
    title: 'Sent in time and answered, of what was offered, at shares of its own maximum',
    header: ['', ...SHARES_OF_MAXIMUM.map((share) => `${share * 100} %`)],
    rows: toolsOf(steady).map((tool) => [
      tool,
      ...SHARES_OF_MAXIMUM.map((share) => {
        const at = steady.filter(({ shareOfMaximum }) => shareOfMaximum === share);
        const held = overRounds(at, tool, (found) => found.achievedRatio);
        return held === null ? '–' : percentText(held.median);
      }),
    ]),
  };
}

function cpuTable({ cpu }: Findings): Table {
  return {
    title: `CPU a request at ${STEADY_PER_SECOND}/s, all processes, ms`,
    header: ['', 'whole run', 'without start', `whole: ${OURS} / it`, `without start: ${OURS} / it`],
    rows: toolsOf(cpu).map((tool) => [
      tool,
      cpuText(overRounds(cpu, tool, (found) => found.wholeMs)?.median),
      cpuText(overRounds(cpu, tool, (found) => found.steadyMs)?.median),
      ...(tool === OURS
        ? ['', '']
        : [
            spreadText(ratioOverRounds(cpu, [OURS, tool], (found) => found.wholeMs)),
            spreadText(ratioOverRounds(cpu, [OURS, tool], (found) => found.steadyMs)),
          ]),
    ]),
  };
}

/** CPU of a request is far below a millisecond: to the microsecond. */
function cpuText(valueMs: number | undefined): string {
  return valueMs === undefined ? '–' : valueMs.toFixed(3);
}
