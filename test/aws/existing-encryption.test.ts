import { Template } from 'aws-cdk-lib/assertions';
import * as rds from 'aws-cdk-lib/aws-rds';
import { ClusterOrigin, Origin } from '../../lib/aws';
import { AURORA, global, TWO } from './aurora/_helpers/cluster-database';
import { database, LARGE, POSTGRES, world, type Place } from './_helpers/database';

const SUBNETS = { subnetGroupName: 'databases' };

function instance(place: Place, props: Partial<rds.DatabaseInstanceProps> = {}): rds.IDatabaseInstance {
  const { vpc } = place;
  return new rds.DatabaseInstance(place, 'Own', {
    ...{ engine: POSTGRES, instanceType: LARGE, vpc, vpcSubnets: SUBNETS },
    ...props,
  });
}

function restoredInstance(place: Place): rds.IDatabaseInstance {
  const { vpc } = place;
  return new rds.DatabaseInstanceFromSnapshot(place, 'Own', {
    ...{ snapshotIdentifier: 'before', engine: POSTGRES, instanceType: LARGE, vpc, vpcSubnets: SUBNETS },
  });
}

function cluster(place: Place, props: Partial<rds.DatabaseClusterProps> = {}): rds.IDatabaseCluster {
  const writer = rds.ClusterInstance.provisioned('Writer');
  return new rds.DatabaseCluster(place, 'Own', {
    ...{ engine: AURORA, writer, clusterIdentifier: 'old-orders', vpc: place.vpc, vpcSubnets: SUBNETS },
    ...props,
  });
}

function restoredCluster(
  place: Place,
  props: Partial<rds.DatabaseClusterFromSnapshotProps> = {},
): rds.IDatabaseCluster {
  const writer = rds.ClusterInstance.provisioned('Writer');
  return new rds.DatabaseClusterFromSnapshot(place, 'Own', {
    ...{ engine: AURORA, writer, clusterIdentifier: 'old-orders', vpc: place.vpc, vpcSubnets: SUBNETS },
    snapshotIdentifier: 'before',
    ...props,
  });
}

describe('whether an existing instance is encrypted', () => {
  it.each([
    ['is said in its template', (place: Place) => instance(place, { storageEncrypted: true }), true],
    ['is denied by a template that does not say it', (place: Place) => instance(place), false],
    ['is not known of one restored from a snapshot', restoredInstance, undefined],
  ])('%s', (_, made, encrypted) => {
    const { dublin } = world();
    const orders = database(dublin, { origin: Origin.existing('ada', made(dublin)) });
    expect(orders.member('ada').declared.encrypted).toBe(encrypted);
  });
});

describe('whether an existing cluster is encrypted', () => {
  it.each([
    ['is said in its template', (place: Place) => cluster(place, { storageEncrypted: true }), true],
    ['is denied by a template that does not say it', (place: Place) => cluster(place), false],
    ['is not known of one restored from a snapshot', (place: Place) => restoredCluster(place), undefined],
    [
      'is known of one restored with a key',
      (place: Place) => restoredCluster(place, { storageEncryptionKey: place.key() }),
      true,
    ],
  ])('%s', (_, made, encrypted) => {
    const { dublin } = world();
    const orders = global(dublin, { origin: ClusterOrigin.existing('ada', made(dublin)) });
    expect(orders.member('ada').declared.encrypted).toBe(encrypted);
  });

  it('is told by the key of whoever follows it, where nothing else tells it', () => {
    const { dublin, paris } = world();
    const orders = global(dublin, { origin: ClusterOrigin.existing('ada', restoredCluster(dublin)) });
    orders.addSecondary(paris, 'bab', { vpc: paris.vpc, instances: TWO, encryptionKey: paris.key() });
    Template.fromStack(paris).hasResourceProperties('AWS::RDS::DBCluster', {
      StorageEncrypted: true,
      KmsKeyId: { 'Fn::GetAtt': [paris.getLogicalId(paris.node.findChild('Key').node.defaultChild as never), 'Arn'] },
    });
  });
});
