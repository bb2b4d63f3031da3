import { readFileSync } from 'node:fs';
import { plainStage } from './__fixtures__/configuration.ts';
import { readStages } from './read-configuration.ts';
import { parseStages, requireStage, stackName } from './stages.ts';

const dev = plainStage;

describe('parseStages', () => {
  it.each([
    ['not JSON', '{', /stages\.json: not JSON/],
    ['an unknown field', JSON.stringify({ dev: { ...dev, colour: 1 } }), /dev: .*colour/],
    [
      'a retention CloudWatch Logs lacks',
      JSON.stringify({ dev: { ...dev, logRetentionDays: 8 } }),
      /logRetentionDays/,
    ],
    ['a name no stack may have', JSON.stringify({ 'a b': dev }), /a b/],
    ['an account without a Region', JSON.stringify({ dev: { ...dev, account: '123456789012' } }), /together/],
    [
      'an account of 11 digits',
      JSON.stringify({ dev: { ...dev, account: '12345678901', region: 'eu-west-1' } }),
      /account/,
    ],
  ])('refuses %s', (_why, text, message) => {
    expect(() => parseStages(text, 'stages.json')).toThrow(
      expect.objectContaining({ code: 'STAGES_INVALID', message: expect.stringMatching(message) }),
    );
  });

  it('takes a stage with account and Region', () => {
    const placed = { ...dev, account: '123456789012', region: 'ap-southeast-2' };
    expect(parseStages(JSON.stringify({ dev: placed }), 'stages.json').dev).toMatchObject(placed);
  });
});

describe('config/stages.json', () => {
  const stages = readStages(`${import.meta.dirname}/../config/stages.json`);

  it('never deploys local, and prod only with measured limits', () => {
    expect(stages.local?.deploy).toBe('never');
    expect(stages.prod?.deploy).toBe('measured-limits');
  });

  it('asks every caller of a deployed stage for a signature', () => {
    const deployed = Object.values(stages).filter(({ deploy }) => deploy !== 'never');
    expect(deployed.map(({ auth }) => auth)).toEqual(['iam', 'iam', 'iam']);
  });

  it('keeps the data of prod: table retained and protected, and a key of its own', () => {
    expect(stages.prod).toMatchObject({
      tableRemoval: 'retain',
      deletionProtection: true,
      encryption: 'customer-managed',
    });
  });

  it('shifts the traffic of staging and prod in steps', () => {
    expect([stages.staging?.rollout, stages.prod?.rollout]).toEqual([
      'canary-10-percent-5-minutes',
      'linear-10-percent-every-3-minutes',
    ]);
  });

  it('has the variables that place its stages in the cache key of synth', () => {
    const project: unknown = JSON.parse(readFileSync(`${import.meta.dirname}/../project.json`, 'utf8'));
    const variables = Object.keys(stages).flatMap((name) =>
      ['ACCOUNT', 'REGION'].map((field) => ({
        env: `SPILLWAY_${name.toUpperCase().replaceAll('-', '_')}_${field}`,
      })),
    );
    expect(project).toMatchObject({
      targets: { synth: { inputs: expect.arrayContaining(variables) } },
    });
  });

  it("holds nobody's client", () => {
    expect(Object.values(stages).flatMap(({ clients }) => clients)).toEqual([]);
  });
});

describe('requireStage', () => {
  it.each(['nope', 'constructor', '__proto__'])('knows no stage %s', (name) => {
    expect(() => requireStage(parseStages(JSON.stringify({ dev }), 'f'), name)).toThrow(
      expect.objectContaining({ code: 'STAGE_UNKNOWN' }),
    );
  });
});

describe('stackName', () => {
  it('says whose stack it is', () => expect(stackName('dev')).toBe('Spillway-dev'));
});
