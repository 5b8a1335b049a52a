import { isUnderstudyError, type MemberId, type Seconds, type Topology } from '../../topology';
import type { RunbookEvent } from '../contract';
import {
  seenPrimary,
  type Decision,
  type Instant,
  type Kind,
  moveOfRun,
  type Observation,
  type RunMove,
} from '../decision';
import type { Host } from './host';
import { Interruption } from './interruption';
import type { Limits } from './limits';
import type {
  Address,
  Attempt,
  DataPlaneSighting,
  JournalEntry,
  JournalRow,
  Lease,
  Ports,
  Promotion,
  Standing,
} from './ports';

export interface RunOptions {
  readonly ports: Ports;
  readonly host: Host;
  readonly limits: Limits;
  readonly lease: Lease;
  readonly rows: readonly JournalRow[];
}

/** Rows that others go by, or that close the run: they are written at once. A call is made after its own was. */
const RELIED_ON: ReadonlySet<JournalEntry['type']> = new Set(['begun', 'resumed', 'attempt', 'promoted', 'ended']);

/** So many are written at once: DynamoDB takes a hundred items in a transaction. */
const MOST_PENDING = 20;

/** For so long a lease that was ours is believed to be, where nothing is changed. */
const MOMENT: Seconds = 1;

/** For so long nobody is believed to have asked for a stop, before the last question. */
const GLANCE: Seconds = 0.25;

/** A run in the hands of one runner: what it is told, what it has done, and its hold on the lease. */
export class Run {
  readonly ports: Ports;
  readonly host: Host;
  readonly limits: Limits;
  /** Of this runner only: what was seen last. After a resumption it is looked again. */
  observation?: Observation;
  /** Of this runner only. */
  decision?: Decision;
  /** Of this runner only: who was promoted last when it took the lease. Nobody else promotes while it has it. */
  standing?: Standing;
  /** Of this runner only: what the target said while the primary was seen to stand still. */
  applied?: DataPlaneSighting;
  /** Of this runner only: where members are found. */
  readonly addresses = new Map<MemberId, Address>();
  #lease: Lease;
  readonly #rows: JournalRow[];
  #pending: JournalRow[] = [];
  /** When the ledger last said that the lease is ours. */
  #heldAt: Instant;
  /** When it last said whether somebody wants the run to stop. */
  #toldAt: Instant = -Infinity;
  #waitedFor?: string | undefined;
  #phaseBegan: Instant;

  constructor({ ports, host, limits, lease, rows }: RunOptions) {
    this.ports = ports;
    this.host = host;
    this.limits = limits;
    this.#lease = lease;
    this.#rows = [...rows];
    // What the ledger said when the lease was taken.
    this.#heldAt = lease.until - limits.leaseTtl;
    if (!lease.isAbortAsked) this.#toldAt = this.#heldAt;
    this.#phaseBegan = ports.clock.now();
  }

  get id(): string {
    return this.#lease.runId;
  }

  get rows(): readonly JournalRow[] {
    return this.#rows;
  }

  /** What was asked at the beginning: who resumes it only lends a hand. */
  get event(): RunbookEvent {
    return this.begun.event;
  }

  get topology(): Topology {
    return this.begun.topology;
  }

  /** @throws nothing: a run that only unfences has no phases that ask */
  get kind(): Kind {
    const { kind } = this.begun;
    return kind === 'switchover' ? 'switchover' : 'failover';
  }

  /** Whom it promotes, once that was planned. */
  get target(): string {
    return this.last('planned')?.plan.target ?? '';
  }

  /** How it promotes, for whoever makes the call or looks at what it did. */
  get promotion(): Promotion {
    const [first] = this.attemptsIn('promote').filter(
      ({ outcome }) => outcome !== 'refused' && outcome !== 'not-taken',
    );
    const { kind, event } = this;
    const isFenced = this.last('fenced')?.fence.outcome === 'proven';
    return { kind, accepted: event.override ?? [], isFenced, ...(first === undefined ? {} : { calledAt: first.at }) };
  }

  /** How the primary moves in this run. */
  get move(): RunMove {
    return moveOfRun(this.topology, this.kind, this.target);
  }

  /** The newest row of a type. */
  last<T extends JournalEntry['type']>(type: T): Extract<JournalRow, { type: T }> | undefined {
    return this.#rows.findLast((row): row is Extract<JournalRow, { type: T }> => row.type === type);
  }

  /** What this run has attempted in a procedure, oldest first. */
  attemptsIn(procedure: string): readonly Attempt[] {
    const attempts: Attempt[] = [];
    for (const row of this.#rows) {
      if (row.type === 'attempt' && row.procedure === procedure) {
        attempts.push({ step: row.step, at: row.at, outcome: 'asked' });
      }
      if (row.type === 'answer' && row.procedure === procedure) {
        const { step, outcome, problem } = row;
        const index = attempts.findLastIndex((each) => each.step === step && each.outcome === 'asked');
        const asked = attempts[index];
        if (asked) attempts[index] = { ...asked, outcome, ...(problem === undefined ? {} : { problem }) };
      }
    }
    return attempts;
  }

