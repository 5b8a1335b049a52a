import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { EmbeddedCloud } from '../../../lib/rehearsal';
import { ABROAD, HOME, refusalOf, setUp, tearDown, thrownBy, type Stage } from '../_helpers/stage';

afterEach(tearDown);

interface Shelf extends Stage {
  readonly ssm: SSMClient;
  readonly get: (name: string, region?: string) => Promise<readonly [string | undefined, number | undefined]>;
  readonly put: (input: Partial<PutParameterCommand['input']>) => Promise<number | undefined>;
}

const NAME = '/orders/writer';
const SEED = { region: HOME, name: NAME, value: 'orders-a' };

async function fill(): Promise<Shelf> {
  const stage = await setUp({ instances: [], parameters: [SEED, { ...SEED, name: 'flat', type: 'SecureString' }] });
  const ssm = stage.connect(SSMClient);
  const get: Shelf['get'] = async (Name, region = HOME) => {
    const there = region === HOME ? ssm : stage.connect(SSMClient, region);
    const { Parameter } = await there.send(new GetParameterCommand({ Name }));
    return [Parameter?.Value, Parameter?.Version];
  };
  const put: Shelf['put'] = async (input) =>
    (await ssm.send(new PutParameterCommand({ Name: NAME, Value: 'orders-b', ...input }))).Version;
  return { ...stage, ssm, get, put };
}

const ARN = 'arn:aws:ssm:eu-west-1:123456789012:parameter';

test('a parameter is all that the service says of it', async () => {
  const { ssm, clock } = await fill();
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: NAME, WithDecryption: true }));
  expect(Parameter).toEqual({
    ...{ Name: NAME, Type: 'String', Value: 'orders-a', Version: 1, DataType: 'text' },
    ...{ LastModifiedDate: new Date(clock.now()), ARN: `${ARN}/orders/writer` },
  });
});

test('versions are counted, and each can be read', async () => {
  const { get, put, cloud } = await fill();
  expect(await put({ Overwrite: true })).toBe(2);
  expect(await put({ Overwrite: true, Value: 'orders-c' })).toBe(3);
  expect([await get(NAME), await get(`${NAME}:2`), await get(`${NAME}:1`)]).toEqual([
    ['orders-c', 3],
    ['orders-b', 2],
    ['orders-a', 1],
  ]);
  expect(cloud.parameters.value(HOME, NAME)).toBe('orders-c');
  expect(cloud.parameters.versions(HOME, NAME)).toHaveLength(3);
});

test('a new parameter begins at 1, and another Region has none', async () => {
  const { get, put } = await fill();
  expect(await put({ Name: 'new', Type: 'String' })).toBe(1);
  expect(await get('new')).toEqual(['orders-b', 1]);
  expect(await refusalOf(get('new', ABROAD))).toEqual(['ParameterNotFound', 'UnknownError', 400]);
});

test.each([
  [`${ARN}/orders/writer`, 'orders-a'],
  [`${ARN}/orders/writer:1`, 'orders-a'],
])('%s is found', async (name, value) => {
  const { get } = await fill();
  expect((await get(name))[0]).toBe(value);
});

test('a secure one is only readable when it is asked for decrypted', async () => {
  const { ssm, get } = await fill();
  expect((await get(`${ARN}/flat`))[0]).toBe(Buffer.from('encrypted orders-a').toString('base64'));
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: 'flat', WithDecryption: true }));
  expect(Parameter).toMatchObject({ Type: 'SecureString', Value: 'orders-a' });
});

test.each([
  [
    {},
    'ParameterAlreadyExists',
    'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  ],
  [{ Name: 'new' }, 'ValidationException', 'A parameter type is required when you create a parameter.'],
])('put %j is refused', async (input, code, message) => {
  const { put, cloud } = await fill();
  expect(await refusalOf(put(input))).toEqual([code, message, 400]);
  expect(cloud.parameters.versions(HOME, NAME)).toHaveLength(1);
});

test('a version that is not there, and a setting that is not played', async () => {
  const { get, put } = await fill();
  expect(await refusalOf(get(`${NAME}:9`))).toEqual([
    'ParameterVersionNotFound',
    'Systems Manager could not find version 9 of /orders/writer. Verify the version and try again.',
    400,
  ]);
  expect(await refusalOf(put({ Tier: 'Advanced' }))).toEqual([
    'NotImplemented',
    'The embedded cloud does not play Tier of PutParameter.',
    501,
  ]);
});

test('a parameter is seeded once', () => {
  expect(thrownBy(() => new EmbeddedCloud({ parameters: [SEED, SEED] }))).toEqual([
    'seed-refused',
    'the parameter /orders/writer is twice in eu-west-1; allowed is once; rename one',
  ]);
});
