import { plainStage } from './__fixtures__/configuration.ts';
import { placeStages } from './place-stages.ts';
import type { PlaceVariable } from './place-stages.ts';
import { stagesSchema } from './stages.ts';

const stages = stagesSchema.parse({
  dev: plainStage,
  prod: { ...plainStage, account: '111111111111', region: 'us-east-1' },
});
const account = (stage: string, value: string): PlaceVariable => ({
  variable: `SPILLWAY_${stage.toUpperCase()}_ACCOUNT`,
  stage,
  field: 'account',
  value,
});
const region = (stage: string, value: string): PlaceVariable => ({
  variable: `SPILLWAY_${stage.toUpperCase()}_REGION`,
  stage,
  field: 'region',
  value,
});

describe('placeStages', () => {
  it('changes nothing where nothing is said', () => expect(placeStages(stages, [])).toEqual(stages));

  it('places a stage that its file does not place', () => {
    const placed = placeStages(stages, [account('dev', '222222222222'), region('dev', 'eu-west-1')]);
    expect(placed).toEqual({
      ...stages,
      dev: { ...stages.dev, account: '222222222222', region: 'eu-west-1' },
    });
  });

  it('wins over the file, field by field', () => {
    expect(placeStages(stages, [account('prod', '222222222222')]).prod).toMatchObject({
      account: '222222222222',
      region: 'us-east-1',
    });
  });

  it.each([
    ['half a place', account('dev', '222222222222'), /^SPILLWAY_DEV_ACCOUNT=222222222222: .*together/],
    [
      'an account of 11 digits',
      account('prod', '22222222222'),
      /^SPILLWAY_PROD_ACCOUNT=22222222222: .*12 digits/,
    ],
    ['a Region that none is', region('prod', 'Ireland'), /^SPILLWAY_PROD_REGION=Ireland: /],
  ])('refuses %s', (_what, variable, message) => {
    expect(() => placeStages(stages, [variable])).toThrow(
      expect.objectContaining({ code: 'STAGES_INVALID', message: expect.stringMatching(message) }),
    );
  });

  it('refuses a variable for a stage that is not there, which would leave another unplaced', () => {
    expect(() => placeStages(stages, [account('prd', '222222222222')])).toThrow(
      expect.objectContaining({
        code: 'STAGE_UNKNOWN',
        message: 'SPILLWAY_PRD_ACCOUNT: no stage "prd", want one of dev, prod; correct or unset the variable',
      }),
    );
  });
});
