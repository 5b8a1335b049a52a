import type { ServerSettings } from '../servers/group-settings';

/** Small and quick; safe against the death of a server, not of the machine. No parameter group changes these. */
export const SERVER_SETTINGS: ServerSettings = {
  // No port: nothing collides, and whoever wants in goes through a gate.
  listen_addresses: '',
  unix_socket_permissions: '0777',
  fsync: 'off',
  wal_level: 'replica',
  max_wal_senders: '32',
  wal_keep_size: '512MB',
  max_wal_size: '512MB',
  max_connections: '60',
  shared_buffers: '16MB',
  io_method: 'sync',
  autovacuum: 'off',
  hot_standby: 'on',
  hot_standby_feedback: 'on',
  wal_receiver_status_interval: '1s',
  wal_retrieve_retry_interval: '20ms',
  recovery_target_timeline: 'latest',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_min_messages: 'fatal',
  log_timezone: 'UTC',
  // In the data folder, not in /dev/shm, where they would outlive a server that is killed.
  dynamic_shared_memory_type: 'mmap',
};

/** As PostgreSQL reads it from a file. */
export function settingsText(settings: ServerSettings): string {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`);
  return lines.join('');
}
