import { App, Stack } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { ClusterOrigin, GlobalDatabase, MultiAzCluster, ReplicatedCluster, ReplicatedInstance } from '../../../lib/aws';
import { define } from '../../../lib/topology';
import { sampleCluster, sampleGlobal, sampleMultiAz } from '../../_helpers/sample-cluster';
import { cloudSql } from '../../_helpers/sample-cloud-sql';
import { sample } from '../../_helpers/sample-topology';
import { Place, POSTGRES, world } from '../_helpers/database';
import { cluster, global, TWO } from './_helpers/cluster-database';

function refusal(of: () => unknown): readonly [string, string] {
  try {
    of();
  } catch (error) {
    return [(error as { code: string }).code, (error as Error).message];
  }
  throw new Error('it was not refused');
}

describe('what cannot be rendered is refused', () => {
  const { dublin, paris } = world();
  const orders = global(dublin);
  const regions = {};
  const scope = () => new Stack(new App(), 'home');

  it.each([
    [
      'an id that is taken',
      () => orders.addSecondary(paris, 'ada', { instances: TWO }),
      'duplicate-id',
      'orders has a member ada already; allowed: each id once; fix: choose another id',
    ],
    [
      'a source that is not there',
      () => orders.addSecondary(paris, 'bab', { instances: TWO, replicaOf: 'cyd' }),
      'member-unknown',
      'orders has no member cyd; allowed: ada; fix: name one of them',
    ],
    [
      'a Region without a network',
      () => {
        const { dublin: home, paris: abroad } = world();
        return global(home).addSecondary(abroad, 'bab', { instances: TWO });
      },
      'vpc-missing',
      'orders has no VPC for eu-west-3; allowed: the VPC of that Region; fix: pass vpc with the first cluster there',
    ],
    [
      'another stack for a Region',
      () => {
        const app = new App();
        const [home, other] = [new Place(app, 'eu-west-1'), new Place(app, 'eu-west-1', 'other')];
        return cluster(home).addReplicaCluster('bab', { scope: other, vpc: other.vpc, instances: TWO });
      },
      'stack-differs',
      'a cluster of orders in eu-west-1 is given the stack other; allowed: eu-west-1, all clusters of one Region share groups that are there; fix: pass a scope in that stack',
    ],
    [
      'an engine of instances',
      () => global(new Place(new App(), 'eu-west-1'), { engine: POSTGRES as unknown as rds.IClusterEngine }),
      'engine-unknown',
      'the engine is postgres; allowed: aurora-mysql, aurora-postgresql of Aurora clusters; fix: pass an engine of rds.DatabaseClusterEngine',
    ],
    [
      'a password that RDS manages',
      () => global(new Place(new App(), 'eu-west-1'), { settings: { credentials: 'rds-managed' } }),
      'managed-password-in-global',
      'the master password of orders is to be managed by RDS; allowed: self-managed, in a global database; fix: leave credentials out',
    ],
    [
      'a topology of instances as a global database',
      () => GlobalDatabase.fromTopology(scope(), 'Orders', { topology: define(sample()), regions }),
      'kind-differs',
      'the topology orders is of the kind instances; allowed: global for GlobalDatabase; fix: render it with ReplicatedInstance, or with TopologyStacks',
    ],
    [
      'a global database as a cluster',
      () => ReplicatedCluster.fromTopology(scope(), 'Orders', { topology: define(sampleGlobal()), regions }),
      'kind-differs',
      'the topology orders is of the kind global; allowed: cluster for ReplicatedCluster; fix: render it with GlobalDatabase, or with TopologyStacks',
    ],
    [
      'a cluster as a Multi-AZ DB cluster',
      () => MultiAzCluster.fromTopology(scope(), 'Orders', { topology: define(sampleCluster()), regions }),
      'kind-differs',
      'the topology orders is of the kind cluster; allowed: multi-az-cluster for MultiAzCluster; fix: render it with ReplicatedCluster, or with TopologyStacks',
    ],
    [
      'a Multi-AZ DB cluster as instances',
      () => ReplicatedInstance.fromTopology(scope(), 'Orders', { topology: define(sampleMultiAz()), regions }),
      'kind-differs',
      'the topology orders is of the kind multi-az-cluster; allowed: instances for ReplicatedInstance; fix: render it with MultiAzCluster, or with TopologyStacks',
    ],
    [
      'a topology for Google',
      () => GlobalDatabase.fromTopology(scope(), 'Orders', { topology: define(cloudSql()), regions }),
      'cloud-differs',
      'the topology orders is for the cloud gcp; allowed: aws; fix: render it with CloudSqlTopology of db-understudy/gcp, or write `cloud: aws`',
    ],
    [
      'a source whose name is not known',
      () => {
        const { dublin: home, paris: abroad } = world();
        const { ref: clusterIdentifier } = new rds.CfnDBCluster(home, 'Existing', { engine: 'aurora-mysql' });
        const imported = rds.DatabaseCluster.fromDatabaseClusterAttributes(home, 'Imported', { clusterIdentifier });
        const orders = cluster(home, { origin: ClusterOrigin.existing('ada', imported) });
        return orders.addReplicaCluster('bab', { scope: abroad, vpc: abroad.vpc, instances: TWO });
      },
      'literal-needed',
      'a cluster is to follow ada, whose Region or identifier is only known at deployment; allowed: literals; fix: set env.region on its stack, and give it an identifier as text',
    ],
    [
      'a proxy to a secondary',
      () => {
        const { dublin: home, paris: abroad } = world();
        const secondary = global(home).addSecondary(abroad, 'bab', { vpc: abroad.vpc, instances: TWO });
        secondary.addReaderProxy('Proxy', { vpc: abroad.vpc, secrets: [] });
      },
      'proxy-needs-primary',
      'a proxy is to be added to bab, which is replica; allowed: the primary; fix: add the proxy to the primary, and again after a promotion',
    ],
    [
      'a resource id that nobody knows',
      () => {
        const home = new Place(new App(), 'eu-west-1');
        const imported = rds.DatabaseCluster.fromDatabaseClusterAttributes(home, 'Imported', {
          clusterIdentifier: 'old',
        });
        return global(home, { origin: ClusterOrigin.existing('ada', imported) }).member('ada')
          .clusterResourceIdentifier;
      },
      'resource-id-unknown',
      'the resource id of ada is not known; allowed: a cluster that is created here, or imported with clusterResourceIdentifier; fix: import it so',
    ],
  ])('%s', (_, act, code, message) => {
    expect(refusal(act)).toStrictEqual([code, message]);
  });
});
