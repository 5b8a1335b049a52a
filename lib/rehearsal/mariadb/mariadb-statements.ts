import type { KnownSettings, ServerSettings } from '../servers/group-settings';

export interface SourceAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Seconds of the machine. */
  readonly delay: number;
  readonly heartbeat: number;
}

/** From where it is by its own word on. What it had received and not applied it asks for again. */
export function followSource({ host, port, user, password, delay, heartbeat }: SourceAddress): string {
  const said = [
    ...[`MASTER_HOST = '${host}'`, `MASTER_PORT = ${port}`, `MASTER_USER = '${user}'`],
    ...[`MASTER_PASSWORD = '${password}'`, 'MASTER_USE_GTID = slave_pos', `MASTER_DELAY = ${delay}`],
    // A source that comes back is found soon.
    ...['MASTER_CONNECT_RETRY = 1', `MASTER_HEARTBEAT_PERIOD = ${heartbeat}`],
  ];
  return `CHANGE MASTER TO ${said.join(', ')}`;
}

/** What makes a running server's settings the wanted ones, so far as they need no start. */
export function settingChanges(
  before: ServerSettings,
  wanted: ServerSettings,
  known: KnownSettings,
): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(wanted)])];
  const changed = names.filter((name) => before[name] !== wanted[name] && known.get(name)?.needsStart !== true);
  return changed.map((name) => `SET GLOBAL ${name} = ${literal(wanted[name])}`);
}

function literal(value: string | undefined): string {
  if (value === undefined) return 'DEFAULT';
  return /^-?\d+(\.\d+)?$/.test(value) ? value : `'${value.replaceAll(/['\\]/g, '\\$&')}'`;
}
