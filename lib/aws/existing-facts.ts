import { CfnResource } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { IConstruct } from 'constructs';
import type { Member } from '../topology';
import { existingEncryption } from './existing-encryption';
import { templateLiteral } from './template-literal';

export interface ExistingFacts {
  readonly member: Omit<Member, 'id' | 'region'>;
  readonly credentials: 'self-managed' | 'rds-managed';
}

/** What the template says of an instance that the program defines itself. Of an imported one, its name: rules skip the rest. */
export function existingFacts(instance: rds.IDatabaseInstance): ExistingFacts {
  const template = instance.node.defaultChild;
  const cfn = isInstanceTemplate(template) ? template : undefined;
  const text = (value: unknown): string | undefined => templateLiteral(instance, value, 'string');
  // What the template does not say, CloudFormation takes as false.
  const flag = (value: unknown): boolean | undefined =>
    cfn === undefined ? undefined : templateLiteral(instance, value ?? false, 'boolean');
  const multiAz = flag(cfn?.multiAz);
  const gib = text(cfn?.allocatedStorage);
  const count = (value: unknown): number | undefined => templateLiteral(instance, value, 'number');
  return {
    member: {
      size: text(cfn?.dbInstanceClass),
      version: text(cfn?.engineVersion) ?? instance.engine?.engineVersion?.fullVersion,
      storage: {
        gib: gib === undefined ? undefined : Number(gib),
        type: text(cfn?.storageType),
        iops: count(cfn?.iops),
        throughput: count(cfn?.storageThroughput),
        growTo: count(cfn?.maxAllocatedStorage),
      },
      standby: multiAz === undefined ? undefined : multiAz ? 'multi-az' : 'none',
      promotion: 1,
      retentionDays: count(cfn?.backupRetentionPeriod),
      encrypted: cfn === undefined ? undefined : encryptionOf(cfn),
      tags: {},
      // RDS knows every instance by its name in lower case.
      aws: {
        identifier: text(cfn === undefined ? instance.instanceIdentifier : cfn.dbInstanceIdentifier)?.toLowerCase(),
      },
    },
    credentials: flag(cfn?.manageMasterUserPassword) === true ? 'rds-managed' : 'self-managed',
  };
}

function isInstanceTemplate(construct: IConstruct | undefined): construct is rds.CfnDBInstance {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === rds.CfnDBInstance.CFN_RESOURCE_TYPE_NAME;
}

function encryptionOf(cfn: rds.CfnDBInstance): boolean | undefined {
  return existingEncryption(cfn, [
    ...[cfn.dbSnapshotIdentifier, cfn.dbClusterSnapshotIdentifier, cfn.sourceDbInstanceAutomatedBackupsArn],
    ...[cfn.sourceDbInstanceIdentifier, cfn.sourceDbClusterIdentifier, cfn.sourceDbiResourceId],
  ]);
}
