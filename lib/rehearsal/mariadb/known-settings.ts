import type { KnownSettings } from '../servers/group-settings';
import type { MariadbServer } from './mariadb-server';
import { SERVER_SETTINGS } from './mariadb-settings';

/** Belongs to the machine, or to who this server is: a parameter group of RDS says it for RDS's machines. */
const OF_THE_MACHINE =
  /(_size$|_dir$|_path$|_file$|_cert$|_key$|^(datadir|basedir|tmpdir|socket|port|bind_address|pid_file|server_id|report_|ssl|tls_|plugin_|log_error|relay_log|log_bin|thread_stack|open_files_limit|table_open_cache|slave_net_timeout|gtid_slave_pos|gtid_binlog_state))/;

/** Settings that a parameter group may change here. */
export const isPlayed = (name: string): boolean => !(name in SERVER_SETTINGS) && !OF_THE_MACHINE.test(name);

export async function knownSettings(server: MariadbServer): Promise<KnownSettings> {
  const rows = await server.query<{ name: string; fixed: string }>(
    `SELECT LOWER(VARIABLE_NAME) AS name, READ_ONLY AS fixed FROM information_schema.SYSTEM_VARIABLES
     WHERE VARIABLE_SCOPE <> 'SESSION ONLY' AND COMMAND_LINE_ARGUMENT IS NOT NULL`,
  );
  const played = rows.filter(({ name }) => isPlayed(name));
  return new Map(played.map(({ name, fixed }) => [name, { needsStart: fixed === 'YES' }]));
}
