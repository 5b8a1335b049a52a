import type { DatabaseBackend } from '../servers/database-backend';
import type { DatabaseMember } from '../servers/database-member';
import { TABLE } from './writing-client';

/** Milliseconds of the machine. */
const PATIENCE = 5000;

/** Makes the table that clients write into, as the master user, who owns it then. */
export async function makeTable(backend: DatabaseBackend, { region, doors }: DatabaseMember): Promise<void> {
  const session = await backend.connect(backend.network.addressFrom(region, doors.host), PATIENCE);
  try {
    await session.query(`CREATE TABLE ${TABLE} (id varchar(200) PRIMARY KEY, client varchar(100) NOT NULL)`);
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
