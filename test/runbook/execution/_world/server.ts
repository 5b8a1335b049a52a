import type { EngineName } from '../../../../lib/topology';
import type { LagSample } from '../../../../lib/runbook/decision';

/** A write that was acknowledged to a client. */
export interface Write {
  readonly id: number;
  /** When it was committed. */
  readonly at: number;
  readonly member: string;
}

export interface ServerOptions {
  readonly id: string;
  readonly region: string;
  readonly engine: EngineName;
  /** How many seconds late it applies what has arrived. */
  readonly delay: number;
  readonly bootedAt: number;
}

/** One database server, as it really is: what the cloud and the probe tell of it is another matter. */
export class Server {
  readonly id: string;
  readonly region: string;
  readonly host: string;
  readonly delay: number;
  readonly engine: EngineName;
  isUp = true;
  /** For everybody who does not insist. */
  isReadOnly = false;
  /** Since when it lets no new connection in. */
  quarantinedAt?: number;
  /** Sessions from before have ended. */
  bootedAt: number;
  follows?: Server;
  /** Nothing arrives from whom it follows. */
  isStreamCut = false;
  lastHeard?: number;
  /** What is applied. */
  readonly log: Write[] = [];
  /** What has arrived, applied or not. */
  readonly #relay: Write[] = [];
  readonly samples: LagSample[] = [];

  constructor({ id, region, engine, delay, bootedAt }: ServerOptions) {
    this.id = id;
    this.region = region;
    this.host = `${id}.${region}.example`;
    this.delay = delay;
    this.bootedAt = bootedAt;
    this.engine = engine;
  }

  get isPrimary(): boolean {
    return this.follows === undefined;
  }

  /** Whether a client who comes now can write, if it does not insist. */
  get letsWrite(): boolean {
    return this.isUp && this.isPrimary && !this.isReadOnly && this.quarantinedAt === undefined;
  }

  /** Whether any client can write who does not insist: sessions from before a quarantine live until a restart. */
  get canBeWritten(): boolean {
    const isSealed = this.quarantinedAt !== undefined && this.bootedAt >= this.quarantinedAt;
    return this.isUp && this.isPrimary && !this.isReadOnly && !isSealed;
  }

  get isReplicating(): boolean {
    return this.isUp && this.follows?.isUp === true && !this.isStreamCut;
  }

  /** Receives and applies. */
  replicate(now: number): void {
    if (this.follows === undefined || !this.isUp) return;
    if (this.isReplicating) {
      this.lastHeard = now;
      const { log } = this.follows;
      for (let next = log[this.#relay.length]; next; next = log[this.#relay.length]) this.#relay.push(next);
    }
    for (let next = this.#relay[this.log.length]; next; next = this.#relay[this.log.length]) {
      if (next.at > now - this.delay) break;
      this.log.push(next);
    }
    if (now % 60 === 0) this.samples.push({ at: now, lag: this.#lag(now) });
  }

  /** A promoted replica applies what has arrived, and follows nobody any more. */
  becomePrimary(): void {
    this.log.push(...this.#relay.slice(this.log.length));
    delete this.follows;
  }

  #lag(now: number): number | null {
    if (this.engine === 'postgres') return now - (this.log.at(-1)?.at ?? now);
    if (this.lastHeard === undefined || now > this.lastHeard + 60) return null;
    const waiting = this.#relay[this.log.length];
    return waiting === undefined ? 0 : now - waiting.at;
  }
}
