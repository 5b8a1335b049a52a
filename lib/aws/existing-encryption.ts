import type * as rds from 'aws-cdk-lib/aws-rds';
import { templateLiteral } from './template-literal';

/**
 * Whether the data of an existing database is encrypted, as its template says. A copy is encrypted as that is which it was
 * copied from, so that its template need not say it: undefined.
 *
 * @param from - Snapshots and sources that the template may name, each undefined where it does not.
 */
export function existingEncryption(
  template: rds.CfnDBInstance | rds.CfnDBCluster,
  from: readonly unknown[],
): boolean | undefined {
  const isCopy = from.some((each) => each !== undefined);
  if (isCopy && template.storageEncrypted === undefined) return undefined;
  // What the template does not say, CloudFormation takes as false.
  return templateLiteral(template, template.storageEncrypted ?? false, 'boolean');
}
