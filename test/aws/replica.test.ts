import { Duration, Size } from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import {
  database,
  DB2,
  MARIADB,
  MYSQL,
  ORACLE,
  ORACLE_CDB,
  originProps,
  POSTGRES,
  SQL_SERVER,
  world,
  XLARGE,
  type World,
} from './_helpers/database';

/** What CloudFormation refuses beside a source, or would replace a promoted replica for. */
const NEVER = [
  ...['CharacterSetName', 'DBName', 'DBSnapshotIdentifier', 'Engine', 'LicenseModel', 'ManageMasterUserPassword'],
  ...[
    'MasterUserPassword',
    'MasterUsername',
    'NcharCharacterSetName',
    'PreferredBackupWindow',
    'StorageEncrypted',
    'Timezone',
  ],
];

const arn = (region: string, name: string) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:rds:${region}:`, { Ref: 'AWS::AccountId' }, `:db:${name}`]],
});

/** `ada` in Dublin; `bab` there, `cyd` in Paris, and `dee` there from `cyd`. */
function family(props: Parameters<typeof database>[1] = {}): World & { key: kms.Key } {
  const places = world();
  const { dublin, paris } = places;
  const key = paris.key();
  const orders = database(dublin, { of: { encryptionKey: dublin.key() }, ...props });
  orders.addReplica('bab');
  orders.addReplica('cyd', { scope: paris, vpc: paris.vpc, encryptionKey: key, promotion: 1 });
  orders.addReplica('dee', { scope: paris, replicaOf: 'cyd' });
  return { ...places, key };
}

describe('a replica', () => {
  it('in the Region of its source names it, and no key', () => {
    expect(family().dublin.instance('orders-bab')).toStrictEqual({
      AutoMinorVersionUpgrade: false,
      BackupRetentionPeriod: 7,
      CopyTagsToSnapshot: true,
      DBInstanceClass: 'db.r6i.large',
      DBInstanceIdentifier: 'orders-bab',
      DBParameterGroupName: { Ref: 'OrdersRegionParameterspostgres17493988A9' },
      DBSubnetGroupName: { Ref: 'OrdersRegionSubnetGroupC9B707A6' },
      DatabaseInsightsMode: 'standard',
      DeleteAutomatedBackups: false,
      DeletionProtection: true,
      EnableCloudwatchLogsExports: ['postgresql', 'upgrade'],
      EnableIAMDatabaseAuthentication: true,
      EnablePerformanceInsights: true,
      EngineVersion: '17.6',
      MultiAZ: false,
      PubliclyAccessible: false,
      SourceDBInstanceIdentifier: arn('eu-west-1', 'orders-ada'),
      StorageType: 'gp3',
      Tags: [
        { Key: 'understudy:member', Value: 'bab' },
        { Key: 'understudy:quarantine', Value: { 'Fn::GetAtt': ['OrdersRegionQuarantine69DB9B70', 'GroupId'] } },
        { Key: 'understudy:topology', Value: 'orders' },
      ],
      VPCSecurityGroups: [{ 'Fn::GetAtt': ['OrdersRegionSecurityGroup4ED10D2D', 'GroupId'] }],
    });
  });

  it('in another Region names its source there, its Region, and a key of its own Region', () => {
    expect(family().paris.instance('orders-cyd')).toMatchObject({
      KmsKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] },
      SourceDBInstanceIdentifier: arn('eu-west-1', 'orders-ada'),
      SourceRegion: 'eu-west-1',
    });
  });

  it('of a replica in the same Region is like one of the origin there', () => {
    const dee = family().paris.instance('orders-dee');
    expect(dee).toMatchObject({ SourceDBInstanceIdentifier: arn('eu-west-3', 'orders-cyd') });
    expect(dee).not.toHaveProperty('SourceRegion');
    expect(dee).not.toHaveProperty('KmsKeyId');
  });

  it('is kept when it leaves the template, in any way', () => {
    const { dublin, paris } = family();
    for (const { template } of [dublin, paris]) {
      template.allResources('AWS::RDS::DBInstance', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  it.each([
    ['PostgreSQL', { engine: POSTGRES }],
    ['MySQL', { engine: MYSQL }],
    ['MariaDB', { engine: MARIADB }],
  ])('of %s never has what CloudFormation refuses', (_, props) => {
    const { dublin, paris } = family({
      ...props,
      settings: { databaseName: 'orders', licenseModel: rds.LicenseModel.GENERAL_PUBLIC_LICENSE },
    });
    for (const replica of [dublin.instance('orders-bab'), paris.instance('orders-cyd'), paris.instance('orders-dee')]) {
      expect(NEVER.filter((name) => name in replica)).toStrictEqual([]);
    }
  });

  it.each([
    ['Oracle', ORACLE, { databaseName: 'ORDERS', licenseModel: rds.LicenseModel.BRING_YOUR_OWN_LICENSE }],
    ['Oracle with containers', ORACLE_CDB, { licenseModel: rds.LicenseModel.BRING_YOUR_OWN_LICENSE }],
    ['SQL Server', SQL_SERVER, { licenseModel: rds.LicenseModel.LICENSE_INCLUDED }],
    ['Db2', DB2, { databaseName: 'ORDERS', licenseModel: rds.LicenseModel.LICENSE_INCLUDED }],
  ])('of %s never has what CloudFormation refuses', (_, engine, settings) => {
    const { dublin } = world();
    const instanceType = XLARGE;
    database(dublin, { engine, heartbeat: undefined, of: { instanceType, multiAz: true }, settings }).addReplica('bab');
    const bab = dublin.instance('orders-bab');
    expect(bab).toMatchObject({ SourceDBInstanceIdentifier: arn('eu-west-1', 'orders-ada') });
    expect(NEVER.filter((name) => name in bab)).toStrictEqual([]);
  });
});

describe('a replica takes from its source', () => {
  it('class, version, type and speed of its volume, but not its size', () => {
    const { dublin } = world();
    database(dublin, {
      of: {
        storage: { allocated: Size.gibibytes(500), type: rds.StorageType.IO1, iops: 5000, growTo: Size.tebibytes(1) },
      },
    }).addReplica('bab');
    const bab = dublin.instance('orders-bab');
    expect(bab).toMatchObject({
      DBInstanceClass: 'db.r6i.large',
      EngineVersion: '17.6',
      StorageType: 'io1',
      Iops: 5000,
      MaxAllocatedStorage: 1024,
    });
    expect(bab).not.toHaveProperty('AllocatedStorage');
  });

  it('nothing of a volume of another type but its limit', () => {
    const { dublin } = world();
    database(dublin, {
      of: {
        storage: { allocated: Size.gibibytes(500), type: rds.StorageType.IO1, iops: 5000, growTo: Size.tebibytes(1) },
      },
    }).addReplica('bab', { storage: { type: rds.StorageType.GP3 } });
    const bab = dublin.instance('orders-bab');
    expect(bab).toMatchObject({ StorageType: 'gp3', MaxAllocatedStorage: 1024 });
    expect(bab).not.toHaveProperty('Iops');
  });
});

describe('a replica has what it is given', () => {
  it('of its own', () => {
    const { dublin } = world();
    database(dublin, { of: { engineVersion: '17.6' } }).addReplica('bab', {
      instanceType: originProps().instanceType,
      storage: { allocated: Size.gibibytes(500), iops: 12_000, throughput: 500, growTo: Size.gibibytes(800) },
      multiAz: true,
      backupRetention: Duration.days(1),
      engineVersion: '17.7',
      instanceIdentifier: 'orders-7',
    });
    expect(dublin.instance('orders-7')).toMatchObject({
      AllocatedStorage: '500',
      BackupRetentionPeriod: 1,
      EngineVersion: '17.7',
      Iops: 12_000,
      MaxAllocatedStorage: 800,
      MultiAZ: true,
      StorageThroughput: 500,
    });
  });

  it('of an unencrypted source, no key', () => {
    const { dublin, paris } = world();
    database(dublin, { of: { encrypted: false } }).addReplica('cyd', { scope: paris, vpc: paris.vpc });
    expect(paris.instance('orders-cyd')).not.toHaveProperty('KmsKeyId');
  });

  it('the mode of Oracle', () => {
    const { dublin } = world();
    database(dublin, { engine: ORACLE, heartbeat: undefined }).addReplica('bab', { replicaMode: 'mounted' });
    expect(dublin.instance('orders-bab')).toMatchObject({ ReplicaMode: 'mounted' });
  });
});

it('a replica of SQL Server has neither a size nor backups: RDS refuses both', () => {
  const { dublin } = world();
  const of = { instanceType: XLARGE, multiAz: true };
  database(dublin, { engine: SQL_SERVER, heartbeat: undefined, of }).addReplica('bab', {
    storage: { allocated: Size.gibibytes(200) },
  });
  const bab = dublin.instance('orders-bab');
  expect(bab).not.toHaveProperty('AllocatedStorage');
  expect(bab).not.toHaveProperty('BackupRetentionPeriod');
});

it('a promoted SQL Server says how long it keeps backups when it is told to', () => {
  const { dublin } = world();
  const of = { instanceType: XLARGE, multiAz: true, retired: 'kept' } as const;
  database(dublin, { engine: SQL_SERVER, heartbeat: undefined, primary: 'bab', of }).addReplica('bab', {
    promotion: 1,
    backupRetention: Duration.days(14),
  });
  expect(dublin.instance('orders-bab')).toMatchObject({ BackupRetentionPeriod: 14 });
});
