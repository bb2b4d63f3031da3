import { exampleRun, exampleTimeline } from '@spillway/capacity/testing';
import { coarseTimeline } from './coarse-timeline.ts';

const finishedAt = '2026-05-12T09:46:33.000Z';
const points = Array.from({ length: 16 }, (_, index) => ({
  ...exampleTimeline.points[0]!,
  at: new Date(Date.parse('2026-05-12T09:14:33.000Z') + index * 120_000).toISOString(),
  concurrentExecutions: index,
  invocations: 10,
  writeThrottleEvents: index % 2 === 0 ? null : 3,
  gatewayRequests: null,
}));

describe('coarseTimeline', () => {
  it('leaves as it is what a page can show', () => {
    expect(coarseTimeline(exampleRun())).toEqual(exampleTimeline);
  });

  it('is none without a timeline, and none with an empty one', () => {
    expect(coarseTimeline(exampleRun({ timeline: null }))).toBeNull();
    expect(coarseTimeline(exampleRun({ timeline: { periodSeconds: 1, points: [] } }))).toBeNull();
  });

  it('joins periods of a long run: the most of what is in use, the sum of what is counted', () => {
    const run = exampleRun({ finishedAt, timeline: { periodSeconds: 5, points } });
    // 32 min in at most 180 bins: 15 s, three periods of 5 s. The points, 120 s apart, stay apart.
    const apart = coarseTimeline(run)!;
    expect(apart.periodSeconds).toBe(15);
    expect(apart.points).toHaveLength(16);
    const near = points.map((point, index) => ({
      ...point,
      at: new Date(Date.parse(points[0]!.at) + index * 5000).toISOString(),
    }));
    const joined = coarseTimeline({ ...run, timeline: { periodSeconds: 5, points: near.toReversed() } })!;
    expect(joined.points).toHaveLength(6);
    expect(joined.points[1]).toMatchObject({
      at: '2026-05-12T09:14:48.000Z',
      concurrentExecutions: 5,
      invocations: 30,
      writeThrottleEvents: 6,
      gatewayRequests: null,
    });
    const invocations = joined.points.reduce((sum, point) => sum + point.invocations!, 0);
    expect(invocations).toBe(160);
  });
});
