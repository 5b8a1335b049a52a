/** What became of one write, as its client knows it. */
export type WriteEnd =
  /** The server said that it is committed. */
  | 'acknowledged'
  /** It is certainly not committed. */
  | 'refused'
  /** The connection ended before an answer: it may be there or not. */
  | 'unknown';

export interface Write {
  readonly id: string;
  readonly client: string;
  /** Address of the server. */
  readonly host: string;
  /** When it was sent, and when its end was known: milliseconds since 1970, by the cloud's clock. */
  readonly sent: number;
  readonly ended: number;
  readonly end: WriteEnd;
  /** Why it was refused, or is unknown: a SQLSTATE or a system error. */
  readonly why?: string;
}

/** All writes of all clients, in the order in which they ended. */
export class WriteLog {
  readonly #writes: Write[] = [];

  add(write: Write): void {
    this.#writes.push(write);
  }

  get all(): readonly Write[] {
    return this.#writes;
  }

  get acknowledged(): readonly Write[] {
    return this.#writes.filter(({ end }) => end === 'acknowledged');
  }
}
