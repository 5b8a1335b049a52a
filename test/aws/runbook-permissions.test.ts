import * as iam from 'aws-cdk-lib/aws-iam';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import { WriterEndpoint } from '../../lib/aws';
import { listOf, policyOf, runbookWorld } from './_helpers/runbook';
import { commandsIn, sdkActions } from './_helpers/sdk-actions';
import { simulate, type Asked } from './_helpers/simulate';

const CALLS = sdkActions('lib/runbook/adapters/aws', 'aurora');

/** What Lambda itself does with the role of a function. */
const LAMBDAS_OWN = /^(logs:(CreateLogStream|PutLogEvents)|sqs:SendMessage)$/;

/** A runbook with one of every kind of name. */
function everything(): ReturnType<typeof runbookWorld> {
  const endpoints = [WriterEndpoint.parameter(), WriterEndpoint.secret('orders/app'), WriterEndpoint.record(record())];
  return runbookWorld({ endpoints });
}

let zones = 0;
const record = (): Parameters<typeof WriterEndpoint.record>[0] => ({
  zone: {
    hostedZoneId: 'Z1',
    hostedZoneArn: 'arn:aws:route53:::hostedzone/Z1',
    node: { path: `zone-${zones++}` },
  } as unknown as route53.IHostedZone,
  name: 'Orders.example.com.',
});

const { paris } = everything();
const POLICIES = {
  plan: policyOf(paris, 'RunbookPlanRole'),
  promote: policyOf(paris, 'RunbookPromoteRole'),
  watch: policyOf(paris, 'RunbookWatchRole'),
};

function allowed(role: keyof typeof POLICIES): readonly string[] {
  const actions = POLICIES[role].Statement.flatMap(({ Action }) => listOf(Action));
  return [...new Set(actions)].filter((action) => !LAMBDAS_OWN.test(action)).toSorted();
}

describe('what the code calls is what the roles may do, no more and no less', () => {
  it('to plan: everything that looks', () => {
    expect(allowed('plan')).toStrictEqual(CALLS.reads);
  });

  it('to promote: all of it', () => {
    expect(allowed('promote')).toStrictEqual([...new Set([...CALLS.reads, ...CALLS.writes])].toSorted());
  });

  it('to watch: to look, to keep what was seen, to tell of a run that nobody works on', () => {
    const own = ['dynamodb:UpdateItem', 'kms:Decrypt', 'kms:GenerateDataKey*', 'sns:Publish'];
    expect(allowed('watch')).toStrictEqual([...CALLS.reads, ...own].toSorted());
  });

  it('there is something to compare', () => {
    expect(CALLS.reads).toContain('rds:DescribeDBInstances');
    expect(CALLS.writes).toContain('rds:PromoteReadReplica');
    expect(CALLS.writes.filter((action) => /Delete|Stop(DB|Inst)/.test(action))).toStrictEqual([]);
  });

  it('a command under another name is found; a package that nobody knows is refused', () => {
    const text = (from: string): string => `import { ModifyDBInstanceCommand as M, type RDSClient } from '${from}';`;
    expect(commandsIn('a.ts', text('@aws-sdk/client-rds'))).toStrictEqual(['rds:ModifyDBInstance']);
    expect(() => commandsIn('a.ts', text('@aws-sdk/client-ec2'))).toThrow(
      'a.ts imports @aws-sdk/client-ec2, whose permissions nobody looks at',
    );
    expect(() => commandsIn('a.ts', `import * as rds from '@aws-sdk/client-rds';`)).toThrow(
      'a.ts imports @aws-sdk/client-rds as a whole',
    );
  });
});

const rds = (resource: string, region = 'eu-west-3'): string => `arn:aws:rds:${region}:123456789012:${resource}`;
const REPLICATE = { 'aws:RequestTag/understudy:topology': 'orders', 'aws:TagKeys': ['understudy:topology'] };

interface Case extends Asked {
  readonly by: keyof typeof POLICIES;
  readonly about: string;
}

