import { compressedTopology } from '../../../../lib/aws/runbook-settings-text';
import { EmbeddedCloud, serve, VirtualClock } from '../../../../lib/rehearsal';
import { awsPorts } from '../../../../lib/runbook/adapters/aws';
import { watch } from '../../../../lib/runbook/execution';
import { SETTINGS_VARIABLE, type RunbookSettings } from '../../../../lib/runbook/contract';
import type { InvocationContext, PortsOf } from '../../../../lib/runbook/handlers/invocation';
import { define, type TopologyInput } from '../../../../lib/topology';

export const HERE = 'eu-west-1';
export const WRITER = '/understudy/orders/writer';

const ORDERS: TopologyInput = {
  name: 'orders',
  engine: { name: 'postgres', version: '17.6' },
  primary: 'virginia-a',
  objectives: { lag: '30s', dataLoss: '1m' },
  heartbeat: '10s',
  members: {
    'virginia-a': {
      region: 'us-east-1',
      size: 'db.r7g.large',
      storage: { gib: 200 },
      standby: 'multi-az',
      key: 'create',
    },
    'dublin-a': { region: HERE, replicaOf: 'virginia-a', key: 'create', promotion: 1 },
  },
};

export const SETTINGS: RunbookSettings = {
  version: 1,
  topology: compressedTopology(define(ORDERS)),
  region: HERE,
  table: 'understudy-orders',
  endpoints: [{ role: 'writer', kind: 'parameter', name: WRITER }],
  isConnected: false,
  functionName: 'understudy-orders-promote',
};

export const ENV = { [SETTINGS_VARIABLE]: JSON.stringify(SETTINGS) };

export interface OrdersCloud {
  readonly clock: VirtualClock;
  readonly cloud: EmbeddedCloud;
  readonly url: string;
  /** The watch has seen everybody alive; then the primary's Region is gone. */
  readonly lose: () => Promise<void>;
  /** The real ports on it, in its time. */
  readonly portsOf: PortsOf;
  readonly end: () => Promise<void>;
}

/** The databases of the settings, with the table and the name of the runbook in Dublin. */
export async function ordersCloud(): Promise<OrdersCloud> {
  const clock = new VirtualClock();
  const tags = [{ key: 'understudy:quarantine', value: 'sg-quarantine' }];
  const cloud = new EmbeddedCloud({
    clock,
    instances: [
      { region: 'us-east-1', id: 'orders-virginia-a', engineVersion: '17.6', multiAz: true, tags },
      { region: HERE, id: 'orders-dublin-a', replicaOf: 'orders-virginia-a', tags },
    ],
    tables: [{ region: HERE, name: 'understudy-orders', partitionKey: 'topology', sortKey: 'item' }],
    parameters: [{ region: HERE, name: WRITER, value: 'orders-virginia-a.us-east-1.rds.amazonaws.com' }],
  });
  const server = await serve(cloud);
  const config = { endpoint: server.url, credentials: { accessKeyId: 'operator', secretAccessKey: 'any' } };
  const time = { now: () => clock.now() / 1000, wait: (seconds: number) => clock.wait(seconds) };
  const portsOf: PortsOf = (settings) => awsPorts(settings, { clock: time, config });
  return {
    clock,
    cloud,
    url: server.url,
    portsOf,
    lose: async () => {
      const { ports, topology } = portsOf(SETTINGS);
      for (let minute = 0; minute < 3; minute += 1) {
        await watch(ports, topology);
        clock.advance(60);
      }
      cloud.cut('us-east-1', 'reset');
      cloud.fleet.setReplication(HERE, 'orders-dublin-a', 'error');
      clock.advance(240);
    },
    end: () => server.close(),
  };
}

/** An invocation that has so many seconds left. */
export function invocation(seconds = 900, awsRequestId = 'request-1'): InvocationContext {
  return {
    functionName: 'understudy-orders-promote',
    awsRequestId,
    getRemainingTimeInMillis: () => seconds * 1000,
  };
}

/** What was written to the log, line by line. */
export function logged(): readonly Readonly<Record<string, unknown>>[] {
  const { write } = process.stdout as unknown as { readonly write: jest.Mock<boolean, [string]> };
  return write.mock.calls.map(([line]) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}
