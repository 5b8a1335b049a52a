import {
  DescribeDBInstancesCommand,
  RDSClient,
  type DBInstance,
  type RDSClientConfig,
  type RDSServiceException,
} from '@aws-sdk/client-rds';
import type { UnderstudyError } from '../../../lib/topology';
import {
  EmbeddedCloud,
  serve,
  VirtualClock,
  type ApiRequest,
  type CloudServer,
  type EmbeddedCloudOptions,
} from '../../../lib/rehearsal';

export const HOME = 'eu-west-1';
export const ABROAD = 'us-east-1';
export const ACCOUNT = '123456789012';

/** A source, a replica beside it and one abroad. */
export const TRIO = [
  { region: HOME, id: 'orders-a' },
  { region: HOME, id: 'orders-b', replicaOf: 'orders-a' },
  { region: ABROAD, id: 'orders-c', replicaOf: 'orders-a' },
];

export const arnOf = (region: string, id: string): string => `arn:aws:rds:${region}:${ACCOUNT}:db:${id}`;

/** A call of RDS as it comes over the wire, for tests without HTTP. */
export const rdsRequest = (region: string, body: string): ApiRequest => ({
  ...{ service: 'rds', region, caller: 'me' },
  ...{ method: 'POST', path: '/', headers: {}, body },
});

/** A cloud that is served, and the real client to it. One for each test: {@link tearDown} ends them all. */
export interface Stage {
  readonly cloud: EmbeddedCloud;
  readonly clock: VirtualClock;
  readonly server: CloudServer;
  /** A client that never tries again. */
  readonly rds: RDSClient;
  readonly client: (region: string, config?: RDSClientConfig) => RDSClient;
  /** A client of any service, that never tries again. */
  readonly connect: <Client extends Connection>(kind: Connects<Client>, region?: string, attempts?: number) => Client;
  /** What the API says of an instance. */
  readonly describe: (id: string, region?: string) => Promise<DBInstance>;
}

interface Connection {
  destroy(): void;
}

interface ConnectionConfig {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

type Connects<Client> = new (config: ConnectionConfig) => Client;

const endings: (() => Promise<void>)[] = [];

export async function setUp(options: EmbeddedCloudOptions = {}): Promise<Stage> {
  const clock = new VirtualClock();
  const cloud = new EmbeddedCloud({ clock, instances: TRIO, ...options });
  const server = await serve(cloud);
  const clients: Connection[] = [];
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'any' };
  const client = (region: string, config: RDSClientConfig = {}): RDSClient => {
    const made = new RDSClient({ region, endpoint: server.url, credentials, maxAttempts: 1, ...config });
    clients.push(made);
    return made;
  };
  const connect: Stage['connect'] = (Kind, region = HOME, maxAttempts = 1) => {
    const made = new Kind({ region, endpoint: server.url, credentials, maxAttempts });
    clients.push(made);
    return made;
  };
  const rds = client(HOME);
  const describe = async (id: string, region = HOME): Promise<DBInstance> => {
    const there = region === HOME ? rds : client(region);
    const { DBInstances } = await there.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }));
    return DBInstances?.[0] ?? {};
  };
  endings.push(async () => {
    clients.forEach((made) => made.destroy());
    await server.close();
  });
  return { cloud, clock, server, rds, client, connect, describe };
}

export async function tearDown(): Promise<void> {
  await Promise.all(endings.splice(0).map((end) => end()));
}

/** How a call ends, by name alone. */
export const nameOf = async (call: Promise<unknown>): Promise<string> => (await refusalOf(call))[0];

/** An error of the service as a test compares it: code, message and HTTP status. */
export async function refusalOf(call: Promise<unknown>): Promise<readonly [string, string, number | undefined]> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as RDSServiceException;
    return [name, message, ($metadata as typeof $metadata | undefined)?.httpStatusCode];
  }
  return ['ok', '', 200];
}

/** The refusal of something that is called without the SDK, with its code. */
export function thrownBy(act: () => unknown): readonly [string, string] {
  try {
    act();
  } catch (error) {
    const { code, message } = error as UnderstudyError;
    return [code, message];
  }
  return ['ok', ''];
}
