import {
  Pair,
  parseDocument,
  Scalar,
  YAMLMap,
  type CollectionTag,
  type ScalarTag,
  type Tags,
  type YAMLSeq,
} from 'yaml';

/** CloudFormation's short forms: `!Sub text` is `Fn::Sub: text`; these two keep their own name. */
const OWN_NAME = ['Ref', 'Condition'];

const FUNCTIONS = [
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'GetStackOutput',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
];

/** A template as JSON would have it. */
export interface YamlTemplate {
  readonly value: unknown;
  /** What of it CloudFormation would not read like this, each in one line. */
  readonly warnings: readonly string[];
}

/**
 * A template in YAML 1.1, as CloudFormation reads it, except that dates stay text.
 * @throws YAMLParseError
 */
export function parseYamlTemplate(text: string): YamlTemplate {
  const document = parseDocument(text, {
    schema: 'yaml-1.1',
    customTags: (tags: Tags) => [...tags.filter((tag) => !isTimestamp(tag)), ...shortForms()],
  });
  const [error] = document.errors;
  if (error) throw error;
  return { value: document.toJS(), warnings: document.warnings.map(({ message }) => firstLine(message)) };
}

/** The others show the place in the file. */
function firstLine(message: string): string {
  return message.replace(/:?\n[^]*$/, '');
}

function isTimestamp(tag: Tags[number]): boolean {
  return typeof tag === 'string' ? tag === 'timestamp' : tag.tag === 'tag:yaml.org,2002:timestamp';
}

function shortForms(): (ScalarTag | CollectionTag)[] {
  return [...OWN_NAME, ...FUNCTIONS].flatMap((name) => {
    const key = OWN_NAME.includes(name) ? name : `Fn::${name}`;
    const wrap = (value: unknown): YAMLMap => {
      const map = new YAMLMap();
      map.items.push(new Pair(new Scalar(key), value));
      return map;
    };
    const tag = `!${name}`;
    return [
      { tag, resolve: (value: string) => ({ [key]: value }) },
      { tag, collection: 'seq', resolve: (value: YAMLMap.Parsed | YAMLSeq.Parsed) => wrap(value) },
      { tag, collection: 'map', resolve: (value: YAMLMap.Parsed | YAMLSeq.Parsed) => wrap(value) },
    ] satisfies (ScalarTag | CollectionTag)[];
  });
}
