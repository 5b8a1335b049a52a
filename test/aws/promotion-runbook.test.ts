import { gunzipSync } from 'node:zlib';
import { App, Duration } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { Match } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Origin, PromotionRunbook, ReplicatedInstance } from '../../lib/aws';
import { functionName } from '../../lib/cli/operator/function-name';
import { database, LARGE, Place, POSTGRES, world } from './_helpers/database';
import { listOf, only, policyOf, runbookWorld, settingsIn, topologyIn, type RunbookWorld } from './_helpers/runbook';

const PROMOTE = 'understudy-orders-promote';

const templateOf = ({ paris }: RunbookWorld): Template => paris.template;

describe('what it makes in its Region', () => {
  const one = runbookWorld();
  const template = templateOf(one);

  it.each([
    ['AWS::Lambda::Function', 4],
    ['AWS::DynamoDB::Table', 1],
    ['AWS::StepFunctions::StateMachine', 1],
    ['AWS::SQS::Queue', 1],
    ['AWS::SSM::Parameter', 1],
    ['AWS::SNS::Topic', 1],
    ['AWS::Events::Rule', 1],
    ['AWS::CloudWatch::Alarm', 6],
    ['AWS::Logs::LogGroup', 5],
    ['Custom::UnderstudyNames', 1],
    ['AWS::Route53::RecordSet', 0],
  ])('%s: %i', (type, count) => {
    template.resourceCountIs(type, count);
  });

  it('a table that outlives everything, for lease, journal and history', () => {
    template.hasResource('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        TableName: 'understudy-orders',
        KeySchema: [
          { AttributeName: 'topology', KeyType: 'HASH' },
          { AttributeName: 'item', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'topology', AttributeType: 'S' },
          { AttributeName: 'item', AttributeType: 'S' },
        ],
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        DeletionProtectionEnabled: true,
      },
    });
  });

  it.each([
    ['understudy-orders-plan', 180],
    [PROMOTE, 900],
    ['understudy-orders-watch', 60],
    ['understudy-orders-names', 120],
  ])('the function %s, from a bundle of the package, for %i s', (name, timeout) => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: name,
      Architectures: ['arm64'],
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Timeout: timeout,
      MemorySize: 512,
      Environment: { Variables: Match.objectLike({ NODE_OPTIONS: '--enable-source-maps' }) },
      VpcConfig: Match.absent(),
    });
  });

  it('keeps what could not be invoked, of the function that promotes alone', () => {
    const queue = { TargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^RunbookDeadLetters'), 'Arn'] } };
    template.hasResourceProperties('AWS::Lambda::Function', { FunctionName: PROMOTE, DeadLetterConfig: queue });
    const others = template.findResources('AWS::Lambda::Function', { Properties: { DeadLetterConfig: queue } });
    expect(Object.keys(others)).toHaveLength(1);
    template.hasResourceProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true, MessageRetentionPeriod: 1209600 });
  });

  it('watches every minute, and repeats no watch', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
      Targets: [Match.objectLike({ RetryPolicy: { MaximumRetryAttempts: 0 } })],
    });
  });

  it('names that the command knows', () => {
    const long = 'a'.repeat(50);
    for (const name of ['orders', long]) {
      const { dublin } = world();
      const runbook = new PromotionRunbook(dublin, 'Runbook', { database: database(dublin, { topologyName: name }) });
      const names = [runbook.planFunction, runbook.promoteFunction].map(
        ({ node }) => dublin.resolve((node.defaultChild as { functionName?: string }).functionName) as string,
      );
      expect(names).toStrictEqual([functionName(name, 'plan'), functionName(name, 'failover')]);
      for (const each of names) expect(each.length).toBeLessThanOrEqual(64);
    }
  });

  it('commands to copy', () => {
    const outputs = Object.values(
      template.toJSON()['Outputs'] as Record<string, { Description: string; Value: unknown }>,
    );
    expect(
      outputs.map(({ Description, Value }) => [Description, typeof Value === 'string' ? Value : 'with an ARN']),
    ).toStrictEqual([
      ['What would be done now', 'understudy plan orders --region eu-west-3'],
      [
        'The same without understudy',
        `aws lambda invoke --region eu-west-3 --function-name understudy-orders-plan --cli-binary-format raw-in-base64-out --payload '{"mode":"plan"}' /dev/stdout`,
      ],
      ['How the last run stands', 'understudy status orders --region eu-west-3'],
      [
        'The same without understudy',
        `aws lambda invoke --region eu-west-3 --function-name understudy-orders-plan --cli-binary-format raw-in-base64-out --payload '{"mode":"status"}' /dev/stdout`,
      ],
      [
        'Promotes as planned; PLAN_HASH is what the plan says',
        "understudy promote orders --region eu-west-3 --failover --approve PLAN_HASH --reason 'WHY'",
      ],
      ['The same without understudy', 'with an ARN'],
    ]);
  });
});

