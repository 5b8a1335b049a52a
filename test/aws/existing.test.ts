import './_helpers/quiet-synthesis';
import { Duration, Size, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Origin, type ExistingInstanceOptions } from '../../lib/aws';
import { database, LARGE, POSTGRES, world, type Place } from './_helpers/database';

type InstanceProps = Partial<rds.DatabaseInstanceProps>;

function ownInstance(place: Place, props: InstanceProps = {}): rds.DatabaseInstance {
  return new rds.DatabaseInstance(place, 'Own', {
    engine: POSTGRES,
    instanceType: LARGE,
    vpc: place.vpc,
    vpcSubnets: { subnets: place.vpc.isolatedSubnets },
    instanceIdentifier: 'billing-2019',
    allocatedStorage: 100,
    storageEncrypted: true,
    backupRetention: Duration.days(7),
    ...props,
  });
}

function around(place: Place, instance: rds.IDatabaseInstance, options?: ExistingInstanceOptions) {
  return database(place, { origin: Origin.existing('old', instance, options) });
}

function imported(stack: Stack, name = 'billing-2019'): rds.IDatabaseInstance {
  return rds.DatabaseInstance.fromDatabaseInstanceAttributes(stack, 'Imported', {
    instanceIdentifier: name,
    instanceEndpointAddress: 'billing.example.com',
    port: 5432,
    securityGroups: [],
  });
}

const arn = (region: string) => ({
  'Fn::Join': [
    '',
    ['arn:', { Ref: 'AWS::Partition' }, `:rds:${region}:`, { Ref: 'AWS::AccountId' }, ':db:billing-2019'],
  ],
});

