import { CreateDBInstanceReadReplicaCommand, type CreateDBInstanceReadReplicaCommandInput } from '@aws-sdk/client-rds';
import { ABROAD, arnOf, HOME, nameOf, refusalOf, setUp, tearDown, type Stage } from '../../_helpers/stage';

afterEach(tearDown);

const SOURCE = { region: HOME, id: 'orders-a', carried: { StorageType: 'gp3', KmsKeyId: 'home-key' } };
const replicate = (
  { client }: Stage,
  input: Partial<CreateDBInstanceReadReplicaCommandInput> = {},
  region = HOME,
): Promise<unknown> =>
  client(region).send(
    new CreateDBInstanceReadReplicaCommand({
      DBInstanceIdentifier: 'orders-d',
      SourceDBInstanceIdentifier: 'orders-a',
      ...input,
    }),
  );

test('at home: it inherits, without backups, and replicates when it is made', async () => {
  const stage = await setUp({ instances: [{ ...SOURCE, securityGroups: ['sg-1'], parameterGroup: 'own' }] });
  await replicate(stage);
  const made = await stage.describe('orders-d');
  expect(made).toMatchObject({
    DBInstanceStatus: 'creating',
    ReadReplicaSourceDBInstanceIdentifier: 'orders-a',
    BackupRetentionPeriod: 0,
    StorageType: 'gp3',
    KmsKeyId: 'home-key',
    VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1', Status: 'active' }],
    DBParameterGroups: [{ DBParameterGroupName: 'own', ParameterApplyStatus: 'in-sync' }],
    StatusInfos: [],
  });
  expect(made.Endpoint).toBeUndefined();
  expect((await stage.describe('orders-a')).ReadReplicaDBInstanceIdentifiers).toEqual(['orders-d']);

  stage.clock.advance(900);
  expect(await stage.describe('orders-d')).toMatchObject({
    DBInstanceStatus: 'available',
    StatusInfos: [{ Status: 'replicating' }],
    Endpoint: { Address: 'orders-d.understudy.eu-west-1.rds.amazonaws.com' },
  });
});

test('abroad: by ARN, with the groups and the key of the place', async () => {
  const stage = await setUp({ instances: [{ ...SOURCE, parameterGroup: 'own' }] });
  const SourceDBInstanceIdentifier = arnOf(HOME, 'orders-a');
  await replicate(stage, { SourceDBInstanceIdentifier, KmsKeyId: 'their-key', MultiAZ: true }, ABROAD);
  expect(await stage.describe('orders-d', ABROAD)).toMatchObject({
    ReadReplicaSourceDBInstanceIdentifier: SourceDBInstanceIdentifier,
    KmsKeyId: 'their-key',
    MultiAZ: true,
    DBParameterGroups: [{ DBParameterGroupName: 'default.postgres16' }],
    VpcSecurityGroups: [{ VpcSecurityGroupId: `sg-${ABROAD}` }],
  });
});

test('settings and tags of its own', async () => {
  const stage = await setUp();
  await replicate(stage, {
    DBInstanceClass: 'db.r7g.large',
    VpcSecurityGroupIds: ['sg-1', 'sg-2'],
    DeletionProtection: true,
    Port: 6000,
    CopyTagsToSnapshot: true,
    Tags: [{ Key: 'owner', Value: 'me & you' }],
  });
  stage.clock.advance(900);
  expect(await stage.describe('orders-d')).toMatchObject({
    DBInstanceClass: 'db.r7g.large',
    VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }, { VpcSecurityGroupId: 'sg-2' }],
    DeletionProtection: true,
    Endpoint: { Port: 6000 },
    CopyTagsToSnapshot: true,
    TagList: [{ Key: 'owner', Value: 'me & you' }],
  });
});

const CHAIN = [
  { region: HOME, id: 'orders-a' },
  { region: HOME, id: 'one', replicaOf: 'orders-a', backupRetention: 1 },
  { region: HOME, id: 'two', replicaOf: 'one', backupRetention: 1 },
  { region: HOME, id: 'three', replicaOf: 'two', backupRetention: 1 },
];

test('replicas have replicas, three levels deep', async () => {
  const stage = await setUp({ instances: CHAIN });
  expect(await nameOf(replicate(stage, { SourceDBInstanceIdentifier: 'two' }))).toBe('ok');
  expect(await refusalOf(replicate(stage, { DBInstanceIdentifier: 'x', SourceDBInstanceIdentifier: 'three' }))).toEqual(
    ['InvalidDBInstanceStateFault', "The read replica three can't have read replicas.", 400],
  );
});