const ALLOWED: readonly Case[] = [
  { by: 'promote', about: 'a member', action: 'rds:PromoteReadReplica', resource: rds('db:orders-bab') },
  {
    by: 'promote',
    about: 'one that is far away',
    action: 'rds:ModifyDBInstance',
    resource: rds('db:orders-ada', 'eu-west-1'),
  },
  { by: 'promote', about: 'its reboot', action: 'rds:RebootDBInstance', resource: rds('db:orders-ada', 'eu-west-1') },
  {
    by: 'promote',
    about: 'our own tags',
    action: 'rds:AddTagsToResource',
    resource: rds('db:orders-ada', 'eu-west-1'),
    context: { 'aws:TagKeys': ['understudy:unfenced-groups'] },
  },
  {
    by: 'promote',
    about: 'a new replica in the Region of the old primary',
    action: 'rds:CreateDBInstanceReadReplica',
    resource: rds('db:orders-bab-2', 'eu-west-1'),
    context: REPLICATE,
  },
  {
    by: 'promote',
    about: 'the group of a freeze',
    action: 'rds:ModifyDBParameterGroup',
    resource: rds('pg:orders-ada-freeze', 'eu-west-1'),
  },
  {
    by: 'promote',
    about: 'the name',
    action: 'ssm:PutParameter',
    resource: 'arn:aws:ssm:eu-west-3:123456789012:parameter/understudy/orders/writer',
  },
  {
    by: 'promote',
    about: 'the record',
    action: 'route53:ChangeResourceRecordSets',
    resource: 'arn:aws:route53:::hostedzone/Z1',
    context: {
      'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['orders.example.com'],
      'route53:ChangeResourceRecordSetsRecordTypes': ['CNAME'],
    },
  },
  {
    by: 'watch',
    about: 'its table',
    action: 'dynamodb:UpdateItem',
    resource: 'arn:aws:dynamodb:eu-west-3:123456789012:table/understudy-orders',
  },
  { by: 'plan', about: 'whoever follows', action: 'rds:DescribeDBInstances', resource: rds('db:somebody-else') },
  {
    by: 'plan',
    about: 'the copy of the secret',
    action: 'secretsmanager:GetSecretValue',
    resource: 'arn:aws:secretsmanager:eu-west-3:123456789012:secret:understudy/orders/master-a1B2c3',
  },
];

