import { isUnderstudyError, type MemberId } from '../../../../topology';
import type { Question } from '../../../execution/ports';
import { ProbeFailure, SqlDatabaseProbe, type SoleTrust, type SqlDatabaseProbeOptions, type Trust } from '../../sql';
import { placeById } from '../fleet/place';
import type { SqlAdmin } from '../fleet/sql-admin';

export type CloudSqlProbeOptions = Pick<SqlDatabaseProbeOptions, 'isConnected' | 'credentials' | 'bounds'> & {
  readonly sql: SqlAdmin;
  /** For databases on this machine. @default each instance's own authority */
  readonly tls?: 'off';
};

/**
 * Asks the databases by SQL, over TLS. Each instance has an authority of its own as a rule, which its API tells: whoever has a
 * certificate of it is that instance, under whatever address. Of an authority that several share, the name has to be right as well.
 *
 * What was told is kept: of a region that is lost, the API may tell nothing any more.
 */
export function cloudSqlProbe({ sql, tls, ...options }: CloudSqlProbeOptions): SqlDatabaseProbe {
  if (tls !== undefined) return new SqlDatabaseProbe({ ...options, tls });
  const known = new Map<MemberId, Trust | SoleTrust>();
  return new SqlDatabaseProbe({
    ...options,
    trustOf: async (question) => {
      const trust = known.get(question.member) ?? (await trustOf(sql, question));
      known.set(question.member, trust);
      return trust;
    },
  });
}

/** @throws ProbeFailure `not asked` when nobody tells */
async function trustOf(sql: SqlAdmin, { topology, member }: Question): Promise<Trust | SoleTrust> {
  const { name } = placeById(topology, member);
  try {
    const instance = await sql.get(name);
    const cert = instance?.serverCaCert?.cert;
    if (cert === undefined) throw new ProbeFailure('not asked', `Cloud SQL tells no authority of ${name}`);
    const mode = instance?.settings?.ipConfiguration?.serverCaMode ?? 'GOOGLE_MANAGED_INTERNAL_CA';
    const trust: Trust = { ca: [cert], rejectUnauthorized: true };
    return mode === 'GOOGLE_MANAGED_INTERNAL_CA' ? { ...trust, isSole: true } : trust;
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    throw new ProbeFailure('not asked', error.message);
  }
}
