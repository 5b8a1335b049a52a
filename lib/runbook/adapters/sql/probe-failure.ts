import type { Socket } from 'node:net';
import { isUnderstudyError, UnderstudyError } from '../../../topology';

/**
 * Why a question to a database has no answer.
 *
 * `unanswered`: no connection, or nothing came in time. `login refused`, `refused`: the database is alive and said no.
 * `not trusted`: somebody answered who could not prove to be the database. `not asked`: the question never left here.
 */
export type FailureKind = 'unanswered' | 'login refused' | 'refused' | 'not trusted' | 'not asked';

/**
 * A question without an answer.
 *
 * It keeps nothing of what the driver or the server said except a code: their texts quote statements, users, and sometimes
 * what the secret holds.
 */
export class ProbeFailure extends UnderstudyError {
  readonly kind: FailureKind;
  /** As the engine writes it: SQLSTATE of PostgreSQL, the number of MySQL's and MariaDB's error, or what the network says. */
  readonly detail: string;

  constructor(kind: FailureKind, detail: string) {
    super('probe-failed', `the database was asked, and the question is ${kind} (${detail})`, { family: 'retryable' });
    this.kind = kind;
    this.detail = detail;
  }
}

/** Told by its fields: instanceof fails across copies of the package. */
export function isProbeFailure(error: unknown): error is ProbeFailure {
  return isUnderstudyError(error) && error.code === 'probe-failed' && 'kind' in error;
}

/** What the drivers throw, so far as it is read here. */
interface DriverError {
  readonly code?: string;
  readonly errno?: number;
  readonly message?: string;
  /** Only mysql2, and only of what the server itself said. */
  readonly sqlState?: string;
  /** Only pg, and only of what the server itself said. */
  readonly severity?: string;
  /** Of an AggregateError: one for each address of the name that was tried. */
  readonly errors?: readonly DriverError[];
}

/** What the network says of a host that is not there. Whatever else it says may be our own network's fault. */
const GONE: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'EHOSTDOWN'],
  // mysql2's words for a connection that ended.
  'PROTOCOL_CONNECTION_LOST',
]);

/** What refuses a login: a class of SQLSTATE, and MySQL's numbers, which say the same before the session has states. */
const LOGIN = /^(28...|1045|1698)$/;

const TLS = /CERT|SSL|TLS|EPROTO$|UNABLE_TO_|SELF_SIGNED|SIGNATURE/;

/** What a driver threw, as one of the ways in which a question fails. */
export function failureOf(thrown: unknown, socket: Pick<Socket, 'destroyed' | 'readyState'>): ProbeFailure {
  if (isProbeFailure(thrown)) return thrown;
  const error = (thrown ?? {}) as DriverError;
  if (error.severity !== undefined) return refusal(error.code ?? 'XX000', error.code ?? 'XX000');
  if (error.sqlState) return refusal(error.sqlState, String(error.errno ?? error.sqlState));
  const code = error.code ?? error.errors?.[0]?.code;
  if (code !== undefined && GONE.has(code)) return new ProbeFailure('unanswered', code);
  if (code !== undefined && TLS.test(code)) return new ProbeFailure('not trusted', code);
  // pg has no code for these two.
  if (/does not support SSL|establishing an SSL/.test(error.message ?? ''))
    return new ProbeFailure('not trusted', 'no TLS');
  if (code === undefined && (socket.destroyed || socket.readyState !== 'open')) {
    return new ProbeFailure('unanswered', 'the connection ended');
  }
  return new ProbeFailure('not asked', code ?? 'the driver gave up');
}

function refusal(sqlState: string, detail: string): ProbeFailure {
  return new ProbeFailure(LOGIN.test(sqlState) || LOGIN.test(detail) ? 'login refused' : 'refused', detail);
}