describe("an instance of the program's own", () => {
  it('stays exactly as it is', () => {
    const [alone, replicated] = [world(), world()];
    ownInstance(alone.dublin);
    around(replicated.dublin, ownInstance(replicated.dublin)).addReplica('bab');
    const before = alone.dublin.template.toJSON() as { Resources: Record<string, unknown> };
    const after = replicated.dublin.template.toJSON() as { Resources: Record<string, unknown> };
    for (const [id, resource] of Object.entries(before.Resources)) expect(after.Resources[id]).toStrictEqual(resource);
  });

  it('can be tagged by its program with the group that fences it off', () => {
    const { dublin } = world();
    const own = ownInstance(dublin);
    const orders = around(dublin, own);
    const { quarantineSecurityGroup } = orders.foundationIn(dublin);
    Tags.of(own).add('understudy:quarantine', quarantineSecurityGroup.securityGroupId);
    expect(dublin.instance('billing-2019')['Tags']).toStrictEqual([
      { Key: 'understudy:quarantine', Value: dublin.resolve(quarantineSecurityGroup.securityGroupId) as unknown },
    ]);
  });

  it('gives its replicas what its template says', () => {
    const { dublin, paris } = world();
    const own = ownInstance(dublin, { storageType: rds.StorageType.IO1, iops: 3000, maxAllocatedStorage: 500 });
    const orders = around(dublin, own);
    orders.addReplica('bab');
    orders.addReplica('cyd', { scope: paris, vpc: paris.vpc, encryptionKey: paris.key() });
    const expected = {
      DBInstanceClass: 'db.r6i.large',
      EngineVersion: '17.6',
      StorageType: 'io1',
      Iops: 3000,
      MaxAllocatedStorage: 500,
    };
    expect(dublin.instance('orders-bab')).toMatchObject({ ...expected, SourceDBInstanceIdentifier: arn('eu-west-1') });
    expect(paris.instance('orders-cyd')).toMatchObject({
      ...expected,
      SourceDBInstanceIdentifier: arn('eu-west-1'),
      SourceRegion: 'eu-west-1',
    });
  });

  it('is waited for by its replicas, and makes no secret', () => {
    const { dublin } = world();
    const orders = around(dublin, ownInstance(dublin));
    orders.addReplica('bab');
    expect(orders.masterSecret).toBeUndefined();
    dublin.template.hasResource('AWS::RDS::DBInstance', {
      Properties: { DBInstanceIdentifier: 'orders-bab' },
      DependsOn: Match.arrayWith([
        dublin.getLogicalId(dublin.node.findChild('Own').node.defaultChild as rds.CfnDBInstance),
      ]),
    });
  });

  it('may have a name that CloudFormation makes, while its replicas are in its stack', () => {
    const { dublin } = world();
    around(dublin, ownInstance(dublin, { instanceIdentifier: undefined })).addReplica('bab');
    expect(JSON.stringify(dublin.instance('orders-bab')['SourceDBInstanceIdentifier'])).toMatch(
      /:db:",\{"Ref":"Own\w+"\}/,
    );
  });

  it('has an ARN in lower case, as RDS knows it', () => {
    const { dublin } = world();
    const own = ownInstance(dublin);
    (own.node.defaultChild as rds.CfnDBInstance).dbInstanceIdentifier = 'Billing-2019';
    around(dublin, own).addReplica('bab');
    expect(dublin.instance('orders-bab')).toMatchObject({ SourceDBInstanceIdentifier: arn('eu-west-1') });
  });

  it.each([
    [
      'no backups',
      { backupRetention: Duration.days(0) },
      'error source-without-backups: members.old.retention: old has replicas (bab) and its retention is 0d. Allowed: 1d to 35d: RDS creates replicas only from instances with automatic backups. Fix: set `retention: 7d`.',
    ],
    [
      'a password that RDS keeps',
      { credentials: undefined, manageMasterUserPassword: true },
      'error managed-password-with-replicas: aws.credentials: the master password is managed by RDS and there are replicas. Allowed: self-managed: RDS creates no replica of an instance whose master password it manages in Secrets Manager. Fix: set `credentials: self-managed` (the secret is then made here and replicated to every Region that can be promoted into).',
    ],
  ])(
    'cannot be replicated with %s, and synthesis says so',
    (_, { manageMasterUserPassword, ...props }: InstanceProps & { manageMasterUserPassword?: boolean }, message) => {
      const { app, dublin } = world();
      const own = ownInstance(dublin, props);
      (own.node.defaultChild as rds.CfnDBInstance).manageMasterUserPassword = manageMasterUserPassword;
      around(dublin, own).addReplica('bab');
      expect(() => app.synth()).toThrow(
        `Validation failed with the following errors:\n  [eu-west-1/Orders] ${message}`,
      );
    },
  );

  it('is trusted with what it is said to be', () => {
    const { dublin } = world();
    const { declared } = around(dublin, ownInstance(dublin), {
      backupRetentionDays: 3,
      encrypted: false,
      instanceType: LARGE,
      allocatedStorage: Size.gibibytes(50),
      storageType: rds.StorageType.GP3,
      promotion: 'never',
      retired: 'kept',
      region: 'eu-north-1',
    }).primary;
    expect(declared).toMatchObject({
      id: 'old',
      region: 'eu-north-1',
      retentionDays: 3,
      encrypted: false,
      size: 'db.r6i.large',
      storage: { gib: 50, type: 'gp3' },
      promotion: 'never',
      retired: 'kept',
    });
  });
});

