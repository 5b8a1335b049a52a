import '../_helpers/quiet-synthesis';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { TopologyStacks } from '../../../lib/aws';
import { define, type TopologyInput } from '../../../lib/topology';
import { withAws, withMember, withMemberAws } from '../../_arbitraries/edits';
import {
  sampleCluster,
  sampleGlobal,
  sampleMultiAz,
  sampleReplicaCluster,
  servers,
} from '../../_helpers/sample-cluster';

type Properties = Readonly<Record<string, unknown>>;

/** Templates by Region. */
function stacksOf(input: TopologyInput): (region: string) => Template {
  const { stacks } = new TopologyStacks(new App(), input.name, { topology: define(input) });
  return (region) => {
    const stack = stacks.get(region);
    if (stack === undefined) throw new Error(`no stack in ${region}`);
    return Template.fromStack(stack);
  };
}

function propertiesOf(template: Template, type: string): readonly Properties[] {
  return Object.values(template.findResources(type)).map(({ Properties }) => Properties as Properties);
}

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

  it('says where writes are taken, by one name in all Regions', () => {
    expect(Object.values(home.findOutputs('*')).map(({ Value }) => Value as unknown)).toContainEqual({
      'Fn::GetAtt': [expect.stringMatching(/Global/), 'GlobalEndpoint.Address'],
    });
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

  it('has custom endpoints with the names of their servers', () => {
    expect(propertiesOf(template, 'AWS::RDS::DBClusterEndpoint')).toMatchObject([
      {
        DBClusterEndpointIdentifier: 'orders-ada-reports',
        CustomEndpointType: 'ANY',
        StaticMembers: ['orders-ada-late'],
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

it('alarms of a link are in every Region, and silence counts where the secondary is', () => {
  const silent = (input: TopologyInput) =>
    ['eu-west-1', 'us-east-1'].map((region) =>
      propertiesOf(stacksOf(input)(region), 'AWS::CloudWatch::Alarm')
        .filter(
          ({ AlarmName }) =>
            /-replication-(late|broken|silent)$/.test(String(AlarmName)) && !/-i\d-/.test(String(AlarmName)),
        )
        .map(({ AlarmName, TreatMissingData }) => [AlarmName, TreatMissingData]),
    );
  const of = (name: string, missing: string) => [
    [`${name}-replication-late`, 'ignore'],
    [`${name}-replication-broken`, 'ignore'],
    [`${name}-replication-silent`, missing],
  ];
  expect(silent(sampleGlobal())).toStrictEqual([of('orders-ada', 'notBreaching'), of('orders-bab', 'breaching')]);
  expect(silent({ ...sampleGlobal(), primary: 'bab' })).toStrictEqual([
    of('orders-ada', 'breaching'),
    of('orders-bab', 'notBreaching'),
  ]);
});

it('milliseconds are shown as seconds', () => {
  const alarm = propertiesOf(stacksOf(sampleGlobal())('us-east-1'), 'AWS::CloudWatch::Alarm').find(
    ({ AlarmName }) => AlarmName === 'orders-bab-replication-late',
  );
  expect(alarm).toMatchObject({ Threshold: 600 });
  expect(JSON.stringify(alarm?.['Metrics'])).toMatch(/ms \/ 1000.*AuroraGlobalDBRPOLag/);
});

it('an old Aurora MySQL is asked for what it sends', () => {
  const template = stacksOf(sampleGlobal('aurora-mysql', '8.0.mysql_aurora.3.03.3'))('us-east-1');
  expect(JSON.stringify(template.findResources('AWS::CloudWatch::Alarm'))).toMatch(/AuroraGlobalDBReplicationLag/);
});

it('events of a global failover are told in both Regions', () => {
  const stacks = stacksOf(withMember(sampleGlobal(), 'bab', { instances: servers(2) }));
  for (const [region, name] of [
    ['eu-west-1', 'orders-ada'],
    ['us-east-1', 'orders-bab'],
  ] as const) {
    expect(propertiesOf(stacks(region), 'AWS::Events::Rule')).toMatchObject([
      {
        EventPattern: {
          source: ['aws.rds'],
          detail: {
            EventID: ['RDS-EVENT-0390', 'RDS-EVENT-0391', 'RDS-EVENT-0397', 'RDS-EVENT-0518', 'RDS-EVENT-0519'],
            SourceIdentifier: [name, 'orders'],
          },
        },
      },
    ]);
    expect(propertiesOf(stacks(region), 'AWS::RDS::EventSubscription')).toMatchObject([
      { SourceType: 'db-cluster', SourceIds: [name] },
    ]);
  }
});
