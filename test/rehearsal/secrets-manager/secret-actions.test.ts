import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  StopReplicationToReplicaCommand,
  type GetSecretValueCommandInput,
  type PutSecretValueCommandInput,
} from '@aws-sdk/client-secrets-manager';
import { EmbeddedCloud } from '../../../lib/rehearsal';
import { ABROAD, HOME, refusalOf, setUp, tearDown, thrownBy, type Stage } from '../_helpers/stage';

afterEach(tearDown);

interface Safe extends Stage {
  readonly home: SecretsManagerClient;
  readonly abroad: SecretsManagerClient;
}

const NAME = 'orders/master';
const SEED = { region: HOME, name: NAME, value: 'old', replicaRegions: [ABROAD] };
const FIRST = '00000000-0000-4000-9000-000000000001';
const TOKEN = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const arn = (region: string): string => `arn:aws:secretsmanager:${region}:123456789012:secret:orders/master-Und001`;

async function open(): Promise<Safe> {
  const stage = await setUp({ instances: [], secrets: [SEED, { region: HOME, name: 'alone', value: 'a' }] });
  return { ...stage, home: stage.connect(SecretsManagerClient), abroad: stage.connect(SecretsManagerClient, ABROAD) };
}

const get = async (client: SecretsManagerClient, input: Partial<GetSecretValueCommandInput> = {}): Promise<unknown> =>
  (await client.send(new GetSecretValueCommand({ SecretId: NAME, ...input }))).SecretString;
const put = (client: SecretsManagerClient, input: Partial<PutSecretValueCommandInput> = {}) =>
  client.send(new PutSecretValueCommand({ SecretId: NAME, SecretString: 'new', ClientRequestToken: TOKEN, ...input }));

test('a value is all that the service says of it', async () => {
  const { home, clock } = await open();
  const { $metadata: _, ...answer } = await home.send(new GetSecretValueCommand({ SecretId: NAME }));
  expect(answer).toEqual({
    ...{ ARN: arn(HOME), Name: NAME, SecretString: 'old', VersionId: FIRST, VersionStages: ['AWSCURRENT'] },
    CreatedDate: new Date(clock.now()),
  });
});

test('a new value is current everywhere at once, and the one before is the previous', async () => {
  const { home, abroad } = await open();
  expect(await put(home)).toMatchObject({ VersionId: TOKEN, VersionStages: ['AWSCURRENT'] });
  for (const client of [home, abroad]) {
    expect(await get(client)).toBe('new');
    expect(await get(client, { VersionStage: 'AWSPREVIOUS' })).toBe('old');
    expect(await get(client, { VersionId: FIRST })).toBe('old');
  }
});

test('a pending value leaves the current one alone', async () => {
  const { home } = await open();
  await put(home, { VersionStages: ['AWSPENDING'] });
  expect([await get(home), await get(home, { VersionStage: 'AWSPENDING' })]).toEqual(['old', 'new']);
  const { VersionIdsToStages } = await home.send(new DescribeSecretCommand({ SecretId: NAME }));
  expect(VersionIdsToStages).toEqual({ [FIRST]: ['AWSCURRENT'], [TOKEN]: ['AWSPENDING'] });
});

test('the third value takes the stage from the first, which is on its way out', async () => {
  const { home } = await open();
  await put(home);
  await put(home, { SecretString: 'newer', ClientRequestToken: OTHER });
  const list = async (IncludeDeprecated: boolean) => {
    const input = { SecretId: NAME, IncludeDeprecated };
    const { Versions = [] } = await home.send(new ListSecretVersionIdsCommand(input));
    return Versions.map(({ VersionId, VersionStages }) => [VersionId, VersionStages]);
  };
  const staged = [
    [TOKEN, ['AWSPREVIOUS']],
    [OTHER, ['AWSCURRENT']],
  ];
  expect(await list(false)).toEqual(staged);
  expect(await list(true)).toEqual([[FIRST, []], ...staged]);
});

test('the same token with the same value is the same call; with another it is refused', async () => {
  const { home, cloud } = await open();
  await put(home);
  expect(await put(home)).toMatchObject({ VersionId: TOKEN });
  expect(await refusalOf(put(home, { SecretString: 'other' }))).toEqual([
    'ResourceExistsException',
    `You can't use ClientRequestToken ${TOKEN} because that value is already in use for a version of secret ${arn(HOME)}.`,
    400,
  ]);
  expect(cloud.secrets.find(HOME, NAME)?.versions).toHaveLength(2);
});

