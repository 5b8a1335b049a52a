import type { DatabaseBackendOptions } from '../servers/database-backend';
import type { KnownSettings } from '../servers/group-settings';
import type { MasterUser } from '../servers/master-user';
import { RealBackend } from '../servers/real-backend';
import type { Origin, Recruit, ServerCrew } from '../servers/server-crew';
import type { ServerRoom } from '../servers/server-room';
import { cloneServer, cloneStopped } from './clone-server';
import { knownSettings } from './known-settings';
import { PostgresMember } from './postgres-member';
import { openPostgresRoom } from './postgres-room';
import type { PostgresServer } from './postgres-server';
import { failureOf, postgresSession } from './postgres-session';
import { beat, lagOf } from './replica-lag';
import { REPLICATOR, settleServer } from './settle-server';

/** Milliseconds between two signs of life over a link that is idle: PostgreSQL's own, and no less than a busy machine manages. */
const KEEP_ALIVE = { usual: 60_000, least: 2000 };

/** The one that every server has, on RDS too; another one would be three hundred files more to copy. */
const DATABASE = 'postgres';

/** A real PostgreSQL server behind every instance. */
export type PostgresBackend = RealBackend<PostgresMember>;

export const PostgresBackend = {
  start: (options: DatabaseBackendOptions): Promise<PostgresBackend> =>
    RealBackend.start({ ...options, master: { database: DATABASE, ...options.master } }, (master) =>
      muster(master, options.scale),
    ),
};

async function muster(master: MasterUser, scale = 1): Promise<ServerCrew<PostgresMember>> {
  const room = await openPostgresRoom();
  try {
    const first = await room.add();
    await first.start();
    await settleServer(first, master);
    const known = await knownSettings(first);
    await first.stop();
    return crew({ room, first, known, master, scale });
  } catch (error) {
    await room.close();
    throw error;
  }
}

interface Quarters {
  readonly room: ServerRoom<PostgresServer>;
  /** Stopped: what seeds are copies of. */
  readonly first: PostgresServer;
  readonly known: KnownSettings;
  readonly master: MasterUser;
  readonly scale: number;
}

function crew(quarters: Quarters): ServerCrew<PostgresMember> {
  const { room, master } = quarters;
  return {
    engine: 'postgres',
    folder: room.folder,
    recruit: (asked) => recruit(quarters, asked),
    settle: ({ server }) => settleServer(server, master),
    copy: ({ server }, folder) => cloneServer(server, folder),
    remove: ({ server }) => room.remove(server),
    close: () => room.close(),
    connect: ({ host, port }, { username: user, password, database }, patience) =>
      postgresSession({ host, port, user, password, database }, patience),
    ...{ failureOf, lagOf, beat },
  };
}

async function recruit(quarters: Quarters, asked: Recruit<PostgresMember>): Promise<PostgresMember> {
  const { known, master, scale } = quarters;
  const { region, id } = asked;
  const server = await serverFrom(quarters, asked.origin);
  const timeout = `${Math.round(Math.max(KEEP_ALIVE.least, KEEP_ALIVE.usual / scale))}ms`;
  const usual = { wal_sender_timeout: timeout, wal_receiver_timeout: timeout };
  const doors = await asked.doors(() => (server.isRunning ? server.socket : undefined));
  const replicator = { user: REPLICATOR, password: server.options.password };
  return new PostgresMember({ region, id, server, doors, usual, known, replicator, database: master.database });
}

function serverFrom({ room, first }: Quarters, origin: Origin<PostgresMember>): Promise<PostgresServer> {
  switch (origin.kind) {
    case 'empty':
      return room.add();
    case 'first':
      return room.add((folder) => cloneStopped(first, folder, origin.isReplica));
    case 'running':
      return room.add((folder) => cloneServer(origin.source.server, folder));
  }
}
