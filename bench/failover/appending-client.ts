import { Client } from 'pg';

/** Where a server is, and as whom it is asked. */
export interface Login {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
}

export interface AppendingClientOptions {
  /** Begins every id that it writes. */
  readonly name: string;
  /** Whom it writes to, asked whenever it connects; undefined: nobody yet. */
  readonly where: () => Login | undefined;
  /** Milliseconds between two writes. */
  readonly pause: number;
  /** Milliseconds until the next try after a failure. */
  readonly retry: number;
}

/** The table that it writes into. */
export const TABLE = 'bench_failover';

/** Milliseconds that an answer may take. */
const PATIENCE = 2000;

/** Appends unique ids one after another, and keeps those that were acknowledged. */
export class AppendingClient {
  readonly acknowledged: string[] = [];
  /** Resolves with the time (of `performance.now()`) of its first acknowledged write. */
  readonly first: Promise<number>;
  readonly #options: AppendingClientOptions;
  #tell: (at: number) => void = () => undefined;
  #session: Client | undefined;
  #written = 0;
  #isOver = false;
  #work: Promise<void> = Promise.resolve();

  constructor(options: AppendingClientOptions) {
    this.#options = options;
    this.first = new Promise((resolve) => (this.#tell = resolve));
  }

  start(): this {
    this.#work = this.#loop();
    return this;
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#work;
    this.#leave();
  }

  async #loop(): Promise<void> {
    const { pause, retry } = this.#options;
    while (!this.#isOver) {
      const isWell = await this.#append();
      await new Promise((resolve) => setTimeout(resolve, isWell ? pause : retry));
    }
  }

  async #append(): Promise<boolean> {
    this.#written += 1;
    const id = `${this.#options.name}-${this.#written}`;
    try {
      const session = await this.#connected();
      if (session === undefined) return false;
      await session.query(`INSERT INTO ${TABLE} (id) VALUES ($1)`, [id]);
      this.acknowledged.push(id);
      this.#tell(performance.now());
      return true;
    } catch (error) {
      // A standby says "read only" on a session that lives on: it is asked again.
      if ((error as { readonly code?: string }).code !== '25006') this.#leave();
      return false;
    }
  }

  async #connected(): Promise<Client | undefined> {
    if (this.#session !== undefined) return this.#session;
    const login = this.#options.where();
    if (login === undefined) return undefined;
    const session = new Client({ ...login, connectionTimeoutMillis: PATIENCE, query_timeout: PATIENCE, ssl: false });
    session.on('error', () => undefined);
    try {
      await session.connect();
    } catch (error) {
      session.connection.stream.destroy();
      throw error;
    }
    this.#session = session;
    return session;
  }

  #leave(): void {
    this.#session?.connection.stream.destroy();
    this.#session = undefined;
  }
}
