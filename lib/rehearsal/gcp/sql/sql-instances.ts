import type { Clock } from '../../clock';
import { GoogleRefusal, timestamp } from '../google-service';
import { instanceOf, type FakeInstance, type SqlSeed } from './fake-instance';
import { USUAL_GOOGLE_TIMES, type GoogleTimes } from './google-times';

export interface SqlInstancesOptions {
  readonly clock: Clock;
  readonly project: string;
  readonly instances: readonly SqlSeed[];
  readonly times?: Partial<GoogleTimes>;
}

/** Work of Cloud SQL, as the Admin API tells it. */
export interface FakeOperation {
  readonly name: string;
  readonly operationType: string;
  readonly targetId: string;
  readonly insertTime: string;
  status: 'RUNNING' | 'DONE';
  error?: { errors: { code: string; message: string }[] };
}

/** The instances of a project, and what is being done with them. Records only: no database stands behind. */
export class SqlInstances {
  readonly times: GoogleTimes;
  readonly project: string;
  readonly operations: FakeOperation[] = [];
  /** Who can no longer be reached by anybody, whatever the API says of it. */
  readonly dead = new Set<string>();
  /** Those who refuse to be stopped, as a primary with replicas may. */
  readonly unstoppable = new Set<string>();
  readonly #clock: Clock;
  readonly #instances = new Map<string, FakeInstance>();

  constructor({ clock, project, instances, times }: SqlInstancesOptions) {
    this.#clock = clock;
    this.project = project;
    this.times = { ...USUAL_GOOGLE_TIMES, ...times };
    for (const seed of instances) this.#instances.set(seed.name, instanceOf(seed, this.#instances.size, project));
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

  isBusy(name: string): boolean {
    return this.operations.some(({ targetId, status }) => targetId === name && status !== 'DONE');
  }

  /** One thing at a time. @throws GoogleRefusal */
  begin(
    name: string,
    operationType: string,
    work: { seconds: number; effect: () => void; fails?: string },
  ): FakeOperation {
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
    this.#clock.alarm(this.#clock.now() + work.seconds * 1000, () => {
      operation.status = 'DONE';
      if (work.fails === undefined) work.effect();
      else operation.error = { errors: [{ code: work.fails, message: 'An unknown error occurred.' }] };
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
