/** `AWS::SQS::Queue`, `AWS::DynamoDB::Table.Tags`: nothing but the name of a type, or of a property of one. */
const TYPE_OR_PROPERTY = /^\w+(::\w+)+(\.\w+)?$/;

/**
 * What a template has that is not played, for those who look for the cause of something: the findings as they were
 * met, and a function is read before the routes that call it; types and properties without effect last.
 */
export function inReadingOrder(notPlayed: Iterable<string>): readonly string[] {
  const { findings, types } = separate(notPlayed);
  return [...findings, ...types.toSorted()];
}

/** One line for each finding, and one for all types and properties without effect. */
export function notPlayedLines(notPlayed: Iterable<string>): readonly string[] {
  const { findings, types } = separate(notPlayed);
  return [...findings, ...(types.length === 0 ? [] : [types.join('; ')])].map(
    (each) => `not played: ${each}`,
  );
}

function separate(notPlayed: Iterable<string>): Record<'findings' | 'types', string[]> {
  const findings: string[] = [];
  const types: string[] = [];
  for (const each of notPlayed) (TYPE_OR_PROPERTY.test(each) ? types : findings).push(each);
  return { findings, types };
}
