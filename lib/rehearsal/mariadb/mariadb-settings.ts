import type { ServerSettings } from '../servers/group-settings';

/** With which the data are made: a server finds them only with the same. */
export const DATA_SETTINGS: ServerSettings = {
  innodb_data_file_path: 'ibdata1:4M:autoextend',
  innodb_log_file_size: '4M',
};

/** Small and quick; safe against the death of a server, not of the machine. No parameter group changes these. */
export const SERVER_SETTINGS: ServerSettings = {
  ...DATA_SETTINGS,
  // No port: nothing collides, and whoever wants in goes through a gate.
  skip_networking: 'ON',
  skip_name_resolve: 'ON',
  log_bin: 'binlog',
  binlog_format: 'ROW',
  relay_log: 'relay',
  log_slave_updates: 'ON',
  gtid_strict_mode: 'ON',
  gtid_domain_id: '0',
  // To the operating system at each commit: nothing is lost when the process dies.
  innodb_flush_log_at_trx_commit: '2',
  sync_binlog: '0',
  innodb_flush_method: 'fsync',
  // A copy of the files of a stopped process finds no write of the kernel's on its way.
  innodb_use_native_aio: 'OFF',
  innodb_buffer_pool_size: '8M',
  innodb_log_buffer_size: '2M',
  innodb_temp_data_file_path: 'ibtmp1:4M:autoextend',
  innodb_buffer_pool_dump_at_shutdown: 'OFF',
  innodb_buffer_pool_load_at_startup: 'OFF',
  key_buffer_size: '1M',
  aria_pagecache_buffer_size: '1M',
  max_connections: '60',
  // As RDS for MariaDB has it, unless a parameter group says otherwise.
  performance_schema: 'OFF',
};

/** As mariadbd reads it from a file. */
export function settingsText(settings: ServerSettings): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = "${value.replaceAll(/["\\]/g, '\\$&')}"\n`);
  return `[mariadbd]\n${lines.join('')}`;
}