describe('settings', () => {
  it('are the same for the functions and for the command', () => {
    const { paris } = runbookWorld();
    const { Value, Name } = only(paris, 'AWS::SSM::Parameter');
    expect(Name).toBe('/understudy/orders/runbook');
    for (const name of ['plan', 'promote', 'watch']) {
      expect(settingsIn(paris, `understudy-orders-${name}`)).toStrictEqual(JSON.parse(String(Value)));
    }
  });

  it('say where everything is', () => {
    const { paris } = runbookWorld();
    const { topology: _, topic, ...rest } = settingsIn(paris, PROMOTE);
    expect(topic).toMatch(/^arn:aws:sns:eu-west-3:123456789012:RunbookTopic/);
    expect(rest).toStrictEqual({
      version: 1,
      region: 'eu-west-3',
      table: 'understudy-orders',
      endpoints: [{ kind: 'parameter', role: 'writer', name: '/understudy/orders/writer' }],
      secret: 'understudy/orders/master',
      isConnected: false,
      functionName: PROMOTE,
    });
  });

  it('hold the topology as it is when the template is written: members that come later are in it', () => {
    const { orders, paris } = runbookWorld();
    orders.addReplica('cyd', { scope: paris, replicaOf: 'bab', promotion: 3 });
    const { members, primary } = topologyIn(settingsIn(paris, PROMOTE));
    expect([primary, members.map(({ id }) => id)]).toStrictEqual(['ada', ['ada', 'bab', 'cyd']]);
  });

  it('leave out what is only known at deployment', () => {
    const app = new App();
    const place = new Place(app);
    const orders = database(place, { of: { encryptionKey: place.key() } });
    new PromotionRunbook(place, 'Runbook', { database: orders });
    const variable = only(place, 'AWS::Lambda::Function', { FunctionName: PROMOTE });
    const text = JSON.stringify(variable);
    const [, packed = ''] = /topology\\":\\"([A-Za-z0-9+/=]+)/.exec(text) ?? [];
    const json = gunzipSync(Buffer.from(packed, 'base64')).toString('utf8');
    expect(json).not.toContain('Token[');
    expect(JSON.parse(json)).toMatchObject({ name: 'orders', members: [{ id: 'ada' }] });
    expect(JSON.parse(json)).not.toHaveProperty('members.0.region');
  });

  it('are the same text on every machine', () => {
    const [one, other] = [runbookWorld(), runbookWorld()].map(({ paris }) => settingsIn(paris, PROMOTE));
    expect(one).toStrictEqual(other);
    // The byte of the operating system.
    expect(Buffer.from(one?.topology ?? '', 'base64')[9]).toBe(255);
  });

  it('are refused when no environment of a function holds them', () => {
    const { dublin } = world();
    const parameters = Object.fromEntries(
      Array.from({ length: 400 }, (_, index) => [`custom.${(index * 7919).toString(36)}`, String(index ** 3)]),
    );
    const orders = database(dublin, { settings: { parameters } });
    new PromotionRunbook(dublin, 'Runbook', { database: orders });
    expect(() => dublin.template).toThrow(
      /the runbook's settings of orders take \d{4} bytes, \d{4} of them the compressed topology with 1 members; allowed: 4096, the environment of a Lambda function; fix: take out tags, engine parameters or removed members, or split the topology/,
    );
  });
});

