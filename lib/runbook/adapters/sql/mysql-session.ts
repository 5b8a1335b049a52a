import { createConnection } from 'mysql2/promise';
import { failureOf, isProbeFailure } from './probe-failure';
import type { Login, SqlSession } from './sql-engine';
import type { SqlRow } from './sql-row';

/** Logs in to MySQL or MariaDB. @throws ProbeFailure */
export async function openMysql({ question, credentials, trust, socket, bounds }: Login): Promise<SqlSession> {
  const { host, port } = question.address;
  const orFail = async <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: unknown) => Promise.reject(failureOf(error, socket)));
  socket.setNoDelay(true).connect(port, host);
  const connection = await orFail(
    createConnection({
      stream: socket,
      host,
      port,
      user: credentials.username,
      password: credentials.password,
      // The driver's own is shorter, and would tell less.
      connectTimeout: bounds.whole * 1000 + 1000,
      ...(trust === undefined ? {} : { ssl: { ...trust, verifyIdentity: !('isSole' in trust) } }),
    }),
  );
  connection.on('error', () => undefined);
  return {
    rows: async (statement) => {
      const [rows] = await orFail(connection.query(statement));
      // What changes something is answered with a header, not with rows.
      return Array.isArray(rows) ? (rows as SqlRow[]) : [];
    },
    end: () => void connection.end().catch(() => undefined),
  };
}

/**
 * Rows of a statement that not every server knows or allows; undefined when this one does not. The server's no is no reason to
 * learn nothing else.
 */
export async function rowsIfAny(session: SqlSession, statement: string): Promise<readonly SqlRow[] | undefined> {
  try {
    return await session.rows(statement);
  } catch (error) {
    if (isProbeFailure(error) && error.kind === 'refused') return undefined;
    throw error;
  }
}
