import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  ClusterLagAlarms,
  ClusterOrigin,
  GlobalDatabase,
  MultiAzCluster,
  ReplicatedCluster,
  ReplicatedInstance,
  type ClusterOriginProps,
  type GlobalDatabaseProps,
} from '../../../lib/aws';
import { define } from '../../../lib/topology';
import { sample } from '../../_helpers/sample-topology';
import { sampleCluster, sampleGlobal, sampleMultiAz } from '../../_helpers/sample-cluster';
import { cloudSql } from '../../_helpers/sample-cloud-sql';
import { LARGE, Place, POSTGRES, world } from '../_helpers/database';

const AURORA = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.of('16.8', '16') });
const AURORA_MYSQL = rds.DatabaseClusterEngine.auroraMysql({
  version: rds.AuroraMysqlEngineVersion.of('8.0.mysql_aurora.3.08.2', '8.0'),
});
const TWO = { a: { tier: 0 }, b: {} };

type Wishes = Partial<GlobalDatabaseProps> & { readonly of?: Partial<ClusterOriginProps> };

function global(place: Place, { of, ...props }: Wishes = {}): GlobalDatabase {
  return new GlobalDatabase(place, 'Orders', {
    engine: AURORA,
    origin: ClusterOrigin.create('ada', { instanceType: LARGE, instances: TWO, ...of }),
    objectives: { lag: Duration.seconds(5) },
    network: { vpc: place.vpc },
    ...props,
  });
}

function cluster(place: Place, props: Partial<GlobalDatabaseProps> = {}): ReplicatedCluster {
  return new ReplicatedCluster(place, 'Orders', {
    engine: AURORA_MYSQL,
    origin: ClusterOrigin.create('ada', { instanceType: LARGE, instances: TWO }),
    objectives: { lag: Duration.seconds(5) },
    network: { vpc: place.vpc },
    settings: { parameters: { binlog_format: 'ROW' } },
    ...props,
  });
}

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

describe('a global database written with props', () => {
  const { app, dublin, paris } = world();
  const orders = global(dublin);
  const key = paris.key();
  orders.addSecondary(paris, 'bab', { vpc: paris.vpc, encryptionKey: key, instances: TWO, promotion: 2 });
  for (const place of [dublin, paris]) new ClusterLagAlarms(place, 'LagAlarms', { database: orders });

  it('has the rules checked when it is synthesised: what is right passes', () => {
    expect(() => app.synth()).not.toThrow();
  });

  it('names the endpoint of whoever takes writes where somebody asks for it', () => {
    expect(dublin.resolve(orders.writerEndpoint?.hostname)).toStrictEqual({
      'Fn::GetAtt': [expect.stringMatching(/OrdersGlobal/), 'GlobalEndpoint.Address'],
    });
    expect(orders.writerEndpoint?.port).toBe(5432);
  });

  it('has members that are clusters to the CDK', () => {
    const member = orders.member('ada');
    expect(member.role).toBe('primary');
    expect(member.physicalClusterIdentifier).toBe('orders-ada');
    expect(dublin.resolve(member.clusterArn)).toStrictEqual({
      'Fn::Join': [
        '',
        ['arn:', { Ref: 'AWS::Partition' }, ':rds:eu-west-1:', { Ref: 'AWS::AccountId' }, ':cluster:orders-ada'],
      ],
    });
    expect(member.instanceIdentifiers).toHaveLength(2);
    expect(member.instanceEndpoints).toStrictEqual([]);
    expect(dublin.resolve(member.clusterResourceIdentifier)).toStrictEqual({
      'Fn::GetAtt': [expect.any(String), 'DBClusterResourceId'],
    });
    expect(member.metric('DatabaseConnections').dimensions).toStrictEqual({ DBClusterIdentifier: 'orders-ada' });
    expect(orders.members.map(({ memberId }) => memberId)).toStrictEqual(['ada', 'bab']);
  });

  it('makes the secondary wait for the origin, which is made first, as long as that is the primary', () => {
    expect(paris.dependencies).toStrictEqual([dublin]);
    const other = world();
    global(other.dublin, { primary: 'bab' }).addSecondary(other.paris, 'bab', {
      vpc: other.paris.vpc,
      instances: TWO,
      promotion: 2,
    });
    expect(other.paris.dependencies).toStrictEqual([]);
    expect(other.dublin.dependencies).toStrictEqual([]);
  });
});

