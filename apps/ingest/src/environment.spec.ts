import { EnvironmentError, readEnvironment } from './environment.ts';

describe('readEnvironment', () => {
  it('reads the table from TABLE_NAME', () => {
    expect(readEnvironment({ TABLE_NAME: 'entries', OTHER: 'x' })).toEqual({ tableName: 'entries' });
  });

  it.each([{}, { TABLE_NAME: '' }])('refuses %p', (variables) => {
    expect(() => readEnvironment(variables)).toThrow(EnvironmentError);
  });
});
