import { withAws, withMember, withMemberAws } from '../../_arbitraries/edits';
import { sampleCluster, sampleGlobal, sampleMultiAz, sampleReplicaCluster } from '../../_helpers/sample-cluster';
import { propertiesOf, stacksOf, type Properties } from './_helpers/cluster-stacks';
import type { TopologyInput } from '../../../lib/topology';

const CLUSTER = 'AWS::RDS::DBCluster';
const INSTANCE = 'AWS::RDS::DBInstance';

describe('a global database', () => {
  const stacks = stacksOf(withMemberAws(sampleGlobal(), 'ada', { rpo: '1m', readerScaling: { max: 4 } }));
  const [home, abroad] = [stacks('eu-west-1'), stacks('us-east-1')];

  it('is named by literals, and names no source', () => {
    expect(propertiesOf(home, 'AWS::RDS::GlobalCluster')).toStrictEqual([
      {
        DeletionProtection: true,
        Engine: 'aurora-postgresql',
        EngineVersion: '16.8',
        GlobalClusterIdentifier: 'orders',
        StorageEncrypted: true,
      },
    ]);
    abroad.resourceCountIs('AWS::RDS::GlobalCluster', 0);
    for (const template of [home, abroad]) {
      const [cluster] = propertiesOf(template, CLUSTER);
      expect(cluster?.['GlobalClusterIdentifier']).toBe('orders');
      expect(cluster?.['SourceDBClusterIdentifier']).toBeUndefined();
      expect(cluster?.['ReplicationSourceIdentifier']).toBeUndefined();
    }
  });

  it('is retained when a stack goes, and when something would be replaced: databases, servers, keys and secret', () => {
    const kept = [home, abroad].flatMap((template) =>
      ['AWS::RDS::GlobalCluster', CLUSTER, INSTANCE, 'AWS::KMS::Key', 'AWS::SecretsManager::Secret'].flatMap((type) =>
        Object.values(template.findResources(type)).map((resource) => [
          type,
          resource['DeletionPolicy'] as unknown,
          resource['UpdateReplacePolicy'] as unknown,
        ]),
      ),
    );
    expect(kept.length).toBeGreaterThan(8);
    expect(kept).toStrictEqual(kept.map(([type]) => [type, 'Retain', 'Retain']));
  });

  it('has a master user in the origin only', () => {
    const [first] = propertiesOf(home, CLUSTER);
    const [second] = propertiesOf(abroad, CLUSTER);
    expect(first).toMatchObject({ DBClusterIdentifier: 'orders-ada', MasterUsername: 'postgres' });
    expect(Object.keys(second ?? {}).filter((name) => /^(Master|DatabaseName|Manage)/.test(name))).toStrictEqual([]);
    expect(propertiesOf(home, 'AWS::SecretsManager::Secret')).toMatchObject([
      { ReplicaRegions: [{ Region: 'us-east-1' }] },
    ]);
  });

  it('has a key of each Region where one is asked for, and no export', () => {
    expect(propertiesOf(abroad, CLUSTER)[0]?.['KmsKeyId']).toMatchObject({ 'Fn::GetAtt': [expect.any(String), 'Arn'] });
    expect(JSON.stringify([home.toJSON(), abroad.toJSON()])).not.toMatch(/ImportValue|"Export"/);
  });

  it('holds commits back where it is told to, and nowhere else', () => {
    const rpo = [home, abroad].map(
      (template) =>
        (propertiesOf(template, 'AWS::RDS::DBClusterParameterGroup')[0]?.['Parameters'] as Properties)[
          'rds.global_db_rpo'
        ],
    );
    expect(rpo).toStrictEqual(['60', undefined]);
  });

  it('scales the readers of whoever is primary', () => {
    const scaled = withMemberAws(withMemberAws(sampleGlobal(), 'ada', { readerScaling: { max: 4 } }), 'bab', {
      readerScaling: { max: 3 },
    });
    const targets = (input: TopologyInput) =>
      ['eu-west-1', 'us-east-1'].map((region) =>
        propertiesOf(stacksOf(input)(region), 'AWS::ApplicationAutoScaling::ScalableTarget').map(
          ({ ResourceId, MaxCapacity }) => [ResourceId, MaxCapacity],
        ),
      );
    expect(targets(scaled)).toStrictEqual([[['cluster:orders-ada', 4]], []]);
    expect(targets({ ...scaled, primary: 'bab' })).toStrictEqual([[], [['cluster:orders-bab', 3]]]);
  });

  it('says how to ask for the one name under which writes are taken, and names nothing that may not be there', () => {
    expect(Object.values(home.findOutputs('*')).map(({ Value }) => Value as unknown)).toContain(
      "aws rds describe-global-clusters --region eu-west-1 --global-cluster-identifier orders --query 'GlobalClusters[0].Endpoint' --output text",
    );
    expect(JSON.stringify(home.toJSON())).not.toContain('GlobalEndpoint');
  });

  it('can have a secondary without a server', () => {
    const headless = stacksOf(withMember(sampleGlobal(), 'bab', { instances: {} }))('us-east-1');
    headless.resourceCountIs(CLUSTER, 1);
    headless.resourceCountIs(INSTANCE, 0);
  });

  it('passes writes on from everywhere, whoever is primary', () => {
    const forwarding = stacksOf(withAws(sampleGlobal(), { writeForwarding: { local: true, global: true } }));
    for (const region of ['eu-west-1', 'us-east-1']) {
      expect(propertiesOf(forwarding(region), CLUSTER)).toMatchObject([
        { EnableGlobalWriteForwarding: true, EnableLocalWriteForwarding: true },
      ]);
    }
  });
});

