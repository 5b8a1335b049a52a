import { App, Duration, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { PromotionRunbook, ReaderEndpoint, WriterEndpoint, type IRunbookEndpoint } from '../../lib/aws';
import type { EndpointSetting } from '../../lib/runbook/contract';
import { database, world, type Place } from './_helpers/database';
import { listOf, only, policyOf, runbookWorld, settingsIn, type Statement } from './_helpers/runbook';
import { simulate } from './_helpers/simulate';

const PROMOTE = 'understudy-orders-promote';

interface Given {
  readonly name: string;
  readonly endpoint: (stack: Stack) => IRunbookEndpoint;
  readonly setting: EndpointSetting;
  readonly writes: Partial<Statement>;
}

const zone = (stack: Stack): route53.IHostedZone =>
  route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });

const SSM = 'arn:aws:ssm:eu-west-3:123456789012:parameter';
const SECRETS = 'arn:aws:secretsmanager:eu-west-3:123456789012:secret';

const GIVEN: readonly Given[] = [
  {
    name: 'a parameter, by default',
    endpoint: () => WriterEndpoint.parameter(),
    setting: { kind: 'parameter', role: 'writer', name: '/understudy/orders/writer' },
    writes: { Action: 'ssm:PutParameter', Resource: `${SSM}/understudy/orders/writer` },
  },
  {
    name: 'a parameter with a name',
    endpoint: () => ReaderEndpoint.parameter('/app/db/readers'),
    setting: { kind: 'parameter', role: 'reader', name: '/app/db/readers' },
    writes: { Action: 'ssm:PutParameter', Resource: `${SSM}/app/db/readers` },
  },
  {
    name: 'a parameter for readers, by default',
    endpoint: () => ReaderEndpoint.parameter(),
    setting: { kind: 'parameter', role: 'reader', name: '/understudy/orders/reader' },
    writes: { Action: 'ssm:PutParameter', Resource: `${SSM}/understudy/orders/reader` },
  },
  {
    name: 'a secret, by its name',
    endpoint: () => WriterEndpoint.secret('orders/app'),
    setting: { kind: 'secret', role: 'writer', id: 'orders/app' },
    writes: {
      Action: ['secretsmanager:PutSecretValue', 'secretsmanager:StopReplicationToReplica'],
      Resource: `${SECRETS}:orders/app-??????`,
    },
  },
  {
    name: 'a secret, by its construct',
    endpoint: (stack) =>
      ReaderEndpoint.secret(secretsmanager.Secret.fromSecretCompleteArn(stack, 'App', `${SECRETS}:orders/app-a1B2c3`)),
    setting: { kind: 'secret', role: 'reader', id: `${SECRETS}:orders/app-a1B2c3` },
    writes: {
      Action: ['secretsmanager:PutSecretValue', 'secretsmanager:StopReplicationToReplica'],
      Resource: `${SECRETS}:orders/app-a1B2c3`,
    },
  },
  {
    name: 'a record, for five seconds by default',
    endpoint: (stack) => WriterEndpoint.record({ zone: zone(stack), name: 'Orders.Example.com.' }),
    setting: { kind: 'record', role: 'writer', zone: 'Z1', name: 'Orders.Example.com.', ttl: 5 },
    writes: {
      Action: 'route53:ChangeResourceRecordSets',
      Resource: 'arn:aws:route53:::hostedzone/Z1',
      Condition: {
        'ForAllValues:StringEquals': {
          'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['orders.example.com'],
          'route53:ChangeResourceRecordSetsRecordTypes': ['CNAME'],
        },
      },
    },
  },
  {
    name: 'a record with its own time',
    endpoint: (stack) => ReaderEndpoint.record({ zone: zone(stack), name: 'r.example.com', ttl: Duration.minutes(1) }),
    setting: { kind: 'record', role: 'reader', zone: 'Z1', name: 'r.example.com', ttl: 60 },
    writes: { Action: 'route53:ChangeResourceRecordSets' },
  },
];

it.each(GIVEN)('$name: the runbook is told of it, and may write it', ({ endpoint, setting, writes }) => {
  const { dublin, paris } = world();
  const orders = database(dublin);
  orders.addReplica('bab', { scope: paris, vpc: paris.vpc, encryptionKey: paris.key(), promotion: 2 });
  new PromotionRunbook(paris, 'Runbook', { database: orders, endpoints: [endpoint(paris)] });
  expect(settingsIn(paris, PROMOTE).endpoints).toStrictEqual([setting]);
  expect(policyOf(paris, 'RunbookPromoteRole').Statement).toContainEqual(expect.objectContaining(writes));
  expect(policyOf(paris, 'RunbookPlanRole').Statement).not.toContainEqual(expect.objectContaining(writes));
  // Nobody but the custom resource makes it, and a secret not even that.
  paris.template.resourceCountIs('Custom::UnderstudyNames', setting.kind === 'secret' ? 0 : 1);
});

it('is a literal: applications in other stacks have to find it', () => {
  const { dublin } = world();
  const bind = jest.fn(() => WriterEndpoint.parameter(dublin.stackId).bind('orders'));
  expect(bind).toThrow(
    'the name of a parameter is only known at deployment; allowed: a literal, by which applications in other stacks find it; fix: write it out',
  );
});

