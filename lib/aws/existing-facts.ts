import * as rds from 'aws-cdk-lib/aws-rds';
import { isUnknown, knownValues } from './known-values';
import type { Member } from '../topology';

export interface ExistingFacts {
  readonly member: Omit<Member, 'id' | 'region'>;
  readonly credentials: 'self-managed' | 'rds-managed';
}

/** What the template says of an instance that the program defines itself. Of an imported one, nothing: rules skip that. */
export function existingFacts(instance: rds.IDatabaseInstance): ExistingFacts {
  const template = instance.node.defaultChild;
  const isTemplate = template instanceof rds.CfnDBInstance;
  const cfn = isTemplate ? template : undefined;
  // What the template does not say, CloudFormation takes as false.
  const flag = (value: unknown): boolean | undefined => (isTemplate && !isUnknown(value) ? value === true : undefined);
  const multiAz = flag(cfn?.multiAz);
  return {
    member: knownValues({
      size: cfn?.dbInstanceClass,
      version: cfn?.engineVersion ?? instance.engine?.engineVersion?.fullVersion,
      storage: { gib: cfn?.allocatedStorage === undefined ? undefined : Number(cfn.allocatedStorage), type: cfn?.storageType },
      standby: multiAz === undefined ? undefined : multiAz ? 'multi-az' : 'none',
      promotion: 1,
      retentionDays: cfn?.backupRetentionPeriod,
      encrypted: flag(cfn?.storageEncrypted),
      key: undefined,
      tags: {},
      aws: { identifier: cfn?.dbInstanceIdentifier },
    }),
    credentials: cfn?.manageMasterUserPassword === true ? 'rds-managed' : 'self-managed',
  };
}