describe('a cluster', () => {
  const instances = { late: { tier: 15, size: 'db.serverless' }, first: { tier: 0 }, next: {} };
  const template = stacksOf(
    withMember(
      withMemberAws(sampleCluster(), 'ada', { capacity: { min: 0.5, max: 8 }, endpoints: { reports: ['late'] } }),
      'ada',
      { instances, storage: { type: 'aurora-iopt1' } },
    ),
  )('eu-west-1');

  it('has its servers in tiers, and begins with the lowest', () => {
    const made = Object.values(template.findResources(INSTANCE)).map(({ Properties, DependsOn }) => {
      const { DBInstanceIdentifier, DBInstanceClass, PromotionTier } = Properties as Properties;
      return [DBInstanceIdentifier, DBInstanceClass, PromotionTier, DependsOn === undefined];
    });
    expect(made).toStrictEqual([
      ['orders-ada-first', 'db.r6g.large', 0, true],
      ['orders-ada-next', 'db.r6g.large', 1, false],
      ['orders-ada-late', 'db.serverless', 15, false],
    ]);
  });

  it('is optimised, scales and is kept', () => {
    template.hasResource(CLUSTER, {
      DeletionPolicy: 'Retain',
      Properties: {
        StorageType: 'aurora-iopt1',
        ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 8 },
        DeletionProtection: true,
        EnableIAMDatabaseAuthentication: true,
      },
    });
  });

  it('has Database Insights, unless a server of it cannot have them', () => {
    const insightsOf = (size: string, insights?: 'advanced') =>
      propertiesOf(
        stacksOf(
          withMember(withAws(sampleCluster('aurora-mysql'), insights === undefined ? {} : { insights }), 'ada', {
            instances: { i0: {}, i1: { size } },
          }),
        )('eu-west-1'),
        CLUSTER,
      ).map(({ DatabaseInsightsMode, PerformanceInsightsEnabled, PerformanceInsightsRetentionPeriod }) => [
        DatabaseInsightsMode,
        PerformanceInsightsEnabled,
        PerformanceInsightsRetentionPeriod,
      ]);
    expect(insightsOf('db.r6g.large')).toStrictEqual([['standard', true, undefined]]);
    expect(insightsOf('db.t3.medium')).toStrictEqual([[undefined, undefined, undefined]]);
    expect(insightsOf('db.t4g.medium')).toStrictEqual([['standard', true, undefined]]);
    expect(insightsOf('db.t3.medium', 'advanced')).toStrictEqual([['advanced', true, 465]]);
  });

  it('has custom endpoints with the names of their servers', () => {
    expect(propertiesOf(template, 'AWS::RDS::DBClusterEndpoint')).toMatchObject([
      {
        DBClusterEndpointIdentifier: 'orders-ada-reports',
        CustomEndpointType: 'ANY',
        StaticMembers: ['orders-ada-late'],
      },
    ]);
  });

  it('has readers added in the name of the role that Auto Scaling has for it', () => {
    const scaled = stacksOf(
      withMemberAws(sampleCluster(), 'ada', { readerScaling: { min: 1, max: 4, connections: 300 } }),
    );
    expect(propertiesOf(scaled('eu-west-1'), 'AWS::ApplicationAutoScaling::ScalableTarget')).toMatchObject([
      { MinCapacity: 1, MaxCapacity: 4, ScalableDimension: 'rds:cluster:ReadReplicaCount' },
    ]);
    expect(JSON.stringify(propertiesOf(scaled('eu-west-1'), 'AWS::ApplicationAutoScaling::ScalableTarget'))).toContain(
      ':role/aws-service-role/rds.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_RDSCluster',
    );
    expect(propertiesOf(scaled('eu-west-1'), 'AWS::ApplicationAutoScaling::ScalingPolicy')).toMatchObject([
      {
        TargetTrackingScalingPolicyConfiguration: {
          PredefinedMetricSpecification: { PredefinedMetricType: 'RDSReaderAverageDatabaseConnections' },
          TargetValue: 300,
        },
      },
    ]);
  });

  it('is followed by another one by the name of its source', () => {
    const follower = propertiesOf(stacksOf(sampleReplicaCluster())('us-east-1'), CLUSTER);
    expect(follower).toMatchObject([
      {
        ReplicationSourceIdentifier: {
          'Fn::Join': [
            '',
            ['arn:', { Ref: 'AWS::Partition' }, ':rds:eu-west-1:', { Ref: 'AWS::AccountId' }, ':cluster:orders-ada'],
          ],
        },
        SourceRegion: 'eu-west-1',
      },
    ]);
    expect(follower[0]?.['MasterUsername']).toBeUndefined();
  });
});

it('a Multi-AZ DB cluster has one resource for all its servers', () => {
  const template = stacksOf(sampleMultiAz())('eu-west-1');
  expect(propertiesOf(template, CLUSTER)).toMatchObject([
    {
      DBClusterIdentifier: 'orders-ada',
      DBClusterInstanceClass: 'db.r6gd.large',
      AllocatedStorage: 100,
      Engine: 'postgres',
    },
  ]);
  template.resourceCountIs(INSTANCE, 0);
});

it('tags are on everything of the topology, and those of a member on what is its own', () => {
  const tagged = withMember({ ...sampleGlobal(), tags: { team: 'orders' } }, 'bab', { tags: { tier: 'cold' } });
  const [cluster] = propertiesOf(stacksOf(tagged)('us-east-1'), CLUSTER);
  const tags = cluster?.['Tags'] as readonly { Key: string; Value: unknown }[];
  expect(tags.map(({ Key }) => Key)).toStrictEqual([
    'team',
    'tier',
    'understudy:member',
    'understudy:quarantine',
    'understudy:topology',
  ]);
});
