import type { ResourceChange, TemplateChanges } from './diff-templates.ts';
import { printTemplateDiff } from './print-template-diff.ts';
import type { StageDiff } from './print-template-diff.ts';

const none: TemplateChanges = { resources: [], permissions: [], outputs: [], others: [] };
const resource: ResourceChange = {
  logicalId: 'Fn',
  type: 'AWS::Lambda::Function',
  impact: 'update',
  properties: [{ name: 'Timeout', from: 3, to: 4 }],
  danger: undefined,
};
const stage = (name: string, change: Partial<TemplateChanges> = {}): StageDiff => ({
  stage: name,
  kind: 'both',
  changes: { ...none, ...change },
});

describe('printTemplateDiff', () => {
  it('is two lines where no stage changes', () => {
    expect(printTemplateDiff('abc1234', [stage('dev'), stage('prod')])).toBe(
      '## Templates against `abc1234`\n\nNo change in any stage.\n',
    );
  });

  it('shows changes that several stages share once', () => {
    const text = printTemplateDiff('b', [
      stage('local'),
      stage('dev', { resources: [resource] }),
      stage('prod', { resources: [resource] }),
    ]);
    expect(text).toContain('\n### dev, prod\n');
    expect(text.match(/Timeout: `3` → `4`/g)).toHaveLength(1);
    expect(text).toContain('| local | no change |');
  });

  it('puts what is at stake first, and counts it', () => {
    const text = printTemplateDiff('b', [
      stage('dev', { resources: [{ ...resource, impact: 'replace', danger: 'would be replaced' }] }),
    ]);
    expect(text).toContain('| dev | 1 resource | ⚠️ 1 |');
    expect(text).toContain('> [!CAUTION]\n> - `Fn` (AWS::Lambda::Function) would be replaced\n');
  });

  it('shows permissions and outputs', () => {
    const permission = { sign: '+', effect: 'Allow', action: 'a:b', resource: '*', principal: 'r' } as const;
    const text = printTemplateDiff('b', [stage('dev', { permissions: [permission], outputs: ['Url'] })]);
    expect(text).toContain('| + | Allow | `a:b` | `*` | `r` |');
    expect(text).toContain('**Outputs**: `Url`');
  });

  it('shows every other part of a template, and never calls its change none', () => {
    const text = printTemplateDiff('b', [
      stage('dev', { others: [{ name: 'Parameters.Version', from: { Default: 1 }, to: { Default: 2 } }] }),
      stage('prod'),
    ]);
    expect(text).toContain(
      '**Other parts of the template**\n\n- Parameters.Version: `{"Default":1}` → `{"Default":2}`\n',
    );
    expect(text).toContain('| dev | other parts |');
    expect(text).toContain('| prod | no change |');
  });

  it('keeps any value on one line of its cell', () => {
    const properties = [{ name: 'Body', from: 'a|b`c\nd', to: { long: 'x'.repeat(5000) } }];
    const text = printTemplateDiff('b', [stage('dev', { resources: [{ ...resource, properties }] })]);
    const row = text.split('\n').find((line) => line.includes('Body'));
    expect(row).toContain("Body: `a¦b'c d` →");
    expect(row?.length).toBeLessThan(300);
  });
});
