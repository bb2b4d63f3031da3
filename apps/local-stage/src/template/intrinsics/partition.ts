/** What names and hosts of a Region's own partition begin and end with. */
export interface Partition {
  /** As in `arn:aws-cn:…`. */
  readonly name: string;
  readonly urlSuffix: string;
}

/** Partitions beside the commercial one, by the first part of their Regions' names. */
const PARTITIONS: readonly (readonly [prefix: string, partition: Partition])[] = [
  ['cn-', { name: 'aws-cn', urlSuffix: 'amazonaws.com.cn' }],
  ['us-gov-', { name: 'aws-us-gov', urlSuffix: 'amazonaws.com' }],
  ['us-isob-', { name: 'aws-iso-b', urlSuffix: 'sc2s.sgov.gov' }],
  ['us-iso-', { name: 'aws-iso', urlSuffix: 'c2s.ic.gov' }],
  ['eusc-', { name: 'aws-eusc', urlSuffix: 'amazonaws.eu' }],
];

const COMMERCIAL: Partition = { name: 'aws', urlSuffix: 'amazonaws.com' };

/** The partition that a Region is in: the one source of `AWS::Partition`, `AWS::URLSuffix` and every ARN. */
export function partitionOf(region: string): Partition {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? COMMERCIAL;
}