it('a mistake in a global database is an error when it is synthesised', () => {
  const { app, dublin } = world();
  const orders = global(dublin);
  orders.addSecondary(dublin, 'bab', { instances: TWO });
  expect(() => app.synth()).toThrow(/error region-taken: members\.bab\.region: bab and ada are both in eu-west-1/);
});

it('a Region whose lag nobody watches is warned of, that of the primary too', () => {
  const { app, dublin, paris } = world();
  const orders = global(dublin);
  orders.addSecondary(paris, 'bab', { vpc: paris.vpc, instances: TWO, encryptionKey: paris.key() });
  new ClusterLagAlarms(paris, 'LagAlarms', { database: orders });
  const messages = app.synth().stacks.flatMap(({ messages: all }) => all.map(({ entry }) => String(entry.data)));
  expect(messages).toContainEqual(
    expect.stringContaining(
      'nobody watches the lag of ada in eu-west-1. Allowed: ClusterLagAlarms in each Region with replicas, where their metrics are. Fix: add one to the stack of eu-west-1.',
    ),
  );
});

describe('around a cluster that is there already', () => {
  const { dublin, paris } = world();
  const own = new rds.DatabaseCluster(dublin, 'Own', {
    clusterIdentifier: 'Old-Orders',
    engine: AURORA,
    writer: rds.ClusterInstance.provisioned('Writer'),
    storageEncrypted: true,
    vpc: dublin.vpc,
    vpcSubnets: { subnetGroupName: 'databases' },
  });
  const orders = global(dublin, { origin: ClusterOrigin.existing('ada', own) });
  orders.addSecondary(paris, 'bab', { vpc: paris.vpc, instances: TWO, encryptionKey: paris.key() });

  it('reads from the template what it can', () => {
    expect(orders.member('ada').declared).toMatchObject({
      region: 'eu-west-1',
      version: '16.8',
      encrypted: true,
      aws: { identifier: 'old-orders' },
    });
  });

  it('makes no global cluster: it says how to make it, once', () => {
    const template = Template.fromStack(dublin);
    template.resourceCountIs('AWS::RDS::GlobalCluster', 0);
    expect(orders.writerEndpoint).toBeUndefined();
    expect(Object.values(template.findOutputs('*')).map(({ Value }) => Value as unknown)).toContainEqual({
      'Fn::Join': [
        '',
        [
          'aws rds create-global-cluster --region eu-west-1 --global-cluster-identifier orders --source-db-cluster-identifier arn:',
          { Ref: 'AWS::Partition' },
          ':rds:eu-west-1:',
          { Ref: 'AWS::AccountId' },
          ':cluster:old-orders',
        ],
      ],
    });
  });
});

it('a cluster that is removed leaves its identity and nothing else', () => {
  const { dublin, paris } = world();
  const orders = cluster(dublin);
  const gone = orders.addReplicaCluster('bab', {
    scope: paris,
    region: 'eu-west-3',
    retired: 'removed',
    instances: {},
  });
  expect(gone.role).toBe('retired');
  expect(gone.physicalClusterIdentifier).toBe('orders-bab');
  Template.fromStack(paris).resourceCountIs('AWS::RDS::DBCluster', 0);
});

it('a proxy of the primary has one more endpoint for readers', () => {
  const { dublin } = world();
  const orders = cluster(dublin);
  const secret = new secretsmanager.Secret(dublin, 'Secret');
  orders.primary.addReaderProxy('Proxy', {
    vpc: dublin.vpc,
    vpcSubnets: { subnetGroupName: 'databases' },
    secrets: [secret],
  });
  const template = Template.fromStack(dublin);
  template.resourceCountIs('AWS::RDS::DBProxy', 1);
  template.hasResourceProperties('AWS::RDS::DBProxyEndpoint', { TargetRole: 'READ_ONLY' });
  template.hasResourceProperties('AWS::RDS::DBProxyTargetGroup', { DBClusterIdentifiers: [{ Ref: Match.anyValue() }] });
});
