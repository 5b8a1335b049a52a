import type { EmbeddedGoogle, FakeInstance } from '../../../../lib/rehearsal';
import type { DatabaseProbe, DataPlaneSighting, Question } from '../../../../lib/runbook/execution';
import { TopologyView } from '../../../../lib/topology';

/** Where the log of an instance stands, at a time. */
interface Mark {
  readonly bytes: number;
  readonly at: number;
}

/**
 * Databases that are only said to be there: what they would answer follows from what the embedded Google knows of them. The
 * primary writes a byte each second, and a replica has all of it while both run.
 */
export class SimulatedGoogle implements DatabaseProbe {
  readonly isConnected = true;
  readonly #google: EmbeddedGoogle;
  readonly #marks = new Map<string, Mark>();
  /** By whom writes were taken when somebody looked: two at one look are two primaries. */
  readonly writers: (readonly string[])[] = [];
  /** Where the log of an instance was when it was last seen to take writes, and where that of a new primary when it was promoted. */
  readonly written = new Map<string, number>();
  readonly inherited = new Map<string, number>();
  /** They get nothing any more from whom they follow. */
  readonly #severed = new Set<string>();

  constructor(google: EmbeddedGoogle) {
    this.#google = google;
  }

  /** From now on they neither answer nor send anything, whatever Cloud SQL says of them. */
  kill(...names: readonly string[]): void {
    for (const { name } of this.#google.sql.all) this.#write(name);
    for (const name of names) this.#google.sql.dead.add(name);
    for (const name of names)
      for (const each of this.#google.sql.followersOf(name)) this.#google.lag.set(each, 'growing');
  }

  /** It gets nothing any more from whom it follows, and lives on. */
  sever(name: string): void {
    this.look();
    this.#severed.add(name);
    this.#google.lag.set(name, -1);
  }

  /** From now on somebody looks once a second. */
  watch(): void {
    this.look();
    this.#google.clock.alarm(this.#google.clock.now() + 1000, () => this.watch());
  }

  ask(question: Question): Promise<DataPlaneSighting> {
    const { member, topology } = question;
    this.look();
    const instance = this.#google.sql.find(new TopologyView(topology).get(member)?.gcp?.name ?? '');
    if (instance === undefined || !this.#google.sql.isRunning(instance) || this.#isCutOff(instance)) {
      return Promise.resolve({ id: member, dataPlane: 'unreachable', acceptsWrites: 'unknown' });
    }
    const { bytes, at } = this.#write(instance.name);
    const isFed = this.#feeds(instance) !== undefined;
    return Promise.resolve({
      ...{ id: member, dataPlane: 'reachable', acceptsWrites: this.#accepts(instance) ? 'yes' : 'no' },
      position: { appliedTo: at, error: 1, ordinal: bytes, unit: 'bytes', token: String(bytes), source: 'sql' },
      ...(isFed ? { lastHeard: this.#now() } : {}),
      ...(this.#google.sql.sourceOf(instance) === undefined ? {} : { isFollowing: isFed }),
    });
  }

  async tryWrite(question: Question): Promise<'yes' | 'no' | 'unknown'> {
    return (await this.ask(question)).acceptsWrites;
  }

  /** Notes who takes writes now. */
  look(): void {
    const { all } = this.#google.sql;
    const writers = all.filter((each) => this.#accepts(each)).map(({ name }) => name);
    for (const name of writers) {
      if (this.#marks.has(name) && !this.written.has(name)) this.inherited.set(name, this.#marks.get(name)?.bytes ?? 0);
    }
    for (const { name } of all) this.#write(name);
    for (const name of writers) this.written.set(name, this.#marks.get(name)?.bytes ?? 0);
    this.writers.push(writers);
  }

  /** Nothing in its region can be reached from here. */
  #isCutOff({ region }: FakeInstance): boolean {
    return this.#google.sql.lost.has(region);
  }

  /** From whom it gets writes now. */
  #feeds(instance: FakeInstance): string | undefined {
    const { sql } = this.#google;
    const source = sql.sourceOf(instance);
    if (source === undefined || this.#severed.has(instance.name)) return undefined;
    const isApart = this.#isCutOff(instance) !== this.#isCutOff(sql.get(source));
    return !isApart && sql.isRunning(sql.get(source)) ? source : undefined;
  }

  #now(): number {
    return this.#google.clock.now() / 1000;
  }

  /** Brings the log of an instance up to now. */
  #write(name: string): Mark {
    const instance = this.#google.sql.get(name);
    const before = this.#marks.get(name) ?? { bytes: this.#now(), at: this.#now() };
    const mark = this.#google.sql.isRunning(instance) ? this.#next(instance, before) : before;
    this.#marks.set(name, mark);
    return mark;
  }

  #next(instance: FakeInstance, before: Mark): Mark {
    const now = this.#now();
    if (this.#accepts(instance)) return { bytes: before.bytes + (now - before.at), at: now };
    const source = this.#google.sql.sourceOf(instance);
    // One that was frozen commits nothing more, and its clock goes on.
    if (source === undefined) return { bytes: before.bytes, at: now };
    const feeds = this.#feeds(instance);
    return feeds === undefined ? before : this.#write(feeds);
  }

  #accepts(instance: FakeInstance): boolean {
    const flags = instance.settings.databaseFlags ?? [];
    const isFrozen = flags.some(({ name, value }) => /read_only$/.test(name) && value === 'on');
    return instance.instanceType === 'CLOUD_SQL_INSTANCE' && !isFrozen && this.#google.sql.isRunning(instance);
  }
}