test('not every engine cascades', async () => {
  const instances = CHAIN.slice(0, 2).map((seed) => ({ ...seed, engineVersion: '13.9' }));
  expect(await nameOf(replicate(await setUp({ instances }), { SourceDBInstanceIdentifier: 'one' }))).toBe(
    'InvalidDBInstanceStateFault',
  );
});

const REPLICAS = Array.from({ length: 15 }, (_, at) => ({ region: ABROAD, id: `r${at}`, replicaOf: 'orders-a' }));
const NO_BACKUPS =
  'Automated backups are not enabled for this database instance. To enable automated backups, use ModifyDBInstance to set the backup retention period to a non-zero value.';
const BAD_ID =
  'The parameter DBInstanceIdentifier is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.';
const UNENCRYPTED = 'Cannot create a cross region unencrypted read replica from encrypted source.';

test.each([
  [
    'nobody',
    {},
    { SourceDBInstanceIdentifier: 'nobody' },
    ['DBInstanceNotFoundFault', 'DBInstance nobody not found.', 404],
  ],
  [
    'taken',
    {},
    { DBInstanceIdentifier: 'Orders-A' },
    ['DBInstanceAlreadyExistsFault', 'DB instance already exists', 400],
  ],
  ['bad id', {}, { DBInstanceIdentifier: 'no--no' }, ['InvalidParameterValue', BAD_ID, 400]],
  ['no backups', { backupRetention: 0 }, {}, ['InvalidDBInstanceStateFault', NO_BACKUPS, 400]],
  [
    'busy',
    { status: 'backing-up' },
    {},
    ['InvalidDBInstanceStateFault', 'DB instance is not in the available state', 400],
  ],
  [
    'no group',
    {},
    { DBParameterGroupName: 'own' },
    ['DBParameterGroupNotFoundFault', 'DBParameterGroup not found: own', 404],
  ],
  [
    'no such setting',
    {},
    { ReplicaMode: 'mounted' as const },
    ['NotImplemented', 'The embedded cloud does not play ReplicaMode of CreateDBInstanceReadReplica.', 501],
  ],
])('%s', async (_, source, input, expected) => {
  const stage = await setUp({ instances: [{ ...SOURCE, ...source }] });
  const before = stage.cloud.fleet.instances;
  expect(await refusalOf(replicate(stage, input))).toEqual(expected);
  expect(stage.cloud.fleet.instances).toEqual(before);
});

test('no more replicas than RDS allows', async () => {
  expect(await refusalOf(replicate(await setUp({ instances: [SOURCE, ...REPLICAS] })))).toEqual([
    'InstanceQuotaExceededFault',
    'The DB instance orders-a already has 15 read replicas.',
    400,
  ]);
});

test('encrypted abroad takes a key of the place', async () => {
  const stage = await setUp({
    instances: [{ ...SOURCE, carried: { StorageEncrypted: 'true', KmsKeyId: 'home-key' } }],
  });
  const input = { SourceDBInstanceIdentifier: arnOf(HOME, 'orders-a') };
  expect(await refusalOf(replicate(stage, input, ABROAD))).toEqual(['InvalidParameterCombination', UNENCRYPTED, 400]);
  expect(await nameOf(replicate(stage, { ...input, KmsKeyId: 'their-key' }, ABROAD))).toBe('ok');
});

test('for a source elsewhere the SDK signs an address there, and the key is one of here', async () => {
  const encrypted = { StorageEncrypted: 'true', KmsKeyId: 'arn:aws:kms:us-east-1:123456789012:key/1' };
  const stage = await setUp({ instances: [{ region: ABROAD, id: 'source', carried: encrypted }] });
  const KmsKeyId = 'arn:aws:kms:eu-west-1:123456789012:key/2';
  const { DBInstance } = await stage.rds.send(
    new CreateDBInstanceReadReplicaCommand({
      ...{ DBInstanceIdentifier: 'replica', SourceDBInstanceIdentifier: arnOf(ABROAD, 'source'), KmsKeyId },
      SourceRegion: ABROAD,
    } as CreateDBInstanceReadReplicaCommandInput),
  );
  expect(DBInstance).toMatchObject({ KmsKeyId, StorageEncrypted: true });
  expect(stage.cloud.mutations[0]?.parameters['PreSignedUrl']).toMatch(
    /^https:\/\/rds\.us-east-1\.amazonaws\.com:\d+\/.*DestinationRegion=eu-west-1/,
  );
});
