import { CfnParameter, Duration, Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import { ReplicationDashboard, ReplicationLagAlarms } from '../../lib/aws';
import { knownValues } from '../../lib/aws/known-values';
import { database, LARGE, POSTGRES, world, type Place } from './_helpers/database';

function text(place: Place, id: string): string {
  return new CfnParameter(place, id).valueAsString;
}

function number(place: Place, id: string): number {
  return new CfnParameter(place, id, { type: 'Number' }).valueAsNumber;
}

describe('a value that is only known at deployment is a reference in the template', () => {
  it('of the origin, and of replicas that take it from there', () => {
    const { dublin } = world();
    const orders = database(dublin, {
      of: {
        instanceType: new ec2.InstanceType(text(dublin, 'Class')),
        storage: { allocated: Size.gibibytes(number(dublin, 'Gib')), iops: number(dublin, 'Iops') },
        backupRetention: Duration.days(number(dublin, 'Days')),
        encryptionKey: kms.Key.fromKeyArn(
          dublin,
          'Imported',
          dublin.formatArn({ service: 'kms', resource: 'key', resourceName: text(dublin, 'KeyId') }),
        ),
      },
      settings: { parameters: { work_mem: text(dublin, 'Memory') }, databaseName: text(dublin, 'Name') },
    });
    orders.addReplica('bab', { promotion: 1 });
    new ReplicationLagAlarms(dublin, 'Alarms', { database: orders });
    new ReplicationDashboard(dublin, 'Dashboard', { database: orders });
    expect(dublin.instance('orders-ada')).toMatchObject({
      AllocatedStorage: { Ref: 'Gib' },
      BackupRetentionPeriod: { Ref: 'Days' },
      DBInstanceClass: { 'Fn::Join': ['', ['db.', { Ref: 'Class' }]] },
      DBName: { Ref: 'Name' },
      Iops: { Ref: 'Iops' },
      KmsKeyId: { 'Fn::Join': ['', expect.arrayContaining([{ Ref: 'KeyId' }])] },
    });
    expect(dublin.instance('orders-bab')).toMatchObject({
      DBInstanceClass: { 'Fn::Join': ['', ['db.', { Ref: 'Class' }]] },
      Iops: { Ref: 'Iops' },
      BackupRetentionPeriod: 7,
    });
    dublin.template.hasResourceProperties('AWS::RDS::DBParameterGroup', {
      Parameters: { work_mem: { Ref: 'Memory' } },
    });
  });

  it('of the volume, for whose share the alarm assumes a small one', () => {
    const { dublin } = world();
    const orders = database(dublin, { of: { storage: { allocated: Size.gibibytes(number(dublin, 'Gib')) } } });
    orders.addReplica('bab');
    new ReplicationLagAlarms(dublin, 'Alarms', { database: orders });
    dublin.template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'orders-ada-slot-lag',
      Threshold: 10 * 2 ** 30,
    });
  });

  it('of the version, whose family the engine knows', () => {
    const { dublin } = world();
    const engine = rds.DatabaseInstanceEngine.postgres({
      version: rds.PostgresEngineVersion.of(text(dublin, 'Version'), '17'),
    });
    database(dublin, { engine }).addReplica('bab');
    expect(dublin.instance('orders-bab')).toMatchObject({
      EngineVersion: { Ref: 'Version' },
      BackupRetentionPeriod: 7,
    });
    dublin.template.hasResourceProperties('AWS::RDS::DBParameterGroup', {
      DBParameterGroupName: 'orders-postgres17',
      Family: 'postgres17',
    });
  });

  it('of one member alone, too', () => {
    const { dublin } = world();
    database(dublin).addReplica('bab', { engineVersion: text(dublin, 'Version'), instanceType: LARGE });
    expect(dublin.instance('orders-bab')).toMatchObject({ EngineVersion: { Ref: 'Version' } });
    dublin.template.resourceCountIs('AWS::RDS::DBParameterGroup', 1);
  });
});

it.each([
  ['lag objective', (seconds: number) => ({ objectives: { lag: Duration.seconds(seconds) } })],
  ['heartbeat', (seconds: number) => ({ heartbeat: Duration.seconds(seconds) })],
])('the %s cannot be one: alarms reckon with it', (_, props) => {
  const { dublin } = world();
  const orders = database(dublin, props(number(dublin, 'Seconds')));
  new ReplicationLagAlarms(dublin, 'Alarms', { database: orders });
  expect(() => orders.addReplica('bab')).toThrow(
    'the alarm of bab needs the lag objective, the heartbeat and the delay, and one of them is only known at deployment; allowed: literal durations; fix: write it out',
  );
});

it('rules skip what they cannot know', () => {
  const { app, dublin, paris } = world();
  const orders = database(dublin, {
    of: { backupRetention: Duration.days(number(dublin, 'Days')), engineVersion: text(dublin, 'Version') },
  });
  orders.addReplica('cyd', {
    scope: paris,
    vpc: paris.vpc,
    engineVersion: '16.10',
    encryptionKey: kms.Key.fromKeyArn(paris, 'Key', `arn:aws:kms:eu-west-3:111122223333:key/${text(paris, 'KeyId')}`),
    promotion: 1,
  });
  expect(() => app.synth()).not.toThrow();
  expect(POSTGRES.engineVersion?.fullVersion).toBe('17.6');
});

it('knownValues leaves out what is a token, however deep', () => {
  const { dublin } = world();
  const [name, count] = [text(dublin, 'A'), number(dublin, 'B')];
  expect(
    knownValues({ name, plain: 'a', none: undefined, deep: { count, zero: 0, list: [{ name, yes: true }] } }),
  ).toStrictEqual({ plain: 'a', none: undefined, deep: { zero: 0, list: [{ yes: true }] } });
});
