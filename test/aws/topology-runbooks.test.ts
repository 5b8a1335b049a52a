import './_helpers/quiet-synthesis';
import { App, type Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { TopologyStacks } from '../../lib/aws';
import { afterPromotion, define, type TopologyInput } from '../../lib/topology';
import { nagFindings } from '../_proofs/_helpers/nag-findings';
import { only, settingsIn } from './_helpers/runbook';

type RunbookInput = NonNullable<NonNullable<TopologyInput['aws']>['runbook']>;

const KEY = 'alias/aws/rds';
const ORDERS: TopologyInput = {
  name: 'orders',
  engine: { name: 'postgres', version: '17.6' },
  primary: 'ada',
  objectives: { lag: '10m', dataLoss: '15m' },
  members: {
    ada: { region: 'us-east-1', size: 'db.r7g.large', storage: { gib: 200 }, standby: 'multi-az' },
    bab: { region: 'eu-west-1', replicaOf: 'ada', key: KEY, promotion: 1 },
    cyd: { region: 'eu-central-1', replicaOf: 'ada', key: KEY },
  },
};

class World {
  readonly app = new App();
  readonly stacks: TopologyStacks;

  constructor(runbook?: RunbookInput, aws: TopologyInput['aws'] = {}, input = ORDERS) {
    const topology = define({ ...input, aws: { ...aws, ...(runbook && { runbook }) } });
    this.stacks = new TopologyStacks(this.app, 'orders', { topology });
  }

  stack(region: string): Stack {
    const stack = this.stacks.stacks.get(region);
    if (stack === undefined) throw new Error(`there is no stack in ${region}`);
    return stack;
  }

  template(region: string): Template {
    return Template.fromStack(this.stack(region));
  }
}

const EXISTING: TopologyInput['aws'] = {
  regions: {
    'eu-west-1': {
      vpc: { id: 'vpc-0123456789abcdef0', subnets: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] },
    },
  },
};
const ISOLATED = Match.stringLikeRegexp('attached to isolated subnets');
const WIDE = ['subnet-0123456789abcdef2', 'subnet-0123456789abcdef3'];

it('there is none unless one is asked for', () => {
  const { stacks, app } = new World();
  expect(stacks.runbooks.size).toBe(0);
  expect(JSON.stringify(app.synth().stacks.map(({ template }) => template as unknown))).not.toContain('AWS::Lambda');
});

describe('a runbook that is asked for, and nothing said of it', () => {
  const orders = new World({});

  it('is in each Region where a member can be promoted', () => {
    expect([...orders.stacks.runbooks.keys()]).toStrictEqual(['us-east-1', 'eu-west-1']);
    for (const region of ['us-east-1', 'eu-west-1']) {
      orders.template(region).resourceCountIs('AWS::StepFunctions::StateMachine', 1);
    }
    orders.template('eu-central-1').resourceCountIs('AWS::Lambda::Function', 0);
  });

  it('tells whoever is told of alarms, moves the usual name, and is attached to nothing', () => {
    const stack = orders.stack('eu-west-1');
    expect(settingsIn(stack, 'understudy-orders-promote')).toMatchObject({
      region: 'eu-west-1',
      isConnected: false,
      endpoints: [{ kind: 'parameter', role: 'writer', name: '/understudy/orders/writer' }],
      topic: expect.stringMatching(/:Alarms/) as string,
    });
    orders.template('eu-west-1').resourceCountIs('AWS::SNS::Topic', 1);
  });

  it('is where it was when somebody is promoted, and when the old primary is gone', () => {
    const promoted = afterPromotion(ORDERS, 'bab');
    const ada = { ...promoted.members['ada'], retired: 'removed' as const, region: 'us-east-1' };
    const regions = [promoted, { ...promoted, members: { ...promoted.members, ada } }].map((input) => [
      ...new World({}, {}, input).stacks.runbooks.keys(),
    ]);
    expect(regions).toStrictEqual([
      ['us-east-1', 'eu-west-1'],
      ['us-east-1', 'eu-west-1'],
    ]);
  });
});

