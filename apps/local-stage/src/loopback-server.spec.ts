import { checkPortRange, PortRangeError } from './loopback-server.ts';

describe('checkPortRange', () => {
  it('takes the last port for the last API, and refuses one API more', () => {
    expect(() => checkPortRange(65_534, 2, '--port')).not.toThrow();
    expect(() => checkPortRange(65_534, 3, '--port')).toThrow(PortRangeError);
    expect(() => checkPortRange(65_534, 3, '--port')).toThrow(
      '--port=65534: found 3 APIs, want a port for each up to 65535; run again with --port=65533 at most, or 0 for any',
    );
  });

  it('leaves any free ports to the operating system', () => {
    expect(() => checkPortRange(0, 70_000, '--port')).not.toThrow();
  });
});
