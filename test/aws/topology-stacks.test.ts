import './_helpers/quiet-synthesis';
import { App, type Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { TopologyStacks } from '../../lib/aws';
import { define, type Topology, type TopologyInput } from '../../lib/topology';

const ORDERS: TopologyInput = {
  name: 'orders',
  engine: { name: 'postgres', version: '17.6' },
  primary: 'ada',
  objectives: { lag: '10m' },
  tags: { team: 'orders' },
  members: {
    ada: { region: 'us-east-1', size: 'db.r7g.large', storage: { gib: 200 } },
    bab: { region: 'eu-west-1', replicaOf: 'ada', key: 'alias/aws/rds', promotion: 1 },
  },
};

function stacksOf(input: Partial<TopologyInput> = {}): ReadonlyMap<string, Stack> {
  return new TopologyStacks(new App(), 'orders', { topology: define({ ...ORDERS, ...input }) }).stacks;
}

function templateIn(stacks: ReadonlyMap<string, Stack>, region: string): Template {
  const stack = stacks.get(region);
  if (stack === undefined) throw new Error(`there is no stack in ${region}`);
  return Template.fromStack(stack);
}

it('there is a stack for each Region, protected and tagged', () => {
  const app = new App();
  new TopologyStacks(app, 'orders', { topology: define(ORDERS), account: '111122223333' });
  const stacks = app
    .synth()
    .stacks.map(({ stackName, environment, terminationProtection, template, tags }) => [
      stackName,
      environment.name,
      terminationProtection,
      (template as { Description: string }).Description,
      tags,
    ]);
  expect(stacks).toStrictEqual([
    [
      'orders-us-east-1',
      'aws://111122223333/us-east-1',
      true,
      'orders in us-east-1: members, alarms and dashboard',
      { team: 'orders' },
    ],
    [
      'orders-eu-west-1',
      'aws://111122223333/eu-west-1',
      true,
      'orders in eu-west-1: members, alarms and dashboard',
      { team: 'orders' },
    ],
  ]);
});

it('each has what a Region needs', () => {
  const stacks = stacksOf();
  for (const region of ['us-east-1', 'eu-west-1']) {
    const template = templateIn(stacks, region);
    template.resourceCountIs('AWS::RDS::DBInstance', 1);
    template.resourceCountIs('AWS::EC2::VPC', 1);
    template.resourceCountIs('AWS::EC2::Subnet', 2);
    template.resourceCountIs('AWS::EC2::InternetGateway', 0);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.resourceCountIs('AWS::SNS::Topic', 1);
    template.resourceCountIs('AWS::RDS::EventSubscription', 1);
    template.hasResourceProperties('AWS::SNS::Topic', { TopicName: 'orders-alarms' });
    template.hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: `orders-${region}` });
  }
  templateIn(stacks, 'us-east-1').resourceCountIs('AWS::CloudWatch::Alarm', 2);
  templateIn(stacks, 'eu-west-1').resourceCountIs('AWS::CloudWatch::Alarm', 3);
});

it('tells the endpoints, and exports nothing', () => {
  const template = templateIn(stacksOf(), 'eu-west-1');
  expect(template.toJSON()['Outputs']).toStrictEqual({
    Endpointbab: {
      Description: 'Endpoint of bab',
      Value: { 'Fn::GetAtt': [expect.stringMatching(/^Databasebab/), 'Endpoint.Address'] },
    },
  });
});

it('makes networks that depend on their Region alone, or on what is written', () => {
  const stacks = stacksOf({ aws: { regions: { 'us-east-1': { cidr: '10.9.0.0/16' } } } });
  templateIn(stacks, 'us-east-1').hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.9.0.0/16' });
  templateIn(stacks, 'eu-west-1').hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.185.0.0/20' });
  templateIn(stacks, 'eu-west-1').hasResourceProperties('AWS::EC2::Subnet', {
    AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
    MapPublicIpOnLaunch: false,
  });
});

it('takes a VPC and a topic that exist', () => {
  const subnets = ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'];
  const vpc = { id: 'vpc-0123456789abcdef0', subnets };
  const alarmTopic = 'arn:aws:sns:us-east-1:111122223333:on-call';
  const template = templateIn(stacksOf({ aws: { regions: { 'us-east-1': { vpc, alarmTopic } } } }), 'us-east-1');
  template.resourceCountIs('AWS::EC2::VPC', 0);
  template.resourceCountIs('AWS::SNS::Topic', 0);
  template.resourceCountIs('AWS::KMS::Key', 0);
  template.hasResourceProperties('AWS::RDS::DBSubnetGroup', { SubnetIds: subnets });
  template.hasResourceProperties('AWS::EC2::SecurityGroup', { VpcId: 'vpc-0123456789abcdef0' });
  template.allResourcesProperties('AWS::CloudWatch::Alarm', Match.objectLike({ AlarmActions: [alarmTopic] }));
  // In whichever partition that is: CloudFormation's validator warns of an account in a literal.
  template.hasResourceProperties('AWS::RDS::EventSubscription', {
    SnsTopicArn: {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sns:us-east-1:111122223333:on-call']],
    },
  });
});

it('tells whom the topology names', () => {
  const template = templateIn(stacksOf({ aws: { notify: ['dba@example.com'] } }), 'eu-west-1');
  template.hasResourceProperties('AWS::SNS::Subscription', { Endpoint: 'dba@example.com', Protocol: 'email' });
});

it("keeps the origin's stack, in which the secret is, when nobody is left in that Region", () => {
  const { ada = { region: '' }, bab = { region: '' } } = ORDERS.members;
  const stacks = stacksOf({ primary: 'bab', members: { ada: { ...ada, retired: 'removed' }, bab } });
  const template = templateIn(stacks, 'us-east-1');
  template.resourceCountIs('AWS::RDS::DBInstance', 0);
  template.resourceCountIs('AWS::EC2::VPC', 0);
  template.resourceCountIs('AWS::SecretsManager::Secret', 1);
});

it('drops the stack of another Region when nobody is left there', () => {
  const { ada = { region: '' }, bab = { region: '' } } = ORDERS.members;
  const stacks = stacksOf({ members: { ada, bab: { ...bab, retired: 'removed' } } });
  expect([...stacks.keys()]).toStrictEqual(['us-east-1']);
});

it('refuses a topology that was never checked', () => {
  const topology: Topology = { ...define(ORDERS), members: [] };
  expect(() => new TopologyStacks(new App(), 'orders', { topology })).toThrow(
    'the topology orders has no origin; allowed: a checked topology; fix: make it with define() or parse()',
  );
});
