/** One question of a reading client: what was the newest that it saw? */
export interface Read {
  readonly client: string;
  /** Whom it asked: address of the server, `nowhere` when the name said nothing. */
  readonly host: string;
  /** When it was asked, and when the end was known: milliseconds since 1970, by the cloud's clock. */
  readonly asked: number;
  readonly ended: number;
  /** The newest write that it was shown, and when its client had sent that; undefined: none, or no answer. */
  readonly newest?: { readonly id: string; readonly sent: number };
  /** Why there was no answer: a SQLSTATE or a system error. */
  readonly why?: string;
}

/** All reads of all clients, in the order in which they ended. */
export class ReadLog {
  readonly #reads: Read[] = [];

  add(read: Read): void {
    this.#reads.push(read);
  }

  get all(): readonly Read[] {
    return this.#reads;
  }
}
