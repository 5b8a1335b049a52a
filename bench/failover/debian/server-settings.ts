import { SERVER_SETTINGS, type ServerSettings } from '../../../lib/rehearsal';

/** The settings of our own servers, so far as an older PostgreSQL on a port has them: nobody is measured with a slower disk. */
export function serverSettings(more: ServerSettings = {}): ServerSettings {
  const {
    listen_addresses: _,
    unix_socket_permissions: __,
    io_method: ___,
    log_min_messages: ____,
    ...same
  } = SERVER_SETTINGS;
  return { ...same, wal_log_hints: 'on', ...more };
}
