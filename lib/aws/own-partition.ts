import { Aws } from 'aws-cdk-lib';
import { isUnknown } from './known-values';

/**
 * The ARN in the partition that it is deployed to, which is the one that it names: nothing refers out of its partition.
 * Account and Region stay as they are written; a key or topic may well be another account's.
 */
export function inOwnPartition(arn: string): string {
  return isUnknown(arn) ? arn : arn.replace(/^arn:[a-z-]+:/, `arn:${Aws.PARTITION}:`);
}
