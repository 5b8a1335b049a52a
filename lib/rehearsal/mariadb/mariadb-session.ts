import { createConnection, type ConnectionOptions } from 'mysql2/promise';
import type { DatabaseSession, StatementFailure } from '../servers/database-session';

/** What servers say that take no writes: because of read_only, or because the session may only read. */
const READ_ONLY: ReadonlySet<number> = new Set([1290, 1792, 1836]);
/** Ended while it committed: the server goes, the session was killed or interrupted, or the commit itself failed. */
const UNFINISHED: ReadonlySet<number> = new Set([1053, 1180, 1317, 1927, 3024]);

/** @param patience milliseconds until it is there, and for each answer */
export async function mariadbSession(config: ConnectionOptions, patience: number): Promise<DatabaseSession> {
  const connection = await createConnection({ ...config, connectTimeout: patience });
  // Whoever uses it hears of errors by what they asked; one between two questions would end the process.
  connection.on('error', () => undefined);
  return {
    query: async <Row extends object>(text: string, values: readonly unknown[] = []) => {
      const [rows] = await connection.query({ ...placed(text, values), timeout: patience });
      // What changes something is answered with a header, not with rows.
      return Array.isArray(rows) ? (rows as unknown as readonly Row[]) : [];
    },
    destroy: () => connection.destroy(),
  };
}

/** With a question mark for each $1, $2, ..., and its value beside. */
function placed(text: string, values: readonly unknown[]): { readonly sql: string; readonly values: unknown[] } {
  const used: unknown[] = [];
  const sql = text.replaceAll(/\$(\d+)/g, (_, number: string) => {
    used.push(values[Number(number) - 1]);
    return '?';
  });
  return { sql, values: used };
}

/** What the server itself says has a SQLSTATE; all else is the network's. */
export function failureOf(error: unknown): StatementFailure {
  const { code, errno, sqlState, message } = error as Partial<Record<'code' | 'sqlState', string>> & {
    readonly errno?: number;
    readonly message: string;
  };
  const why = code ?? message;
  if (!sqlState || errno === undefined || UNFINISHED.has(errno)) return { why, kind: 'unknown' };
  return { why, kind: READ_ONLY.has(errno) ? 'read-only' : 'refused' };
}
