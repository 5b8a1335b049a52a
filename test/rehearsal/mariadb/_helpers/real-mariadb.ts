import { MariadbBackend, type DatabaseSession, type InstanceSeed } from '../../../../lib/rehearsal';
import type { MariadbMember } from '../../../../lib/rehearsal/mariadb/mariadb-member';
import { cloudOn, type CloudOn } from '../../_helpers/cloud-on';
import { HOME } from '../../_helpers/stage';

export interface RealMariadb extends CloudOn<MariadbMember> {
  /** A session of the master user, as a client in that Region opens it. */
  readonly connect: (id: string, from?: string, region?: string) => Promise<DatabaseSession>;
}

const open: { readonly backend: MariadbBackend; readonly sessions: DatabaseSession[] }[] = [];

/** Two servers for most tests: each one takes a second to start. */
export const PAIR = [
  { region: HOME, id: 'orders-a', engine: 'mariadb' },
  { region: HOME, id: 'orders-b', engine: 'mariadb', replicaOf: 'orders-a' },
];

export async function raise(seeds: readonly InstanceSeed[] = PAIR): Promise<RealMariadb> {
  const made = await cloudOn(MariadbBackend.start, seeds);
  const { backend } = made;
  const sessions: DatabaseSession[] = [];
  open.push({ backend, sessions });
  return {
    ...made,
    connect: async (id, from = HOME, region = HOME) => {
      const address = backend.network.addressFrom(from, backend.member(region, id).doors.host);
      const session = await backend.connect(address, 5000);
      sessions.push(session);
      return session;
    },
  };
}

export async function raze(): Promise<void> {
  for (const { backend, sessions } of open.splice(0)) {
    for (const session of sessions) session.destroy();
    await backend.close();
  }
}

export const make = (session: DatabaseSession): Promise<unknown> =>
  session.query('CREATE TABLE written (id varchar(40) PRIMARY KEY)');
export const write = (session: DatabaseSession, id: string): Promise<unknown> =>
  session.query('INSERT INTO written VALUES ($1)', [id]);

/** What a server has, by its own word. */
export async function has({ backend }: RealMariadb, id: string, region = HOME): Promise<readonly string[]> {
  const session = await backend.member(region, id).administer();
  try {
    return (await session.query<{ id: string }>('SELECT id FROM written ORDER BY id')).map((row) => row.id);
  } catch {
    // The table has not arrived yet.
    return [];
  } finally {
    session.destroy();
  }
}

/** How a promise ends: by the engine's code, the machine's, or `ok`. */
export async function endOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'ok';
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return code ?? message;
  }
}