  beginPhase(): void {
    this.#phaseBegan = this.ports.clock.now();
  }

  get phaseBegan(): Instant {
    return this.#phaseBegan;
  }

  /**
   * Notes rows. They are written with the next one that somebody relies on, and at the latest before anything is changed or
   * waited for: what a runner that dies here has noted until then, it has only looked at.
   */
  async append(...entries: readonly JournalEntry[]): Promise<void> {
    for (const entry of entries) {
      const row: JournalRow = { ...entry, number: this.#rows.length + 1, at: this.ports.clock.now() };
      this.#rows.push(row);
      this.#pending.push(row);
      if (row.type === 'phase ended') this.#waitedFor = undefined;
    }
    if (entries.some(({ type }) => RELIED_ON.has(type)) || this.#pending.length >= MOST_PENDING) await this.flush();
  }

  /** Writes what was noted, in one breath, with the check that the lease is still ours. What could not be written is not there. */
  async flush(): Promise<void> {
    const pending = this.#pending;
    if (pending.length === 0) return;
    this.#pending = [];
    try {
      await this.#hold(() => this.ports.ledger.append(this.#lease, ...pending));
    } catch (error) {
      this.#rows.splice(-pending.length);
      throw error;
    }
    for (const row of pending) this.host.onRow?.(row);
  }

  /**
   * Stops here when the lease is gone, the host's time is over or, where that can be, somebody wants the run to stop.
   *
   * Where nobody can stop it, a lease that was ours a moment ago is not asked for again: a row is written before anything is
   * changed, and asks.
   *
   * @param trusting for how long what the ledger said is believed to be so
   */
  async checkpoint(isAbortable: boolean, trusting: Seconds = isAbortable ? 0 : MOMENT): Promise<void> {
    const now = this.ports.clock.now();
    this.#endWithHost(now);
    if (now - (isAbortable ? this.#toldAt : this.#heldAt) < trusting) return;
    const until = now + this.limits.leaseTtl;
    this.#lease = await this.#hold(() => this.ports.ledger.renew(this.#lease, until, this.#waitedFor));
    // A wish that is heard where nobody can stop the run is heard again where somebody can.
    if (!this.#lease.isAbortAsked) this.#toldAt = now;
    else if (isAbortable) throw new Interruption('abort asked', 'an operator asked to stop');
  }

  /** A checkpoint that is not the last before something that nobody can take back: whoever wants the run to stop is heard a glance later. */
  async pass(isAbortable: boolean): Promise<void> {
    await this.checkpoint(isAbortable, isAbortable ? GLANCE : MOMENT);
  }

  /** A checkpoint beside a look that may take long: that phases have ended is written before, so that others see how far it is. */
  async arrive(isAbortable: boolean): Promise<void> {
    if (this.#pending.some(({ type }) => type === 'phase ended')) await this.flush();
    await this.pass(isAbortable);
  }

  #endWithHost(now: Instant): void {
    if (this.host.until !== undefined && now >= this.host.until) {
      throw new Interruption('out of time', "the host's time is over");
    }
  }

  /**
   * Waits, but not beyond the host's time, nor so long that the lease would end meanwhile. With no time left it stops here: who
   * looks and waits in turn would do so for ever.
   */
  async wait(seconds: number, title: string): Promise<void> {
    await this.flush();
    this.host.onWait?.(title);
    this.#waitedFor = title;
    const now = this.ports.clock.now();
    this.#endWithHost(now);
    await this.ports.clock.wait(Math.min(seconds, (this.host.until ?? Infinity) - now, this.limits.leaseTtl / 2));
  }

  /** Leaves it for whoever comes next. That fails silently: the lease ends by itself then. */
  async leave(): Promise<void> {
    try {
      await this.flush();
      await this.ports.ledger.leave(this.#lease, this.ports.clock.now());
    } catch (error) {
      if (!isUnderstudyError(error)) throw error;
    }
  }

  /** Since when the primary takes no writes, by the fence of this run. */
  get stoppedAt(): Instant | undefined {
    const fenced = this.last('fenced');
    if (fenced?.fence.outcome === 'proven') return fenced.at;
    return this.observation === undefined ? undefined : seenPrimary(this.observation).stoppedAt;
  }

  /** Its first row. */
  get begun(): Extract<JournalRow, { type: 'begun' }> {
    const [first] = this.#rows;
    if (first?.type === 'begun') return first;
    throw new Interruption('lease lost', `the journal of run ${this.id} does not begin with its beginning`);
  }

  /** A ledger that does not answer is as good as a lease that is lost: nothing may be done without it. */
  async #hold<T>(ask: () => Promise<T>): Promise<T> {
    const at = this.ports.clock.now();
    try {
      const held = await ask();
      this.#heldAt = at;
      return held;
    } catch (error) {
      if (isUnderstudyError(error)) throw new Interruption('lease lost', error.message);
      throw error;
    }
  }
}
