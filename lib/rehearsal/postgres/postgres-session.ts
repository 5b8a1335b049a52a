import { Client, type ClientConfig } from 'pg';
import type { DatabaseSession, StatementFailure } from '../servers/database-session';

const READ_ONLY = '25006';
/** A server that answers with a SQLSTATE has taken the transaction back, unless it ended the session while it committed. */
const TAKEN_BACK = /^(?!57|58|08|XX)[0-9A-Z]{5}$/;

/** @param patience milliseconds until it is there, and for each answer */
export async function postgresSession(config: ClientConfig, patience: number): Promise<DatabaseSession> {
  const client = new Client({ ...config, connectionTimeoutMillis: patience, query_timeout: patience });
  // Whoever uses it hears of errors by what they asked; one between two questions would end the process.
  client.on('error', () => undefined);
  const destroy = (): void => void client.connection.stream.destroy();
  try {
    await client.connect();
  } catch (error) {
    destroy();
    throw error;
  }
  return {
    query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
      (await client.query<Row>(text, [...values])).rows,
    destroy,
  };
}

export function failureOf(error: unknown): StatementFailure {
  const { code, message } = error as { readonly code?: string; readonly message: string };
  const why = code ?? message;
  if (why === READ_ONLY) return { why, kind: 'read-only' };
  return { why, kind: TAKEN_BACK.test(why) ? 'refused' : 'unknown' };
}