describe('no deployment takes back what the runbook wrote', () => {
  const OWNED = /^AWS::(SSM::Parameter|Route53::RecordSet|SecretsManager::Secret)$/;
  const endpoints = (stack: Stack): readonly IRunbookEndpoint[] => [
    WriterEndpoint.parameter(),
    ReaderEndpoint.parameter(),
    WriterEndpoint.record({ zone: zone(stack), name: 'orders.example.com' }),
    ReaderEndpoint.secret('orders/app'),
  ];

  /** The program, as it may be deployed one day after the other. */
  function program(
    change: (place: { dublin: Place; paris: Place }) => Parameters<typeof database>[1] | undefined = () => undefined,
  ): Place {
    const places = world();
    const wishes = change(places);
    const orders = database(places.dublin, wishes ?? {});
    const retired = wishes?.primary === 'bab';
    orders.addReplica('bab', {
      scope: places.paris,
      vpc: places.paris.vpc,
      encryptionKey: places.paris.key(),
      promotion: 2,
    });
    if (retired) orders.addReplica('cyd', { scope: places.paris, replicaOf: 'bab', promotion: 1 });
    new PromotionRunbook(places.paris, 'Runbook', { database: orders, endpoints: endpoints(places.paris) });
    return places.paris;
  }

  const DAYS = {
    'as it was': () => program(),
    'with another tag on everything': () =>
      program(({ paris }) => {
        Tags.of(paris).add('team', 'orders');
        return undefined;
      }),
    'after a promotion, with a newcomer': () => program(() => ({ primary: 'bab', of: { retired: 'kept' } })),
    'when the origin is long gone': () => program(() => ({ primary: 'bab', of: { retired: 'removed' } })),
  };

  it.each(Object.entries(DAYS))('%s: no name is a resource of the template', (_, day) => {
    const { Resources } = day().template.toJSON() as {
      Resources: Record<string, { Type: string; Properties: object }>;
    };
    const owned = Object.values(Resources).filter(({ Type }) => OWNED.test(Type));
    expect(owned.map(({ Properties }) => (Properties as { Name: string }).Name)).toStrictEqual([
      '/understudy/orders/runbook',
    ]);
  });

  it.each(Object.entries(DAYS))('%s: the custom resource is the same one, with nothing that replaces it', (_, day) => {
    const [[id, resource] = [], ...others] = Object.entries(day().template.findResources('Custom::UnderstudyNames'));
    expect(others).toStrictEqual([]);
    const [[before] = []] = Object.entries(program().template.findResources('Custom::UnderstudyNames'));
    expect(id).toBe(before);
    const { Properties } = resource as { Properties: Record<string, unknown> };
    // No reference to a member: one that is removed could not be referred to any more.
    expect(JSON.stringify([Properties['Writer'], Properties['Reader'], Properties['Endpoints']])).not.toMatch(
      /Ref|GetAtt/,
    );
  });

  it('who is found at first is the primary of that day; readers find a replica of the Region', () => {
    const placesOf = (place: Place): unknown => {
      const { Writer, Reader } = only(place, 'Custom::UnderstudyNames');
      return { Writer, Reader };
    };
    expect(placesOf(program())).toStrictEqual({
      Writer: { Identifier: 'orders-ada', Region: 'eu-west-1' },
      Reader: { Identifier: 'orders-bab', Region: 'eu-west-3' },
    });
    expect(placesOf(DAYS['when the origin is long gone']())).toStrictEqual({
      Writer: { Identifier: 'orders-bab', Region: 'eu-west-3' },
      Reader: { Identifier: 'orders-cyd', Region: 'eu-west-3' },
    });
  });

  it('what makes them may overwrite and delete nothing', async () => {
    const policy = policyOf(program(), 'RunbookNamesFunctionRole');
    const resource = `${SSM}/understudy/orders/writer`;
    const put = (overwrite: string): Promise<string> =>
      simulate(policy, { action: 'ssm:PutParameter', resource, context: { 'ssm:Overwrite': overwrite } });
    expect(await put('false')).toBe('Allowed');
    expect(await put('true')).toBe('ExplicitlyDenied');
    expect(await simulate(policy, { action: 'ssm:DeleteParameter', resource })).toBe('ImplicitlyDenied');
    const actions = policy.Statement.flatMap(({ Action }) => listOf(Action));
    expect([...new Set(actions)].toSorted()).toStrictEqual([
      ...['logs:CreateLogStream', 'logs:PutLogEvents', 'rds:DescribeDBInstances', 'route53:ChangeResourceRecordSets'],
      ...['route53:GetChange', 'route53:GetHostedZone', 'route53:ListResourceRecordSets'],
      ...['ssm:GetParameter', 'ssm:PutParameter'],
    ]);
  });
});

it('an application refers to what the runbook writes, not to a host', () => {
  const stack = new Stack(new App(), 'app');
  const parameter = WriterEndpoint.parameterName('orders');
  expect(parameter).toBe('/understudy/orders/writer');
  expect(stack.resolve(WriterEndpoint.reference('orders'))).toBe('{{resolve:ssm:/understudy/orders/writer}}');
  const { paris } = runbookWorld();
  expect(settingsIn(paris, PROMOTE).endpoints).toMatchObject([{ name: parameter }]);
  expect(JSON.stringify(Template.fromStack(paris).toJSON())).not.toContain('{{resolve:ssm');
});
