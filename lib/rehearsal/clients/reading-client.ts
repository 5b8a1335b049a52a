import { UnderstudyError } from '../../topology';
import type { DatabaseSession } from '../servers/database-session';
import type { Random } from '../seeded-random';
import type { Stage } from '../stage/stage';
import type { Read, ReadLog } from './read-log';
import { PATIENCE, pausing, RETRY } from './pause';
import { TABLE } from './table';

export interface ReadingClientOptions {
  readonly name: string;
  readonly stage: Stage;
  readonly log: ReadLog;
  /** Where it runs. */
  readonly region: string;
  readonly random: Random;
  /** Milliseconds of the machine between two reads, on average. @default 25 */
  readonly pause?: number;
}

const NEWEST = `SELECT id, sent FROM ${TABLE} ORDER BY sent DESC LIMIT 1`;

/** Asks whoever the readers' name means for the newest write, again and again, and follows the name as it moves. */
export class ReadingClient {
  readonly #options: ReadingClientOptions;
  #session: DatabaseSession | undefined;
  #host: string | undefined;
  #isOver = false;
  #work: Promise<void> = Promise.resolve();

  constructor(options: ReadingClientOptions) {
    this.#options = options;
  }

  start(): void {
    this.#work = this.#loop();
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#work;
    this.#leave();
  }

  async #loop(): Promise<void> {
    const { pause = 25, random, log } = this.#options;
    while (!this.#isOver) {
      const read = await this.#readOnce();
      log.add(read);
      await pausing(read.why === undefined ? pause : Math.max(RETRY, pause / 2), random);
    }
  }

  async #readOnce(): Promise<Read> {
    const { name, stage } = this.#options;
    const asked = stage.clock.now();
    try {
      const session = await this.#connected();
      // A driver may tell a number of that size as a text.
      const rows = await session.query<{ id: string; sent: number | string }>(NEWEST);
      const [newest] = rows.map(({ id, sent }) => ({ id, sent: Number(sent) }));
      const seen = newest === undefined ? {} : { newest };
      return { client: name, host: this.#host ?? 'nowhere', asked, ended: stage.clock.now(), ...seen };
    } catch (error) {
      this.#leave();
      const { why } = stage.backend.failureOf(error);
      return { client: name, host: this.#host ?? 'nowhere', asked, ended: stage.clock.now(), why };
    }
  }

  async #connected(): Promise<DatabaseSession> {
    const { stage, region } = this.#options;
    const host = stage.readerFor(region);
    if (this.#session !== undefined && host === this.#host) return this.#session;
    this.#leave();
    this.#host = host;
    if (host === undefined)
      throw new UnderstudyError('reader-unknown', `nobody answers ${region} who can be read from`);
    const { backend } = stage;
    this.#session = await backend.connect(backend.network.addressFrom(region, host), PATIENCE);
    return this.#session;
  }

  #leave(): void {
    this.#session?.destroy();
    this.#session = undefined;
  }
}
