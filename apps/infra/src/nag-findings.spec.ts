import type { IConstruct } from 'constructs';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { readFileSync } from 'node:fs';
import { Validations } from 'aws-cdk-lib';
import { stageVariants } from './__fixtures__/stage-variants.ts';
import { ingestStack } from './__fixtures__/synthesized-stack.ts';
import { parseStages } from './stages.ts';

// Here, not in the synthesis: the same commit gives the same findings, so that finding them once, before it is merged,
// is enough, and a synthesis stays the two seconds it takes.
const packs = [new AwsSolutionsChecks(), new ServerlessChecks()];
const shipped = parseStages(
  readFileSync(`${import.meta.dirname}/../config/stages.json`, 'utf8'),
  'stages.json',
);

/** Findings that nothing explains, a line each. */
function findingsOf(scope: IConstruct): string[] {
  return packs.flatMap((pack) =>
    pack
      .validateScope(scope)
      .violations.flatMap(({ ruleName, description, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${constructPath}: ${ruleName} ${description}`),
      ),
  );
}

/** Reasons given in a stack, by rule; the CDK gives some of its own, for other checks. */
function reasonsIn(scope: IConstruct): [rule: string, reason: string][] {
  return scope.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(data as Record<string, string>))
    .map(([rule, reason]): [string, string] => [rule.replace('Annotation::', ''), reason])
    .filter(([rule]) => packs.some(({ name }) => rule.startsWith(`${name}-`)));
}

describe('IngestStack under the checks of cdk-nag', () => {
  it.each(Object.entries(shipped))('has no finding unexplained as stage %s', (_name, stage) => {
    expect(findingsOf(ingestStack({ stage }))).toEqual([]);
  });

  it.each(Object.entries(stageVariants))('has no finding unexplained as %s', (_name, stage) => {
    expect(findingsOf(ingestStack({ stage }))).toEqual([]);
  });

  it('explains nothing that is found nowhere', () => {
    const variants = [...Object.values(shipped), ...Object.values(stageVariants)];
    const stacks = variants.map((stage) => ingestStack({ stage }));
    const explained = new Set(stacks.flatMap((stack) => reasonsIn(stack).map(([rule]) => rule)));
    const unseen = jest.replaceProperty(Validations, 'ACKNOWLEDGED_RULES_METADATA_KEY', 'none' as never);
    const found = new Set(stacks.flatMap(findingsOf).map((line) => line.split(': ')[1]?.split(' ')[0]));
    unseen.restore();
    expect([...explained].sort()).toEqual([...found].sort());
  });

  it('says why in a sentence, wherever it explains one', () => {
    const reasons = reasonsIn(ingestStack({ stage: stageVariants['everything at once'] }));
    expect(reasons.length).toBeGreaterThan(5);
    for (const [, reason] of reasons) expect(reason).toMatch(/^[A-Z].{30,}\.$/);
  });
});
