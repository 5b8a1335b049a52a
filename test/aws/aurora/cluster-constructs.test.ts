import { Match, Template } from 'aws-cdk-lib/assertions';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { ClusterLagAlarms, ClusterOrigin } from '../../../lib/aws';
import { world } from '../_helpers/database';
import { AURORA, cluster, global, TWO } from './_helpers/cluster-database';

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
  const messages = app
    .synth()
    .stacks.flatMap(({ messages: all }) => all.map(({ entry }) => JSON.stringify(entry.data)));
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
