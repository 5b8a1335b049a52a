import { makeNames, fleetClients } from '../../../../../lib/runbook/adapters/aws';
import { endpointClients } from '../../../../../lib/runbook/adapters/aws/endpoints/endpoint-clients';
import {
  EmbeddedCloud,
  serve,
  VirtualClock,
  type CloudServer,
  type EmbeddedCloudOptions,
} from '../../../../../lib/rehearsal';

const HERE = 'eu-west-1';
const WRITER = { kind: 'parameter', role: 'writer', name: '/orders/writer' } as const;
const READER = { kind: 'parameter', role: 'reader', name: '/orders/reader' } as const;
const RECORD = { kind: 'record', role: 'writer', zone: 'Z1', name: 'orders.example.com', ttl: 5 } as const;
const SECRET = { kind: 'secret', role: 'writer', id: 'orders/app' } as const;

let cloud: EmbeddedCloud;
let server: CloudServer;

async function enter(options: EmbeddedCloudOptions = {}): Promise<void> {
  cloud = new EmbeddedCloud({
    clock: new VirtualClock(),
    instances: [
      { region: 'us-east-1', id: 'orders-ada' },
      { region: HERE, id: 'orders-bab', replicaOf: 'orders-ada' },
    ],
    zones: [{ id: 'Z1', name: 'example.com' }],
    ...options,
  });
  server = await serve(cloud);
}

afterEach(() => server.close());

function make(...endpoints: Parameters<typeof makeNames>[0]['endpoints']): Promise<readonly string[]> {
  const config = { endpoint: server.url, credentials: { accessKeyId: 'operator', secretAccessKey: 'any' } };
  return makeNames(
    {
      endpoints,
      writer: { identifier: 'orders-ada', region: 'us-east-1' },
      reader: { identifier: 'orders-bab', region: HERE },
    },
    { region: HERE, clients: endpointClients({ region: HERE, config }), fleet: fleetClients({ config }) },
  );
}

it('makes a name that is not there, with the address of who has its role', async () => {
  await enter();
  expect(await make(WRITER, READER)).toStrictEqual(['parameter:/orders/writer', 'parameter:/orders/reader']);
  expect(cloud.parameters.value(HERE, '/orders/writer')).toMatch(/^orders-ada\..*us-east-1/);
  expect(cloud.parameters.value(HERE, '/orders/reader')).toMatch(/^orders-bab\..*eu-west-1/);
});

it('leaves alone what is there, whatever it says, and asks nobody for an address: that Region may be lost', async () => {
  await enter({ parameters: [{ region: HERE, name: '/orders/writer', value: 'promoted.example.com' }] });
  cloud.cut('us-east-1');
  expect(await make(WRITER)).toStrictEqual([]);
  expect(cloud.parameters.value(HERE, '/orders/writer')).toBe('promoted.example.com');
  expect(cloud.calls.map(({ action }) => action)).toStrictEqual(['GetParameter']);
});

it('leaves alone what somebody else made in between', async () => {
  await enter({
    parameters: [{ region: HERE, name: '/orders/writer', value: 'promoted.example.com' }],
    faults: [
      {
        action: 'GetParameter',
        mishap: { kind: 'error', code: 'ParameterNotFound', message: 'not found', httpStatus: 400 },
      },
    ],
  });
  await make(WRITER);
  expect(cloud.parameters.value(HERE, '/orders/writer')).toBe('promoted.example.com');
});

it('makes a record, once', async () => {
  await enter();
  expect(await make(RECORD)).toStrictEqual(['record:Z1/orders.example.com']);
  expect(await make(RECORD)).toStrictEqual([]);
  expect(cloud.zones.values('Z1', 'orders.example.com', 'CNAME')).toStrictEqual([
    expect.stringMatching(/^orders-ada\./),
  ]);
});

it('does nothing about a secret: that is made by whoever has the password', async () => {
  await enter();
  expect(await make(SECRET)).toStrictEqual([]);
  expect(cloud.calls).toStrictEqual([]);
});

it('fails when the member has no address', async () => {
  await enter({ instances: [] });
  await expect(make(WRITER)).rejects.toMatchObject({
    code: 'no-address',
    family: 'retryable',
    message:
      'RDS knows no address of orders-ada in us-east-1, and a name is to be made for it; allowed: an instance that is available; fix: deploy the stack of that member first',
  });
});

it('fails when it may not look', async () => {
  await enter({ faults: [{ action: 'GetParameter', mishap: { kind: 'access-denied' } }] });
  await expect(make(WRITER)).rejects.toMatchObject({ code: 'aws-denied' });
});
