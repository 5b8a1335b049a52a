import type { Instance } from './instance';
import type { XmlElements } from '../wire/write-xml';

/** Names another instance as RDS does from a Region: by id in the same one, by ARN elsewhere. */
export const nameFrom = (region: string, other: Pick<Instance, 'region' | 'id' | 'arn'>): string =>
  other.region === region ? other.id : other.arn;

/** What an answer says of an instance besides its own record. */
export interface Relations {
  /** As `ReadReplicaSourceDBInstanceIdentifier` names it. */
  readonly source: string | undefined;
  readonly replicas: readonly string[];
}

/** A replica being made follows nobody yet. */
const replicationInfo = ({ status, replication }: Instance): XmlElements => ({
  DBInstanceStatusInfo:
    status === 'creating' || !replication
      ? []
      : {
          StatusType: 'read replication',
          Normal: replication.status === 'replicating',
          Status: replication.status,
          Message: replication.message,
        },
});

const pendingValues = ({ pending }: Instance): XmlElements => ({
  DBInstanceClass: pending.instanceClass,
  AllocatedStorage: pending.allocatedStorage,
  EngineVersion: pending.engineVersion,
  BackupRetentionPeriod: pending.backupRetention,
  MultiAZ: pending.multiAz,
});

/** Instances being made have no address yet. */
const endpoint = ({ status, endpoint: { address, port } }: Instance): XmlElements | undefined =>
  status === 'creating' ? undefined : { Address: address, Port: port, HostedZoneId: 'Z00000000000000000000' };

/** An instance as the element `DBInstance`. */
export function renderInstance(instance: Instance, { source, replicas }: Relations): XmlElements {
  return {
    ...instance.carried,
    DBInstanceIdentifier: instance.id,
    DBInstanceArn: instance.arn,
    DbiResourceId: instance.resourceId,
    DBInstanceClass: instance.instanceClass,
    DBInstanceStatus: instance.status,
    InstanceCreateTime: new Date(instance.createdAt),
    Engine: instance.engine,
    EngineVersion: instance.engineVersion,
    MasterUsername: instance.masterUsername,
    DBName: instance.databaseName,
    Endpoint: endpoint(instance),
    AllocatedStorage: instance.allocatedStorage,
    AvailabilityZone: instance.availabilityZone,
    DBSubnetGroup: { DBSubnetGroupName: instance.subnetGroup, SubnetGroupStatus: 'Complete' },
    BackupRetentionPeriod: instance.backupRetention,
    MultiAZ: instance.multiAz,
    DeletionProtection: instance.deletionProtection,
    VpcSecurityGroups: {
      VpcSecurityGroupMembership: instance.securityGroups.map((id) => ({
        VpcSecurityGroupId: id,
        Status: instance.securityGroupStatus,
      })),
    },
    DBParameterGroups: {
      DBParameterGroup: {
        DBParameterGroupName: instance.parameterGroup,
        ParameterApplyStatus: instance.parameterStatus,
      },
    },
    ReadReplicaSourceDBInstanceIdentifier: source,
    ReadReplicaDBInstanceIdentifiers: { ReadReplicaDBInstanceIdentifier: replicas },
    StatusInfos: replicationInfo(instance),
    PendingModifiedValues: pendingValues(instance),
    TagList: { Tag: instance.tags.map(({ key, value }) => ({ Key: key, Value: value })) },
  };
}
