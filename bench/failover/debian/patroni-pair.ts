import type { ChildProcess } from 'node:child_process';
import { serverSettings } from './server-settings';
import type { Login } from '../appending-client';
import { later, makeTable } from '../promotion';
import { freePorts, Household } from './household';
import { killServer } from './repmgr-pair';

export interface PatroniPrograms {
  readonly patroni: string;
  readonly patronictl: string;
  readonly etcd: string;
  /** Folder of PostgreSQL's own. */
  readonly binaries: string;
}

/** Primary and standby under Patroni, with etcd. */
export interface PatroniPair {
  readonly old: Login;
  readonly next: Login;
  readonly patronictl: (...args: readonly string[]) => Promise<void>;
  /** The primary dies, and Patroni beside it. */
  readonly kill: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Node {
  readonly name: string;
  readonly data: string;
  readonly port: number;
  readonly api: number;
}

/** Milliseconds until both run and one follows the other. */
const PATIENCE = 60_000;

export async function patroniPair({ patroni, patronictl, etcd, binaries }: PatroniPrograms): Promise<PatroniPair> {
  const household = Household.open('patroni');
  try {
    const [client = 0, peer = 0, ...ports] = await freePorts(6);
    household.start(etcd, etcdArguments(household, client, peer));
    const nodes = ['a', 'b'].map((name, at) => {
      const data = household.path(`data-${name}`);
      household.keep(data, binaries);
      return { name, data, port: ports[2 * at] ?? 0, api: ports[2 * at + 1] ?? 0 };
    });
    const [old, next] = nodes as [Node, Node];
    const config = (node: Node): string =>
      household.write(`${node.name}.json`, JSON.stringify(settingsOf(household, node, client, binaries)));
    const begin = async (node: Node, role: string): Promise<ChildProcess> => {
      const child = household.start(patroni, [config(node)]);
      await isA(node, role);
      return child;
    };
    const first = await begin(old, 'primary');
    await begin(next, 'replica');
    await makeTable(loginTo(old), loginTo(next));
    return {
      old: loginTo(old),
      next: loginTo(next),
      patronictl: async (...args) => {
        await household.run(patronictl, ['-c', household.path('b.json'), ...args]);
      },
      kill: async () => {
        await household.kill(first);
        await killServer(old.data);
      },
      close: () => household.close(),
    };
  } catch (error) {
    await household.close();
    throw error;
  }
}

const loginTo = ({ port }: Node): Login => ({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });

function etcdArguments(household: Household, client: number, peer: number): readonly string[] {
  const [forClients, forPeers] = [`http://127.0.0.1:${client}`, `http://127.0.0.1:${peer}`];
  return [
    ...['--name', 'bench', '--data-dir', household.path('etcd'), '--log-level', 'error'],
    ...['--listen-client-urls', forClients, '--advertise-client-urls', forClients],
    ...['--listen-peer-urls', forPeers, '--initial-advertise-peer-urls', forPeers],
    ...['--initial-cluster', `bench=${forPeers}`, '--unsafe-no-fsync'],
  ];
}

/** As Patroni's documentation has it, its own times included: a lock of 30 s, a look every 10 s. Its file may be JSON, which is YAML. */
function settingsOf(household: Household, { name, data, port, api }: Node, etcd: number, binaries: string): object {
  const parameters = serverSettings({ unix_socket_directories: household.folder });
  return {
    scope: 'bench',
    name,
    log: { level: 'WARNING', dir: household.folder, file_num: 1 },
    restapi: { listen: `127.0.0.1:${api}`, connect_address: `127.0.0.1:${api}` },
    etcd3: { hosts: `127.0.0.1:${etcd}` },
    bootstrap: {
      dcs: {
        ...{ ttl: 30, loop_wait: 10, retry_timeout: 10, maximum_lag_on_failover: 1048576 },
        postgresql: { use_pg_rewind: true, parameters },
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C' }, 'no-sync', { 'wal-segsize': '4' }],
      pg_hba: ['host all all 127.0.0.1/32 trust', 'host replication all 127.0.0.1/32 trust', 'local all all trust'],
    },
    postgresql: {
      ...{ listen: `127.0.0.1:${port}`, connect_address: `127.0.0.1:${port}`, data_dir: data, bin_dir: binaries },
      pgpass: household.path(`${name}.pgpass`),
      authentication: { superuser: { username: 'postgres' }, replication: { username: 'replicator' } },
    },
  };
}

async function isA({ name, api }: Node, role: string): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    // 200 when it runs in that role, else 503.
    const answer = await fetch(`http://127.0.0.1:${api}/${role}`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    if (performance.now() > deadline) throw new Error(`${name} is no ${role} after ${PATIENCE / 1000} s`);
    await later(100);
  }
}
