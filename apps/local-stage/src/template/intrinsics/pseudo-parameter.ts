import { partitionOf } from './partition.ts';

/** Facts of the deployment that templates ask for as `AWS::…`. */
export interface PseudoParameterScope {
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
}

/** `AWS::NoValue`: the property or list item it stands in is dropped. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** What `Ref` of a pseudo parameter gives; undefined for any other name. */
export function pseudoParameter(
  name: string,
  { stackName, region, accountId }: PseudoParameterScope,
): unknown {
  switch (name) {
    case 'AWS::Region':
      return region;
    case 'AWS::AccountId':
      return accountId;
    case 'AWS::Partition':
      return partitionOf(region).name;
    case 'AWS::URLSuffix':
      return partitionOf(region).urlSuffix;
    case 'AWS::StackName':
      return stackName;
    case 'AWS::StackId':
      return `arn:${partitionOf(region).name}:cloudformation:${region}:${accountId}:stack/${stackName}/local`;
    case 'AWS::NotificationARNs':
      return [];
    case 'AWS::NoValue':
      return NO_VALUE;
    default:
      return undefined;
  }
}
