import type { KnownSettings } from '../servers/group-settings';
import type { PostgresServer } from './postgres-server';
import { SERVER_SETTINGS } from './server-settings';

/** Belongs to the machine, not to the database: a parameter group of RDS says it for RDS's machines. */
const OF_THE_MACHINE =
  /^(rds\.|apg_|shared_preload_libraries|ssl|log_(directory|filename|destination)|.*memory$|.*_mem$|.*_cache_size$|huge_pages|data_|hba_|ident_|primary_conninfo|restore_|recovery_|unix_socket_|port$)/;

/** Settings that a parameter group may change here. */
export const isPlayed = (name: string): boolean => !(name in SERVER_SETTINGS) && !OF_THE_MACHINE.test(name);

export async function knownSettings(server: PostgresServer): Promise<KnownSettings> {
  const rows = await server.query<{ name: string; context: string }>(
    "SELECT name, context FROM pg_settings WHERE context <> 'internal'",
  );
  const played = rows.filter(({ name }) => isPlayed(name));
  return new Map(played.map(({ name, context }) => [name, { needsStart: context === 'postmaster' }]));
}
