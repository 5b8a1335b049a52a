import type { DatabaseBackendOptions } from '../servers/database-backend';
import type { KnownSettings } from '../servers/group-settings';
import type { MasterUser } from '../servers/master-user';
import { RealBackend } from '../servers/real-backend';
import type { Origin, Recruit, ServerCrew } from '../servers/server-crew';
import { copyFolder } from '../servers/server-folder';
import { ServerRoom } from '../servers/server-room';
import { knownSettings } from './known-settings';
import { MariadbMember } from './mariadb-member';
import { MariadbServer, OF_THE_RUNNING } from './mariadb-server';
import { failureOf, mariadbSession } from './mariadb-session';
import { mariadbTemplate } from './mariadb-template';
import { beat, lagOf } from './replica-lag';
import { REPLICATOR, settleServer } from './settle-server';

/** Seconds after which a replica gives up a source that says nothing: RDS's own, and no less than MariaDB and a busy machine manage. */
const SILENCE = { usual: 60, least: 2 };

/** A real MariaDB server behind every instance, each replica following by GTID. */
export type MariadbBackend = RealBackend<MariadbMember>;

export const MariadbBackend = {
  /** @throws UnderstudyError `mariadb-missing` */
  start: (options: DatabaseBackendOptions): Promise<MariadbBackend> =>
    RealBackend.start(options, (master) => muster(master, options.scale)),
};

async function muster(master: MasterUser, scale = 1): Promise<ServerCrew<MariadbMember>> {
  const room = await openMariadbRoom();
  try {
    const first = await room.add();
    await first.start();
    await settleServer(first, master);
    const known = await knownSettings(first);
    await first.stop();
    const silence = Math.round(Math.max(SILENCE.least, SILENCE.usual / scale));
    return crew({ room, first, known, master, silence });
  } catch (error) {
    await room.close();
    throw error;
  }
}

async function openMariadbRoom(): Promise<ServerRoom<MariadbServer>> {
  const { folder: template, ...usual } = await mariadbTemplate.get();
  return ServerRoom.open({
    account: usual.account,
    empty: (folder) => copyFolder(template, folder, OF_THE_RUNNING),
    build: (folder, number) => new MariadbServer({ folder, number, ...usual }),
  });
}

interface Quarters {
  readonly room: ServerRoom<MariadbServer>;
  /** Stopped: what seeds are copies of. */
  readonly first: MariadbServer;
  readonly known: KnownSettings;
  readonly master: MasterUser;
  readonly silence: number;
}

function crew(quarters: Quarters): ServerCrew<MariadbMember> {
  const { room, master } = quarters;
  return {
    engine: 'mariadb',
    folder: room.folder,
    recruit: (asked) => recruit(quarters, asked),
    settle: ({ server }) => settleServer(server, master),
    copy: cloneRunning,
    remove: ({ server }) => room.remove(server),
    close: () => room.close(),
    connect: ({ host, port }, { username: user, password, database }, patience) =>
      mariadbSession({ host, port, user, password, database }, patience),
    ...{ failureOf, lagOf, beat },
  };
}

async function recruit(quarters: Quarters, asked: Recruit<MariadbMember>): Promise<MariadbMember> {
  const { known, master, silence } = quarters;
  const { region, id, origin } = asked;
  const server = await serverFrom(quarters, origin);
  const doors = await asked.doors(() => (server.isRunning ? server.socket : undefined));
  const replicator = { user: REPLICATOR, password: server.options.password };
  const isCopy = origin.kind === 'running';
  return new MariadbMember({
    ...{ region, id, server, doors, known, replicator, silence, isCopy },
    database: master.database,
  });
}

function serverFrom({ room, first }: Quarters, origin: Origin<MariadbMember>): Promise<MariadbServer> {
  switch (origin.kind) {
    case 'empty':
      return room.add();
    case 'first':
      return room.add((folder) => copyFolder(first.folder, folder, OF_THE_RUNNING));
    case 'running':
      return room.add((folder) => cloneRunning(origin.source, folder));
  }
}

/**
 * Copies the data of a server that stands still meanwhile, as a snapshot of its disk would be: RDS too suspends its writes. The
 * copy begins as after a death, from its own log.
 */
async function cloneRunning({ server, isFrozen }: MariadbMember, folder: string): Promise<void> {
  server.freeze();
  try {
    await copyFolder(server.folder, folder, OF_THE_RUNNING);
  } finally {
    if (!isFrozen) server.thaw();
  }
}
