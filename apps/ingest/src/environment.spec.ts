import { EnvironmentError, readEnvironment, readTraceId } from './environment.ts';

describe('readEnvironment', () => {
  it('reads the table from TABLE_NAME', () => {
    expect(readEnvironment({ TABLE_NAME: 'entries', OTHER: 'x' })).toEqual({ tableName: 'entries' });
  });

  it.each([{}, { TABLE_NAME: '' }])('refuses %p', (variables) => {
    expect(() => readEnvironment(variables)).toThrow(EnvironmentError);
  });
});

describe('readTraceId', () => {
  it.each([
    [
      'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
      '1-5759e988-bd862e3fe1be46a994272793',
    ],
    ['Self=1-2;Root=1-5759e988-bd862e3fe1be46a994272793', '1-5759e988-bd862e3fe1be46a994272793'],
    ['Parent=53995c3f42cd8ad8', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads the root of %p', (_X_AMZN_TRACE_ID, traceId) => {
    expect(readTraceId({ _X_AMZN_TRACE_ID })).toBe(traceId);
  });
});
