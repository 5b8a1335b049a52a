import type { Parameter } from '../rds/parameter-groups';
import type { PostgresServer } from './postgres-server';
import { SERVER_SETTINGS, type ServerSettings } from './server-settings';

/** The settings that this PostgreSQL has, and which of them wait for a start. */
export type KnownSettings = ReadonlyMap<string, { readonly needsStart: boolean }>;

/** Belongs to the machine, not to the database: a parameter group of RDS says it for RDS's machines. */
const OF_THE_MACHINE =
  /^(rds\.|apg_|shared_preload_libraries|ssl|log_(directory|filename|destination)|.*memory$|.*_mem$|.*_cache_size$|huge_pages|data_|hba_|ident_|primary_conninfo|restore_|recovery_|unix_socket_|port$)/;

export async function knownSettings(server: PostgresServer): Promise<KnownSettings> {
  const rows = await server.query<{ name: string; context: string }>(
    "SELECT name, context FROM pg_settings WHERE context <> 'internal'",
  );
  return new Map(rows.map(({ name, context }) => [name, { needsStart: context === 'postmaster' }]));
}

/**
 * What of a parameter group is said to a server on this machine.
 *
 * Left out: what only RDS has, what is about a machine's size, formulas, and what the rehearsal itself needs otherwise.
 */
export function settingsIn(parameters: readonly Parameter[], known: KnownSettings): ServerSettings {
  const said = parameters.filter(
    ({ name, value }) =>
      known.has(name) && !(name in SERVER_SETTINGS) && !OF_THE_MACHINE.test(name) && !/[{]/.test(value),
  );
  return Object.fromEntries(said.map(({ name, value }) => [name, value]));
}

/** The parameters in effect after the group was changed while the server runs: those that wait for a restart stay as they were. */
export function atOnce(
  before: readonly Parameter[],
  now: readonly Parameter[],
  known: KnownSettings,
): readonly Parameter[] {
  const waits = ({ name, method }: Parameter): boolean =>
    method === 'pending-reboot' || known.get(name)?.needsStart === true;
  const waiting = new Set(now.filter(waits).map(({ name }) => name));
  const kept = before.filter(({ name }) => waiting.has(name) || known.get(name)?.needsStart === true);
  return [...kept, ...now.filter((parameter) => !waits(parameter))];
}