const DENIED: readonly Case[] = [
  { by: 'promote', about: 'another database', action: 'rds:PromoteReadReplica', resource: rds('db:payments-bab') },
  {
    by: 'promote',
    about: 'one whose name begins alike',
    action: 'rds:ModifyDBInstance',
    resource: rds('db:orders-bab-2'),
  },
  {
    by: 'promote',
    about: 'a namesake in another Region',
    action: 'rds:PromoteReadReplica',
    resource: rds('db:orders-bab', 'us-east-1'),
  },
  {
    by: 'promote',
    about: 'to delete a member',
    action: 'rds:DeleteDBInstance',
    resource: rds('db:orders-ada', 'eu-west-1'),
  },
  {
    by: 'promote',
    about: 'to stop a member',
    action: 'rds:StopDBInstance',
    resource: rds('db:orders-ada', 'eu-west-1'),
  },
  {
    by: 'promote',
    about: 'to delete the journal',
    action: 'dynamodb:DeleteItem',
    resource: 'arn:aws:dynamodb:eu-west-3:123456789012:table/understudy-orders',
  },
  {
    by: 'promote',
    about: 'to delete a name',
    action: 'ssm:DeleteParameter',
    resource: 'arn:aws:ssm:eu-west-3:123456789012:parameter/understudy/orders/writer',
  },
  {
    by: 'promote',
    about: 'a parameter of somebody else',
    action: 'ssm:PutParameter',
    resource: 'arn:aws:ssm:eu-west-3:123456789012:parameter/other',
  },
  {
    by: 'promote',
    about: 'its own settings',
    action: 'ssm:PutParameter',
    resource: 'arn:aws:ssm:eu-west-3:123456789012:parameter/understudy/orders/runbook',
  },
  {
    by: 'promote',
    about: 'the usual parameter group',
    action: 'rds:ModifyDBParameterGroup',
    resource: rds('pg:orders-postgres17'),
  },
  {
    by: 'promote',
    about: 'the password',
    action: 'secretsmanager:PutSecretValue',
    resource: 'arn:aws:secretsmanager:eu-west-3:123456789012:secret:understudy/orders/master-a1B2c3',
  },
  {
    by: 'promote',
    about: 'tags of somebody else',
    action: 'rds:AddTagsToResource',
    resource: rds('db:orders-bab'),
    context: { 'aws:TagKeys': ['owner'] },
  },
  {
    by: 'promote',
    about: 'a replica for another topology',
    action: 'rds:CreateDBInstanceReadReplica',
    resource: rds('db:orders-bab-2'),
    context: { ...REPLICATE, 'aws:RequestTag/understudy:topology': 'payments' },
  },
  {
    by: 'promote',
    about: 'another record of the zone',
    action: 'route53:ChangeResourceRecordSets',
    resource: 'arn:aws:route53:::hostedzone/Z1',
    context: {
      'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['www.example.com'],
      'route53:ChangeResourceRecordSetsRecordTypes': ['CNAME'],
    },
  },
  {
    by: 'promote',
    about: 'a key, past RDS',
    action: 'kms:CreateGrant',
    resource: 'arn:aws:kms:eu-west-3:123456789012:key/1',
    context: { 'kms:ViaService': 'ec2.eu-west-3.amazonaws.com' },
  },
  { by: 'plan', about: 'to promote', action: 'rds:PromoteReadReplica', resource: rds('db:orders-bab') },
  {
    by: 'plan',
    about: 'the journal',
    action: 'dynamodb:UpdateItem',
    resource: 'arn:aws:dynamodb:eu-west-3:123456789012:table/understudy-orders',
  },
  {
    by: 'plan',
    about: 'the name',
    action: 'ssm:PutParameter',
    resource: 'arn:aws:ssm:eu-west-3:123456789012:parameter/understudy/orders/writer',
  },
  { by: 'watch', about: 'to promote', action: 'rds:PromoteReadReplica', resource: rds('db:orders-bab') },
  {
    by: 'watch',
    about: 'to begin a run',
    action: 'dynamodb:PutItem',
    resource: 'arn:aws:dynamodb:eu-west-3:123456789012:table/understudy-orders',
  },
];

it.each(ALLOWED)('$by may: $action, $about', async ({ by, about: _, ...asked }) => {
  expect(await simulate(POLICIES[by], asked)).toBe('Allowed');
});

it.each(DENIED)('$by may not: $action, $about', async ({ by, about: _, ...asked }) => {
  expect(await simulate(POLICIES[by], asked)).toBe('ImplicitlyDenied');
});

it('who may plan may not promote, by no way', async () => {
  const other = everything();
  const role = new iam.Role(other.paris, 'Operator', { assumedBy: new iam.AccountRootPrincipal() });
  other.runbook.grantPlan(role);
  const policy = policyOf(other.paris, 'Operator');
  const lambda = 'arn:aws:lambda:eu-west-3:123456789012:function:understudy-orders';
  const invoke = (name: string): Promise<string> =>
    simulate(policy, { action: 'lambda:InvokeFunction', resource: `${lambda}-${name}` });
  expect(await Promise.all(['plan', 'promote', 'watch', 'names'].map(invoke))).toStrictEqual([
    ...['Allowed', 'ImplicitlyDenied', 'ImplicitlyDenied', 'ImplicitlyDenied'],
  ]);
  const start = {
    action: 'states:StartExecution',
    resource: 'arn:aws:states:eu-west-3:123456789012:stateMachine:understudy-orders',
  };
  expect(await simulate(policy, start)).toBe('ImplicitlyDenied');
});
