import { readFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { settingsText } from '../../../lib/rehearsal';
import type { Login } from '../appending-client';
import { asked, makeTable } from '../promotion';
import { freePorts, Household } from './household';
import { serverSettings } from './server-settings';

/**
 * What repmgr calls as `ssh` to reach the other server. Both are on this machine: it runs the command here, which spares repmgr the
 * time that a login takes.
 */
const SHIM = `#!/bin/sh
# ssh -o Batchmode=yes [options] HOST COMMAND
while [ $# -gt 0 ]; do
  case "$1" in
    -o) shift 2 ;;
    -*) shift ;;
    *) break ;;
  esac
done
shift
exec /bin/sh -c "$*"
`;

interface Node {
  readonly data: string;
  readonly config: string;
  readonly login: Login;
}

/** Primary and standby as repmgr makes and registers them. */
export interface RepmgrPair {
  readonly old: Login;
  readonly next: Login;
  /** Runs repmgr for the standby. */
  readonly repmgr: (...args: readonly string[]) => Promise<void>;
  /** The primary dies as it stands. */
  readonly kill: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function repmgrPair(binaries: string): Promise<RepmgrPair> {
  const household = Household.open('repmgr');
  try {
    household.write('ssh', SHIM, 0o755);
    const [first = 0, second = 0] = await freePorts(2);
    const old = nodeOf(household, binaries, 1, first);
    const next = nodeOf(household, binaries, 2, second);
    const repmgr = (config: string, ...args: readonly string[]) =>
      household.run(join(binaries, 'repmgr'), ['-f', config, ...args]);
    await startPrimary(household, binaries, old);
    await repmgr(old.config, 'primary', 'register');
    const { host, port } = old.login;
    await repmgr(next.config, '-h', host, '-p', String(port), '-U', 'repmgr', '-d', 'repmgr', '-c', 'standby', 'clone');
    await appendFile(join(next.data, 'postgresql.conf'), `\nport = ${second}\n`);
    await pgCtl(household, binaries, next.data);
    await repmgr(next.config, 'standby', 'register', '--wait-sync=10');
    await makeTable(old.login, next.login);
    return {
      old: old.login,
      next: next.login,
      repmgr: async (...args) => {
        await repmgr(next.config, ...args);
      },
      kill: () => killServer(old.data),
      close: () => household.close(),
    };
  } catch (error) {
    await household.close();
    throw error;
  }
}

function nodeOf(household: Household, binaries: string, id: number, port: number): Node {
  const data = household.path(`data-${id}`);
  household.keep(data, binaries);
  const login = { host: '127.0.0.1', port, user: 'repmgr', database: 'repmgr' };
  const config = household.write(
    `repmgr-${id}.conf`,
    settingsText({
      node_id: String(id),
      node_name: `node-${id}`,
      conninfo: `host=127.0.0.1 port=${port} user=repmgr dbname=repmgr connect_timeout=2`,
      data_directory: data,
      pg_bindir: binaries,
      repmgr_bindir: binaries,
      config_directory: data,
      log_level: 'WARNING',
      passfile: household.path('none'),
    }),
  );
  return { data, config, login };
}

async function startPrimary(household: Household, binaries: string, { data, login }: Node): Promise<void> {
  const { port } = login;
  const initdb = [
    '-D',
    data,
    '-U',
    'repmgr',
    '--auth',
    'trust',
    '--no-sync',
    '--no-instructions',
    '--encoding',
    'UTF8',
  ];
  await household.run(join(binaries, 'initdb'), [...initdb, '--locale', 'C', '--wal-segsize', '4']);
  const settings = serverSettings({
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: household.folder,
    shared_preload_libraries: 'repmgr',
  });
  await appendFile(join(data, 'postgresql.conf'), `\n${settingsText(settings)}`);
  await pgCtl(household, binaries, data);
  await asked({ ...login, database: 'postgres' }, (client) => client.query('CREATE DATABASE repmgr'));
}

async function pgCtl(household: Household, binaries: string, data: string): Promise<void> {
  await household.run(join(binaries, 'pg_ctl'), ['-D', data, '-l', `${data}.log`, '-w', '-s', 'start']);
}

/** As a machine that loses its power: nobody is told, nothing is written. */
export async function killServer(data: string): Promise<void> {
  const [pid = ''] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  // Its processes first stop with it, so that none ends in an orderly way.
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  for (const each of [pid, ...children]) process.kill(Number(each), 'SIGSTOP');
  for (const each of [...children, pid]) process.kill(Number(each), 'SIGKILL');
  await Promise.resolve();
}
