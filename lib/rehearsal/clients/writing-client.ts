import { UnderstudyError } from '../../topology';
import type { DatabaseSession } from '../servers/database-session';
import type { Random } from '../seeded-random';
import type { Stage } from '../stage/stage';
import { PATIENCE, pausing, RETRY } from './pause';
import { TABLE } from './table';
import type { WriteLog } from './write-log';

export interface WritingClientOptions {
  readonly name: string;
  readonly stage: Stage;
  readonly log: WriteLog;
  /** Where it runs. */
  readonly region: string;
  readonly random: Random;
  /**
   * `faithful`: looks the writer's name up whenever it connects, and connects anew when a server takes no writes.
   * `stubborn`: looks it up once, and stays with that server whatever happens: the witness of a split brain.
   */
  readonly habit?: 'faithful' | 'stubborn';
  /** Milliseconds of the machine between two writes, on average. @default 5 */
  readonly pause?: number;
}

/** Appends unique ids, one after another, and writes down what became of each. */
export class WritingClient {
  readonly #options: WritingClientOptions;
  #session: DatabaseSession | undefined;
  #host: string | undefined;
  #written = 0;
  #isOver = false;
  #work: Promise<void> = Promise.resolve();

  constructor(options: WritingClientOptions) {
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
    const { pause = 5, random } = this.#options;
    while (!this.#isOver) {
      const isWell = await this.#writeOnce();
      // Whoever writes seldom is in no hurry to be refused: a new session is dear.
      await pausing(isWell ? pause : Math.max(RETRY, 4 * pause), random);
    }
  }

  async #writeOnce(): Promise<boolean> {
    const { name, log, stage } = this.#options;
    this.#written += 1;
    const id = `${name}-${this.#written}`;
    const sent = stage.clock.now();
    let host = 'nowhere';
    let isSent = false;
    try {
      const session = await this.#connected();
      host = this.#host ?? host;
      isSent = true;
      await session.query(`INSERT INTO ${TABLE} (id, client, sent) VALUES ($1, $2, $3)`, [id, name, Math.round(sent)]);
      log.add({ id, client: name, host, sent, ended: stage.clock.now(), end: 'acknowledged' });
      return true;
    } catch (error) {
      const { why, kind } = stage.backend.failureOf(error);
      const end = isSent && kind === 'unknown' ? 'unknown' : 'refused';
      log.add({ id, client: name, host: this.#host ?? host, sent, ended: stage.clock.now(), end, why });
      // A faithful client that is told "read only" looks for somebody else; a stubborn one asks again.
      if (kind !== 'read-only' || this.#options.habit !== 'stubborn') this.#leave();
      return false;
    }
  }

  async #connected(): Promise<DatabaseSession> {
    if (this.#session !== undefined) return this.#session;
    const { stage, region, habit } = this.#options;
    if (habit !== 'stubborn' || this.#host === undefined) this.#host = stage.writerFor(region);
    if (this.#host === undefined)
      throw new UnderstudyError('writer-unknown', `nobody answers ${region} who takes writes`);
    const { backend } = stage;
    this.#session = await backend.connect(backend.network.addressFrom(region, this.#host), PATIENCE);
    return this.#session;
  }

  #leave(): void {
    this.#session?.destroy();
    this.#session = undefined;
  }
}
