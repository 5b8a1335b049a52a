import type { Clock } from '../../clock';
import { GoogleRefusal, timestamp } from '../google-service';
import { instanceOf, type FakeInstance, type SqlSeed } from './fake-instance';
import { USUAL_GOOGLE_TIMES, type GoogleTimes } from './google-times';
import { NO_SQL_BACKEND, type SqlBackend } from './sql-backend';

export interface SqlInstancesOptions {
  readonly clock: Clock;
  readonly project: string;
  readonly instances: readonly SqlSeed[];
  readonly times?: Partial<GoogleTimes>;
  /** What stands behind the instances. @default nothing: they are records only */
  readonly backend?: SqlBackend;
}

/** What is to be done with an instance. */
export interface SqlTask {
  readonly seconds: number;
  /** When it is over, and has not failed. */
  readonly effect: () => void;
  /** With which word it fails. @default it does not */
  readonly fails?: string | undefined;
  /** What the server behind it has to do; begins at once. @default nothing */
  readonly work?: () => Promise<void> | undefined;
}

/** Work of Cloud SQL, as the Admin API tells it. */
export interface FakeOperation {
  readonly name: string;
  readonly operationType: string;
  readonly targetId: string;
  readonly insertTime: string;
  endTime?: string;
  status: 'RUNNING' | 'DONE';
  error?: { errors: { code: string; message: string }[] };
}

/** The instances of a project, and what is being done with them. */
export class SqlInstances {
  readonly times: GoogleTimes;
  readonly project: string;
  readonly backend: SqlBackend;
  readonly operations: FakeOperation[] = [];
  /** Who can no longer be reached by anybody, whatever the API says of it. */
  readonly dead = new Set<string>();
  /** What Cloud SQL does with an instance as soon as it reaches it again. */
  readonly returning = new Map<string, () => void>();
  /** Regions that nobody reaches. */
  readonly lost = new Set<string>();
  /** Those who refuse to be stopped, as a primary with replicas may. */
  readonly unstoppable = new Set<string>();
  readonly #clock: Clock;
  readonly #instances = new Map<string, FakeInstance>();

  constructor({ clock, project, instances, times, backend = NO_SQL_BACKEND }: SqlInstancesOptions) {
    this.#clock = clock;
    this.project = project;
    this.backend = backend;
    this.times = { ...USUAL_GOOGLE_TIMES, ...times };
    for (const seed of instances) this.adopt(this.add(seed));
  }

  get all(): readonly FakeInstance[] {
    return [...this.#instances.values()];
  }

  find(name: string): FakeInstance | undefined {
    return this.#instances.get(name);
  }

  /** @throws GoogleRefusal */
  get(name: string): FakeInstance {
    const found = this.find(name);
    if (found) return found;
    throw new GoogleRefusal(404, 'instanceDoesNotExist', 'The Cloud SQL instance does not exist.');
  }

  add(seed: SqlSeed): FakeInstance {
    const instance = instanceOf(seed, this.#instances.size, this.project);
    this.#instances.set(seed.name, instance);
    return instance;
  }

  /** It has the address of the server behind it. */
  adopt(instance: FakeInstance): void {
    const ipAddress = this.backend.addressOf?.(instance);
    if (ipAddress !== undefined) instance.ipAddresses = [{ type: 'PRIVATE', ipAddress }];
  }

  /** Name of whom it follows. */
  sourceOf({ masterInstanceName }: FakeInstance): string | undefined {
    return masterInstanceName?.split(':').at(-1);
  }

  followersOf(name: string): readonly string[] {
    return this.all.filter((each) => this.sourceOf(each) === name).map((each) => each.name);
  }

  /** It takes writes, as far as Cloud SQL lets it. */
  isRunning({ name, state, settings }: FakeInstance): boolean {
    return state === 'RUNNABLE' && settings.activationPolicy === 'ALWAYS' && !this.dead.has(name);
  }

  /** Cloud SQL itself does not reach it. */
  isAway(name: string): boolean {
    return this.dead.has(name) || this.lost.has(this.get(name).region);
  }

  /** A region can be reached again: what was put off is done. */
  recover(region: string): void {
    this.lost.delete(region);
    for (const [name, goOn] of [...this.returning]) {
      if (this.isAway(name)) continue;
      this.returning.delete(name);
      goOn();
    }
  }

  isBusy(name: string): boolean {
    return this.operations.some(({ targetId, status }) => targetId === name && status !== 'DONE');
  }

  /** One thing at a time. @throws GoogleRefusal */
  begin(name: string, operationType: string, { seconds, effect, fails, work }: SqlTask): FakeOperation {
    if (this.isBusy(name)) {
      throw new GoogleRefusal(
        409,
        'operationInProgress',
        'Operation failed because another operation was already in progress. Try your request after the current operation is complete.',
      );
    }
    const operation: FakeOperation = {
      ...{ name: `operation-${this.operations.length + 1}`, operationType, targetId: name },
      ...{ insertTime: timestamp(this.#clock), status: 'RUNNING' },
    };
    this.operations.push(operation);
    const end = (problem?: { code: string; message: string }): void => {
      operation.status = 'DONE';
      operation.endTime = timestamp(this.#clock);
      if (problem === undefined) effect();
      else operation.error = { errors: [problem] };
    };
    const failure = { code: fails ?? '', message: 'An unknown error occurred.' };
    const done = fails === undefined ? work?.() : undefined;
    const outcome = done?.then(
      () => undefined,
      (error: unknown) => ({ code: 'INTERNAL_ERROR', message: (error as Error).message }),
    );
    this.#clock.alarm(this.#clock.now() + seconds * 1000, () => {
      if (outcome === undefined) end(fails === undefined ? undefined : failure);
      else void outcome.then(end);
    });
    return operation;
  }

  /** From now on it follows somebody. */
  follow(name: string, source: string): void {
    const instance = this.get(name);
    instance.instanceType = 'READ_REPLICA_INSTANCE';
    instance.masterInstanceName = `${this.project}:${source}`;
  }

  /** From now on it follows nobody. */
  release(name: string): void {
    const instance = this.get(name);
    instance.instanceType = 'CLOUD_SQL_INSTANCE';
    delete instance.masterInstanceName;
  }

  /** Of a pair, the old primary becomes the replica of the new one; who followed the old one still does. */
  turnRound(target: string, old: string): void {
    const [next, before] = [this.get(target), this.get(old)];
    this.release(target);
    next.drReplica = old;
    delete before.drReplica;
    this.follow(old, target);
  }
}
