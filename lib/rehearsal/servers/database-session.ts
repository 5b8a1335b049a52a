/** A connection to a server, logged in. Both kinds of clients have one: those of applications, and who looks when all is over. */
export interface DatabaseSession {
  /** @param text with $1, $2, ... for the values, whatever the engine. @throws what the engine's driver throws */
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Ends it at once, without a word to the server. */
  destroy(): void;
}

/**
 * What a statement that failed says of itself.
 *
 * `read-only`: this server takes no writes. `refused`: it is certainly not committed. `unknown`: nobody can tell.
 */
export interface StatementFailure {
  /** As the engine, or the machine, writes it: SQLSTATE, ER_..., ECONNRESET. */
  readonly why: string;
  readonly kind: 'read-only' | 'refused' | 'unknown';
}