it('is left out where it is turned off', () => {
  const { stacks } = new World({ regions: { 'us-east-1': { enabled: false } } });
  expect([...stacks.runbooks.keys()]).toStrictEqual(['eu-west-1']);
});

it('moves the names that are given, in every Region', () => {
  const orders = new World({
    endpoints: [
      { parameter: '/shop/writer' },
      { secret: 'shop/database' },
      { record: { zone: 'Z0123456789ABCDEFGHIJ', name: 'db.shop.example', ttl: '1m' } },
      { parameter: '/shop/reader', role: 'reader' },
    ],
  });
  for (const region of ['us-east-1', 'eu-west-1']) {
    expect(settingsIn(orders.stack(region), 'understudy-orders-promote').endpoints).toStrictEqual([
      { kind: 'parameter', role: 'writer', name: '/shop/writer' },
      { kind: 'secret', role: 'writer', id: 'shop/database' },
      { kind: 'record', role: 'writer', zone: 'Z0123456789ABCDEFGHIJ', name: 'db.shop.example', ttl: 60 },
      { kind: 'parameter', role: 'reader', name: '/shop/reader' },
    ]);
  }
});

it('tells whom it names, by a topic of its own', () => {
  const stack = new World({ notify: ['dba@shop.example'] }).stack('eu-west-1');
  expect(only(stack, 'AWS::SNS::Topic', { TopicName: 'orders-runbook' })).toBeDefined();
  expect(only(stack, 'AWS::SNS::Subscription')).toMatchObject({ Endpoint: 'dba@shop.example', Protocol: 'email' });
});

describe('attached to the VPC that is made here', () => {
  const orders = new World({ regions: { 'eu-west-1': { network: { createEndpoints: true } } } });
  const template = orders.template('eu-west-1');

  it('with its endpoints there', () => {
    template.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }, 6);
    template.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }, 1);
    expect(settingsIn(orders.stack('eu-west-1'), 'understudy-orders-plan').isConnected).toBe(true);
    expect(settingsIn(orders.stack('us-east-1'), 'understudy-orders-plan').isConnected).toBe(false);
  });

  it('AWS Solutions have nothing against it', () => {
    expect(nagFindings(orders.app)).toStrictEqual([]);
  });
});

describe('attached to a VPC that exists', () => {
  it('in the subnets that are named', () => {
    const orders = new World({ regions: { 'eu-west-1': { network: { subnets: WIDE } } } }, EXISTING);
    const stack = orders.stack('eu-west-1');
    expect(only(stack, 'AWS::Lambda::Function', { FunctionName: 'understudy-orders-promote' })).toMatchObject({
      VpcConfig: { SubnetIds: WIDE },
    });
    Annotations.fromStack(stack).hasNoWarning('*', ISOLATED);
  });

  it('in those of the databases, with one', () => {
    const stack = new World({ regions: { 'eu-west-1': { network: {} } } }, EXISTING).stack('eu-west-1');
    Annotations.fromStack(stack).hasWarning('*', ISOLATED);
  });
});

describe('a failover without a person', () => {
  const automatic: RunbookInput = { automatic: 'eu-west-1', regions: { 'eu-west-1': { network: { subnets: WIDE } } } };

  it('is started by the alarm that nothing meets its objective, in that Region alone', () => {
    const orders = new World(automatic, EXISTING);
    const rule = only(orders.stack('eu-west-1'), 'AWS::Events::Rule', {
      EventPattern: Match.objectLike({ source: ['aws.cloudwatch'] }),
    });
    expect(JSON.stringify(rule)).toMatch(/LagAlarmsNothingPromotable/);
    orders.template('us-east-1').resourcePropertiesCountIs('AWS::Events::Rule', { EventPattern: Match.anyValue() }, 0);
  });

  it('has nothing to wait for once that Region has the primary and nobody else', () => {
    const orders = new World(automatic, EXISTING, afterPromotion(ORDERS, 'bab'));
    orders.template('eu-west-1').resourcePropertiesCountIs('AWS::Events::Rule', { EventPattern: Match.anyValue() }, 0);
  });
});
