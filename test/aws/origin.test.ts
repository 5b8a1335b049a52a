import { Duration, Size } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as rds from 'aws-cdk-lib/aws-rds';
import { database, ORACLE, world } from './_helpers/database';

/** Of a member's template, what its network, parameters and tags are is the business of other tests. */
const SHARED = ['DBSubnetGroupName', 'DBParameterGroupName', 'Tags', 'VPCSecurityGroups'];

function own(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !SHARED.includes(name)));
}

describe('a created origin', () => {
  it('is an instance with an engine, a user and an encrypted volume', () => {
    const { dublin } = world();
    database(dublin);
    const { MasterUserPassword: password, ...rest } = own(dublin.instance('orders-ada'));
    expect(rest).toStrictEqual({
      AllocatedStorage: '100',
      AutoMinorVersionUpgrade: false,
      BackupRetentionPeriod: 7,
      CopyTagsToSnapshot: true,
      DBInstanceClass: 'db.r6i.large',
      DBInstanceIdentifier: 'orders-ada',
      DatabaseInsightsMode: 'standard',
      DeleteAutomatedBackups: false,
      DeletionProtection: true,
      EnableCloudwatchLogsExports: ['postgresql', 'upgrade'],
      EnableIAMDatabaseAuthentication: true,
      EnablePerformanceInsights: true,
      Engine: 'postgres',
      EngineVersion: '17.6',
      MasterUsername: 'postgres',
      MultiAZ: false,
      PubliclyAccessible: false,
      StorageEncrypted: true,
      StorageType: 'gp3',
    });
    expect(password).toStrictEqual({
      'Fn::Join': [
        '',
        ['{{resolve:secretsmanager:', { Ref: 'OrdersMasterSecret851DE680' }, ':SecretString:password::}}'],
      ],
    });
  });

  it('is kept when it leaves the template, in any way', () => {
    const { dublin } = world();
    database(dublin);
    dublin.template.hasResource('AWS::RDS::DBInstance', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  it('has what it is given', () => {
    const { dublin } = world();
    const encryptionKey = dublin.key();
    database(dublin, {
      engine: ORACLE,
      heartbeat: undefined,
      of: {
        storage: {
          allocated: Size.tebibytes(1),
          type: rds.StorageType.IO2,
          iops: 20_000,
          growTo: Size.tebibytes(2),
        },
        multiAz: true,
        backupRetention: Duration.days(35),
        engineVersion: '19.0.0.0.ru-2026-01.rur-2026-01.r1',
        encryptionKey,
        instanceIdentifier: 'legacy-7',
      },
      settings: {
        username: 'keeper',
        databaseName: 'ORDERS',
        port: 1600,
        licenseModel: rds.LicenseModel.BRING_YOUR_OWN_LICENSE,
      },
    });
    expect(dublin.instance('legacy-7')).toMatchObject({
      AllocatedStorage: '1024',
      BackupRetentionPeriod: 35,
      DBName: 'ORDERS',
      Engine: 'oracle-ee',
      EngineVersion: '19.0.0.0.ru-2026-01.rur-2026-01.r1',
      Iops: 20_000,
      KmsKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] },
      LicenseModel: 'bring-your-own-license',
      MasterUsername: 'keeper',
      MaxAllocatedStorage: 2048,
      MultiAZ: true,
      Port: '1600',
      StorageType: 'io2',
    });
  });

  it('has the throughput of a gp3 volume', () => {
    const { dublin } = world();
    database(dublin, { of: { storage: { allocated: Size.gibibytes(500), iops: 12_000, throughput: 500 } } });
    expect(dublin.instance('orders-ada')).toMatchObject({ StorageType: 'gp3', Iops: 12_000, StorageThroughput: 500 });
  });

  it('can be unencrypted', () => {
    const { dublin } = world();
    database(dublin, { of: { encrypted: false } });
    expect(dublin.instance('orders-ada')).toMatchObject({ StorageEncrypted: false });
  });

  it('has a password that RDS keeps, if that is wished', () => {
    const { dublin } = world();
    const { masterSecret } = database(dublin, { settings: { credentials: 'rds-managed' } });
    const { MasterUserPassword, ManageMasterUserPassword } = dublin.instance('orders-ada');
    expect([MasterUserPassword, ManageMasterUserPassword, masterSecret]).toStrictEqual([undefined, true, undefined]);
    dublin.template.resourceCountIs('AWS::SecretsManager::Secret', 0);
  });

  it.each([
    ['insights', { insights: 'off' }, { EnablePerformanceInsights: undefined, DatabaseInsightsMode: undefined }],
    [
      'insights for more',
      { insights: 'advanced' },
      { EnablePerformanceInsights: true, DatabaseInsightsMode: 'advanced', PerformanceInsightsRetentionPeriod: 465 },
    ],
    ['logs', { logExports: [] }, { EnableCloudwatchLogsExports: [] }],
    ['other logs', { logExports: ['postgresql'] }, { EnableCloudwatchLogsExports: ['postgresql'] }],
    ['IAM authentication', { iamAuthentication: false }, { EnableIAMDatabaseAuthentication: undefined }],
    ['deletion protection', { deletionProtection: false }, { DeletionProtection: false }],
  ] as const)('changes %s alone, if that is wished, on every member', (_, settings, expected) => {
    const [usual, changed] = [world(), world()];
    database(usual.dublin).addReplica('bab');
    database(changed.dublin, { settings }).addReplica('bab');
    for (const id of ['orders-ada', 'orders-bab']) {
      const all = { ...usual.dublin.instance(id), ...expected };
      const defined = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
      expect(changed.dublin.instance(id)).toStrictEqual(defined);
    }
  });
});

describe('a retired origin', () => {
  it('is kept in quarantine, and otherwise as it was', () => {
    const [before, after] = [world(), world()];
    database(before.dublin).addReplica('bab', { promotion: 1 });
    database(after.dublin, { primary: 'bab', of: { retired: 'kept' } }).addReplica('bab', { promotion: 1 });
    const { VPCSecurityGroups: groups, ...rest } = after.dublin.instance('orders-ada');
    expect(groups).toStrictEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^OrdersRegionQuarantine/), 'GroupId'] }]);
    expect({ ...before.dublin.instance('orders-ada'), VPCSecurityGroups: groups }).toStrictEqual({
      ...rest,
      VPCSecurityGroups: groups,
    });
  });

  it('is no longer in the template when it is removed; the secret is', () => {
    const { dublin } = world();
    database(dublin, { primary: 'bab', of: { retired: 'removed' } }).addReplica('bab', { promotion: 1 });
    dublin.template.resourceCountIs('AWS::RDS::DBInstance', 1);
    dublin.template.resourceCountIs('AWS::SecretsManager::Secret', 1);
    dublin.template.resourceCountIs('AWS::SecretsManager::SecretTargetAttachment', 0);
    expect(dublin.instance('orders-bab')).toMatchObject({
      SourceDBInstanceIdentifier: {
        'Fn::Join': [
          '',
          ['arn:', { Ref: 'AWS::Partition' }, ':rds:eu-west-1:', { Ref: 'AWS::AccountId' }, ':db:orders-ada'],
        ],
      },
    });
  });
});

it('is attached to its secret', () => {
  const { dublin } = world();
  database(dublin);
  dublin.template.hasResourceProperties('AWS::SecretsManager::SecretTargetAttachment', {
    SecretId: { Ref: Match.stringLikeRegexp('^OrdersMasterSecret') },
    TargetId: { Ref: Match.stringLikeRegexp('^Ordersada') },
    TargetType: 'AWS::RDS::DBInstance',
  });
});
