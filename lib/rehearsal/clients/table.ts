import type { DatabaseServers } from '../servers/database-servers';
import type { DatabaseMember } from '../servers/database-member';

export const TABLE = 'understudy_rehearsal';

/** `sent`: when its client sent it, in milliseconds since 1970, by the cloud's clock. */
const COLUMNS = 'id varchar(200) PRIMARY KEY, client varchar(100) NOT NULL, sent bigint NOT NULL';

/** Milliseconds of the machine. */
const PATIENCE = 5000;

/** Makes the table that clients write into, as the master user, who owns it then. */
export async function makeTable(backend: DatabaseServers, { region, doors }: DatabaseMember): Promise<void> {
  const session = await backend.connect(backend.network.addressFrom(region, doors.host), PATIENCE);
  try {
    await session.query(`CREATE TABLE ${TABLE} (${COLUMNS})`);
    await session.query(`CREATE INDEX understudy_newest ON ${TABLE} (sent)`);
  } finally {
    session.destroy();
  }
}

/** The ids that a server has, past all gates. One that does not run is started for it: it is asked when all is over. */
export async function idsOn(member: DatabaseMember): Promise<ReadonlySet<string>> {
  await member.server.start();
  const session = await member.administer();
  try {
    const rows = await session.query<{ id: string }>(`SELECT id FROM ${TABLE}`);
    return new Set(rows.map(({ id }) => id));
  } finally {
    session.destroy();
  }
}
