import { peakMemoryMb, privateMemoryMb } from './process-memory.ts';

// Elsewhere there is no /proc, and both say so.
const onLinux = process.platform === 'linux' ? it : it.skip;

describe('the memory of a process', () => {
  onLinux('is its own without the pages of files', () => {
    const before = privateMemoryMb(process.pid) ?? NaN;
    const kept = Buffer.alloc(64 * 1024 * 1024, 1);
    const after = privateMemoryMb(process.pid) ?? NaN;
    expect(after - before).toBeGreaterThan(50);
    expect(after).toBeLessThan(process.memoryUsage.rss() / 1024 / 1024);
    expect(kept.length).toBe(64 * 1024 * 1024);
  });

  onLinux('has a peak that is at least what it holds now', () => {
    expect(peakMemoryMb('self')).toBeGreaterThanOrEqual(
      Math.floor(process.memoryUsage.rss() / 1024 / 1024) - 1,
    );
    expect(peakMemoryMb(process.pid)).toBeGreaterThan(0);
  });

  it('is unknown of a process that is not there', () => {
    expect([privateMemoryMb(2 ** 30), peakMemoryMb(2 ** 30)]).toEqual([null, null]);
  });
});
