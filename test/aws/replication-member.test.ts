import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as rds from 'aws-cdk-lib/aws-rds';
import * as sns from 'aws-cdk-lib/aws-sns';
import { database, ORACLE, world } from './_helpers/database';

function roleIn(stack: Stack): iam.Role {
  return new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
}

describe('a member is an rds.IDatabaseInstance', () => {
  it('with names and an endpoint', () => {
    const { dublin } = world();
    const { primary } = database(dublin);
    const logicalId = dublin.getLogicalId(primary.node.defaultChild as rds.CfnDBInstance);
    expect(
      dublin.resolve([
        primary.instanceIdentifier,
        primary.dbInstanceEndpointAddress,
        primary.dbInstanceEndpointPort,
        primary.instanceEndpoint.socketAddress,
        primary.instanceResourceId,
        primary.physicalInstanceIdentifier,
        primary.engine?.engineType,
      ]),
    ).toStrictEqual([
      { Ref: logicalId },
      { 'Fn::GetAtt': [logicalId, 'Endpoint.Address'] },
      { 'Fn::GetAtt': [logicalId, 'Endpoint.Port'] },
      {
        'Fn::Join': [
          '',
          [{ 'Fn::GetAtt': [logicalId, 'Endpoint.Address'] }, ':', { 'Fn::GetAtt': [logicalId, 'Endpoint.Port'] }],
        ],
      },
      { 'Fn::GetAtt': [logicalId, 'DbiResourceId'] },
      'orders-ada',
      'postgres',
    ]);
  });

  it('named by its literal name in another Region', () => {
    const { dublin, paris } = world();
    const { primary } = database(dublin);
    new CfnOutput(paris, 'Name', { value: primary.instanceIdentifier });
    expect(paris.template.toJSON()['Outputs']).toStrictEqual({ Name: { Value: 'orders-ada' } });
  });

  it('with one security group for all members of its Region, on the port of the engine', () => {
    const { dublin } = world();
    const orders = database(dublin, { settings: { port: 6000 } });
    const application = new ec2.SecurityGroup(dublin, 'Application', { vpc: dublin.vpc });
    orders.addReplica('bab').connections.allowDefaultPortFrom(application, 'Reports');
    dublin.template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    dublin.template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      Description: 'Reports',
      FromPort: 6000,
      GroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^OrdersRegionSecurityGroup'), 'GroupId'] },
      IpProtocol: 'tcp',
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Application'), 'GroupId'] },
      ToPort: 6000,
    });
  });

  it('to which somebody can be let in by IAM', () => {
    const { dublin } = world();
    database(dublin).addReplica('bab').grantConnect(roleIn(dublin), 'reports');
    dublin.template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: 'rds-db:connect',
            Effect: 'Allow',
            Resource: {
              'Fn::Join': [
                '',
                [
                  'arn:',
                  { Ref: 'AWS::Partition' },
                  ':rds-db:eu-west-1:',
                  { Ref: 'AWS::AccountId' },
                  ':dbuser:',
                  { 'Fn::GetAtt': [Match.stringLikeRegexp('^Ordersbab'), 'DbiResourceId'] },
                  '/reports',
                ],
              ],
            },
          },
        ],
        Version: '2012-10-17',
      },
    });
  });

  it('unless IAM is turned off, or unknown to the engine', () => {
    for (const props of [{ settings: { iamAuthentication: false } }, { engine: ORACLE, heartbeat: undefined }]) {
      const { dublin } = world();
      expect(() => database(dublin, props).primary.grantConnect(roleIn(dublin), 'app')).toThrow(
        'Cannot grant connect when IAM authentication is disabled',
      );
    }
  });

  it('whose events can be listened to', () => {
    const { dublin } = world();
    database(dublin).primary.onEvent('Event', { target: new targets.SnsTopic(new sns.Topic(dublin, 'Topic')) });
    const rules = dublin.template.findResources(events.CfnRule.CFN_RESOURCE_TYPE_NAME);
    expect(Object.values(rules)[0]?.['Properties']).toMatchObject({
      EventPattern: {
        source: ['aws.rds'],
        resources: [
          {
            'Fn::Join': [
              '',
              ['arn:', { Ref: 'AWS::Partition' }, ':rds:eu-west-1:', { Ref: 'AWS::AccountId' }, ':db:orders-ada'],
            ],
          },
        ],
      },
    });
  });
});

describe('a proxy', () => {
  it('is in front of the primary', () => {
    const { dublin } = world();
    const orders = database(dublin);
    const secrets = orders.masterSecret === undefined ? [] : [orders.masterSecret];
    orders.primary.addProxy('Proxy', { vpc: dublin.vpc, secrets });
    dublin.template.hasResourceProperties('AWS::RDS::DBProxy', { EngineFamily: 'POSTGRESQL' });
    dublin.template.hasResourceProperties('AWS::RDS::DBProxyTargetGroup', {
      DBInstanceIdentifiers: [{ Ref: Match.stringLikeRegexp('^Ordersada') }],
    });
  });

  it('is not in front of anybody else', () => {
    const { dublin } = world();
    const orders = database(dublin);
    orders.addReplica('bab');
    orders.addReplica('cyd', { retired: 'kept' });
    for (const [id, role] of [
      ['bab', 'replica'],
      ['cyd', 'retired'],
    ] as const) {
      expect(() => orders.member(id).addProxy('Proxy', { vpc: dublin.vpc, secrets: [] })).toThrow(
        `a proxy is to be added to ${id}, which is ${role}; allowed: the primary, RDS Proxy has no replicas as targets; fix: add the proxy to the primary, and again after a promotion`,
      );
    }
  });
});

it('measures its lag in its Region', () => {
  const { dublin, paris } = world();
  const orders = database(dublin);
  const cyd = orders.addReplica('cyd', { scope: paris, vpc: paris.vpc, encryptionKey: paris.key() });
  const { namespace, metricName, dimensions, statistic, period, region } = cyd.metricReplicaLag({ statistic: 'p90' });
  expect([namespace, metricName, dimensions, statistic, period.toSeconds(), region]).toStrictEqual([
    'AWS/RDS',
    'ReplicaLag',
    { DBInstanceIdentifier: 'orders-cyd' },
    'p90',
    60,
    'eu-west-3',
  ]);
});

it('exports nothing to its stack, and another stack of the Region can use it all the same', () => {
  const { app, dublin } = world();
  const orders = database(dublin);
  const second = new Stack(app, 'second', { env: { region: 'eu-west-1' } });
  orders.primary.grantConnect(roleIn(second), 'app');
  expect(JSON.stringify(Template.fromStack(second).toJSON())).toContain('Fn::ImportValue');
  const lonely = world();
  database(lonely.dublin);
  expect(JSON.stringify(lonely.dublin.template.toJSON())).not.toContain('"Export"');
});