describe('an imported instance', () => {
  it('in another Region is named there, in replicas and metrics', () => {
    const { dublin } = world();
    const orders = around(dublin, imported(dublin), { region: 'us-east-1' });
    orders.addReplica('bab', { instanceType: LARGE, encryptionKey: dublin.key(), promotion: 1 });
    expect(dublin.instance('orders-bab')).toMatchObject({
      SourceDBInstanceIdentifier: arn('us-east-1'),
      SourceRegion: 'us-east-1',
      KmsKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] },
    });
    expect(dublin.instance('orders-bab')).not.toHaveProperty('StorageType');
    expect(dublin.resolve(orders.primary.instanceArn)).toStrictEqual(arn('us-east-1'));
  });

  it('says nothing of itself, so rules skip it', () => {
    const { dublin } = world();
    const { declared } = around(dublin, imported(dublin)).primary;
    expect(declared).toStrictEqual({
      id: 'old',
      region: 'eu-west-1',
      size: undefined,
      version: '17.6',
      storage: { gib: undefined, type: undefined, iops: undefined, throughput: undefined, growTo: undefined },
      standby: undefined,
      promotion: 1,
      retentionDays: undefined,
      encrypted: undefined,
      retired: undefined,
      tags: {},
      aws: { identifier: 'billing-2019' },
    });
  });

  it('must not have the name of another member', () => {
    const { app, dublin } = world();
    around(dublin, imported(dublin)).addReplica('bab', { instanceType: LARGE, instanceIdentifier: 'billing-2019' });
    expect(() => app.synth()).toThrow(
      '  [eu-west-1/Orders] error identifier-duplicate: members.old.aws.identifier: old and bab both have the identifier billing-2019. Allowed: one identifier for each member, in all Regions together. Fix: change one of them.',
    );
  });

  it('needs somebody to say the class of its replicas', () => {
    const { dublin } = world();
    expect(() => around(dublin, imported(dublin)).addReplica('bab')).toThrow(
      'bab has no instance type, and that of its source old is not known; allowed: an ec2.InstanceType; fix: pass instanceType',
    );
  });

  it('can be said to be gone', () => {
    const { dublin } = world();
    const orders = database(dublin, {
      origin: Origin.existing('old', imported(dublin), { retired: 'removed' }),
      primary: 'bab',
    });
    orders.addReplica('bab', { instanceType: LARGE, promotion: 1 });
    expect(dublin.instance('orders-bab')).toMatchObject({ SourceDBInstanceIdentifier: arn('eu-west-1') });
  });
});

describe('a name that is only known at deployment', () => {
  const message =
    'the identifier of old is only known at deployment, and a replica in another stack has to name it; allowed: a literal instanceIdentifier; fix: give the instance the identifier it has, as text';

  it('cannot be named by another Region', () => {
    const { dublin, paris } = world();
    const orders = around(dublin, ownInstance(dublin, { instanceIdentifier: undefined }));
    expect(() => orders.addReplica('cyd', { scope: paris, vpc: paris.vpc, encryptionKey: paris.key() })).toThrow(
      message,
    );
  });

  it('nor by another stack of the same Region: an export would outlive the database', () => {
    const { app, dublin } = world();
    const second = new Stack(app, 'second', { env: { region: 'eu-west-1' } });
    const orders = around(dublin, ownInstance(dublin, { instanceIdentifier: undefined }));
    expect(() => orders.addReplica('bab', { scope: second, vpc: dublin.vpc })).toThrow(message);
  });
});

it('an instance of another stack in the Region is named by its literal name, and waited for', () => {
  const { app, dublin } = world();
  const second = new Stack(app, 'second', { env: { region: 'eu-west-1' } });
  around(dublin, ownInstance(dublin)).addReplica('bab', { scope: second, vpc: dublin.vpc });
  expect(second.dependencies).toStrictEqual([dublin]);
  Template.fromStack(second).hasResourceProperties('AWS::RDS::DBInstance', {
    SourceDBInstanceIdentifier: arn('eu-west-1'),
  });
});

it('what only the instance itself can do is left to it', () => {
  const { dublin } = world();
  const own = ownInstance(dublin, { iamAuthentication: true });
  const { primary } = around(dublin, own);
  const role = new iam.Role(dublin, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  primary.grantConnect(role, 'app');
  primary.connections.allowDefaultPortFromAnyIpv4();
  expect(primary.instanceResourceId).toBe(own.instanceResourceId);
  expect(primary.connections).toBe(own.connections);
  expect(
    primary.addProxy('Proxy', { vpc: dublin.vpc, secrets: own.secret === undefined ? [] : [own.secret] }),
  ).toBeInstanceOf(rds.DatabaseProxy);
  dublin.template.resourceCountIs('AWS::RDS::DBProxy', 1);
  dublin.template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: [{ Action: 'rds-db:connect', Effect: 'Allow' }] },
    Roles: [{ Ref: dublin.getLogicalId(role.node.defaultChild as iam.CfnRole) }],
  });
});