test('an answer that is lost, and the same call again: one version', async () => {
  const { home, cloud } = await open();
  cloud.inject({ action: 'PutSecretValue', mishap: { kind: 'reset', effect: 'after' } });
  expect((await refusalOf(put(home)))[1]).toMatch(/ECONNRESET|hang up/);
  expect((await refusalOf(put(home)))[0]).toBe('ok');
  expect(cloud.secrets.find(HOME, NAME)?.versions).toHaveLength(2);
});

test('nothing is put to a replica until it is a secret of its own', async () => {
  const { home, abroad, cloud } = await open();
  expect(await refusalOf(put(abroad))).toEqual([
    'InvalidRequestException',
    "Operation not permitted on a replica secret. Call must be made in primary secret's region.",
    400,
  ]);
  const stopped = await abroad.send(new StopReplicationToReplicaCommand({ SecretId: NAME }));
  expect(stopped.ARN).toBe(arn(ABROAD));
  await put(abroad);
  expect([await get(home), await get(abroad)]).toEqual(['old', 'new']);
  expect([cloud.secrets.value(HOME, NAME), cloud.secrets.value(ABROAD, NAME)]).toEqual(['old', 'new']);
  const { ReplicationStatus, PrimaryRegion } = await home.send(new DescribeSecretCommand({ SecretId: NAME }));
  expect([ReplicationStatus, PrimaryRegion]).toEqual([undefined, undefined]);
});

test('the Region of the primary may be gone: a replica can be read and detached', async () => {
  const { abroad, home, cloud } = await open();
  cloud.cut(HOME, 'reset');
  expect((await refusalOf(get(home)))[1]).toMatch(/ECONNRESET|hang up/);
  await abroad.send(new StopReplicationToReplicaCommand({ SecretId: NAME }));
  await put(abroad);
  expect(await get(abroad)).toBe('new');
});

test('what a secret says of its replicas', async () => {
  const { home, abroad, clock } = await open();
  const describe = async (client: SecretsManagerClient, SecretId = NAME) => {
    const { $metadata: _, ...answer } = await client.send(new DescribeSecretCommand({ SecretId }));
    return answer;
  };
  const common = { Name: NAME, CreatedDate: new Date(clock.now()), LastChangedDate: new Date(clock.now()) };
  const versions = { VersionIdsToStages: { [FIRST]: ['AWSCURRENT'] }, PrimaryRegion: HOME };
  expect(await describe(home)).toEqual({
    ...{ ...common, ...versions, ARN: arn(HOME) },
    ReplicationStatus: [{ Region: ABROAD, KmsKeyId: 'alias/aws/secretsmanager', Status: 'InSync' }],
  });
  expect(await describe(abroad)).toEqual({ ...common, ...versions, ARN: arn(ABROAD) });
  expect(await describe(home, 'alone')).not.toHaveProperty('PrimaryRegion');
});

test.each([NAME, arn(HOME), arn(HOME).slice(0, -7)])('%s is found', async (SecretId) => {
  const { home } = await open();
  expect(await get(home, { SecretId })).toBe('old');
});

test.each<[Partial<GetSecretValueCommandInput>, string]>([
  [{ SecretId: 'nobody' }, "Secrets Manager can't find the specified secret."],
  [{ SecretId: arn(ABROAD) }, "Secrets Manager can't find the specified secret."],
  [
    { VersionStage: 'AWSPENDING' },
    "Secrets Manager can't find the specified secret value for staging label: AWSPENDING",
  ],
  [{ VersionId: OTHER }, `Secrets Manager can't find the specified secret value for VersionId: ${OTHER}`],
])('%j is not there', async (input, message) => {
  const { home } = await open();
  expect(await refusalOf(get(home, input))).toEqual(['ResourceNotFoundException', message, 400]);
});

test('a secret that is no replica does not stop to be one', async () => {
  const { home } = await open();
  expect(await refusalOf(home.send(new StopReplicationToReplicaCommand({ SecretId: NAME })))).toEqual([
    'InvalidRequestException',
    "You can't stop replication of a secret that is not a replica.",
    400,
  ]);
});

test('bytes are not played', async () => {
  const { home } = await open();
  const bytes = put(home, { SecretString: undefined, SecretBinary: new Uint8Array([1]) });
  expect(await refusalOf(bytes)).toEqual([
    'NotImplemented',
    'The embedded cloud does not play SecretBinary of PutSecretValue.',
    501,
  ]);
});

test('a secret is seeded once in a Region', () => {
  const replica = { region: ABROAD, name: NAME, value: 'b' };
  expect(thrownBy(() => new EmbeddedCloud({ secrets: [SEED, replica] }))).toEqual([
    'seed-refused',
    'the secret orders/master is twice in us-east-1; allowed is once; rename one',
  ]);
});