describe('what may be given', () => {
  it('a topic: none is made, and both who promotes and who watches may publish', () => {
    const places = world();
    const topic = new sns.Topic(places.paris, 'Mine');
    const orders = database(places.dublin);
    orders.addReplica('bab', { scope: places.paris, vpc: places.paris.vpc, encryptionKey: places.paris.key() });
    new PromotionRunbook(places.paris, 'Runbook', { database: orders, topic });
    places.paris.template.resourceCountIs('AWS::SNS::Topic', 1);
    for (const [role, may] of [
      ['RunbookPlanRole', false],
      ['RunbookPromoteRole', true],
      ['RunbookWatchRole', true],
    ] as const) {
      const actions = policyOf(places.paris, role).Statement.flatMap(({ Action }) => listOf(Action));
      expect(actions.includes('sns:Publish')).toBe(may);
    }
  });

  it('no names: nothing makes any', () => {
    const { paris } = runbookWorld({ endpoints: [] });
    paris.template.resourceCountIs('Custom::UnderstudyNames', 0);
    paris.template.resourceCountIs('AWS::Lambda::Function', 3);
    expect(settingsIn(paris, PROMOTE).endpoints).toStrictEqual([]);
  });

  it('a database whose password is not ours: no secret is read', () => {
    const app = new App();
    const place = new Place(app, 'eu-west-1');
    const instance = rds.DatabaseInstance.fromDatabaseInstanceAttributes(place, 'Old', {
      instanceIdentifier: 'old',
      instanceEndpointAddress: 'old.example.com',
      port: 5432,
      securityGroups: [],
    });
    const orders = new ReplicatedInstance(place, 'Orders', {
      engine: POSTGRES,
      origin: Origin.existing('old', instance, { instanceType: LARGE }),
      objectives: { lag: Duration.minutes(10) },
    });
    new PromotionRunbook(place, 'Runbook', { database: orders });
    expect(settingsIn(place, PROMOTE)).not.toHaveProperty('secret');
    const actions = policyOf(place, 'RunbookPromoteRole').Statement.flatMap(({ Action }) => listOf(Action));
    expect(actions).not.toContain('secretsmanager:GetSecretValue');
  });
});

describe('grants', () => {
  const statementsOf = (grant: 'grantPlan' | 'grantPromote'): readonly (readonly [string, string])[] => {
    const { paris, runbook } = runbookWorld();
    const role = new iam.Role(paris, 'Operator', { assumedBy: new iam.AccountRootPrincipal() });
    runbook[grant](role);
    return policyOf(paris, 'Operator').Statement.flatMap(({ Action, Resource }) =>
      listOf(Action).flatMap((action) => listOf(Resource).map((resource) => [action, resource] as const)),
    );
  };
  const lambda = (name: string): string => `arn:aws:lambda:eu-west-3:123456789012:function:understudy-orders-${name}`;
  const parameter = 'arn:aws:ssm:eu-west-3:123456789012:parameter/understudy/orders/runbook';

  it('to plan: one function, and nothing else', () => {
    expect(statementsOf('grantPlan')).toStrictEqual([['lambda:InvokeFunction', lambda('plan')]]);
  });

  it('to promote: the function, the state machine, the settings', () => {
    expect(statementsOf('grantPromote')).toStrictEqual([
      ['lambda:InvokeFunction', lambda('promote')],
      ['states:StartExecution', 'arn:aws:states:eu-west-3:123456789012:stateMachine:understudy-orders'],
      ...['ssm:DescribeParameters', 'ssm:GetParameters', 'ssm:GetParameter', 'ssm:GetParameterHistory'].map(
        (action) => [action, parameter],
      ),
    ]);
  });
});
