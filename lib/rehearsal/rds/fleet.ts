import { UnderstudyError } from '../../topology';
import { ApiRefusal } from '../api-refusal';
import type { Twist } from '../api-service';
import type { Clock } from '../clock';
import { promotesAbroad } from './engine-abilities';
import { isIdle, type Instance, type Maintenance, type Replication } from './instance';
import { NO_BACKEND, type InstanceBackend, type WorkKind } from './instance-backend';
import { newInstance, sourceOf, type InstanceSeed } from './instance-seed';
import { ParameterGroups } from './parameter-groups';
import { twisted, type ProcedureKind, type Stage } from './procedure';
import { backupStages, promotionStages } from './procedures';
import { Progress } from './progress';
import { USUAL_TIMES, type Timetable } from '../timetable';

export interface FleetOptions {
  readonly clock: Clock;
  readonly account: string;
  readonly instances?: readonly InstanceSeed[];
  readonly timetable?: Partial<Timetable>;
  readonly backend?: InstanceBackend;
  /** Sees every instance as it changes. @default nobody */
  readonly watcher?: FleetWatcher;
}

/** Who wants to know how instances are from a time on. */
export interface FleetWatcher {
  observe(instance: Instance, since: number): void;
  end(instance: Instance, since: number): void;
}

/** Something to begin with an instance. */
export interface Beginning {
  readonly kind: ProcedureKind;
  readonly stages: readonly Stage[];
  readonly twist?: Twist | undefined;
}

/** All database instances of the cloud: what they are, and what happens to them. */
export class Fleet {
  readonly clock: Clock;
  readonly account: string;
  readonly times: Timetable;
  readonly parameterGroups = new ParameterGroups();
  readonly #instances = new Map<string, Instance>();
  readonly #progress: Progress;
  readonly #watcher: FleetWatcher | undefined;
  readonly #backend: InstanceBackend;
  #born = 0;

  constructor(options: FleetOptions) {
    this.clock = options.clock;
    this.account = options.account;
    this.times = { ...USUAL_TIMES, ...options.timetable };
    this.#watcher = options.watcher;
    this.#backend = options.backend ?? NO_BACKEND;
    this.#progress = new Progress({
      instances: this.#instances,
      clock: this.clock,
      backend: this.#backend,
      parametersOf: ({ region, parameterGroup }) => this.parameterGroups.changesIn(region, parameterGroup),
      onChange: (instance) => this.#watcher?.observe(instance, this.clock.now()),
      onGone: (instance) => {
        this.#watcher?.end(instance, this.clock.now());
        this.#orphan(instance);
      },
    });
    for (const seed of options.instances ?? []) this.#seed(seed);
  }

  /** Every instance, oldest first. */
  get instances(): readonly Instance[] {
    return [...this.#instances.values()];
  }

  find(region: string, id: string): Instance | undefined {
    return this.instances.find((instance) => instance.region === region && instance.id === id);
  }

  byArn(arn: string): Instance | undefined {
    return this.#instances.get(arn);
  }

  replicasOf({ arn }: Pick<Instance, 'arn'>): readonly Instance[] {
    return this.instances.filter(({ source }) => source === arn);
  }

  /** @throws UnderstudyError if it is not there */
  instance(region: string, id: string): Instance {
    const found = this.find(region, id);
    if (found) return found;
    const there = this.instances.map((instance) => `${instance.region}/${instance.id}`).join(', ') || 'none';
    throw new UnderstudyError(
      'no-such-instance',
      `${region}/${id} is not there; there are: ${there}; correct the name`,
    );
  }

  /** Brings everything up to the clock's time. */
  settle(): void {
    this.#progress.settle();
  }

  /** Puts an instance into a status, whatever it was doing: a full disk, a lost key, a backup that never ends. */
  setStatus(region: string, id: string, status: string): void {
    this.#progress.change(this.instance(region, id).arn, { status, procedure: undefined });
  }

  /** Says how a replica's replication does. */
  setReplication(region: string, id: string, status: Replication['status'], message = ''): void {
    const { arn, replication } = this.#replica(region, id);
    this.#progress.change(arn, { replication: { ...replication, status, message } });
  }

  /** Says how far behind a replica is from now on, while it replicates. */
  setLag(region: string, id: string, lag: number | 'climbing'): void {
    const { arn, replication } = this.#replica(region, id);
    this.#progress.change(arn, { replication: { ...replication, lag } });
  }

  /** Says what the service is going to do to an instance by itself. It never comes to do it. */
  setMaintenance(region: string, id: string, maintenance: readonly Maintenance[]): void {
    this.#progress.change(this.instance(region, id).arn, { maintenance });
  }

  /** Begins an automated backup: for so long the instance is `backing-up`. Waits for what is going on. */
  backUp(region: string, id: string, seconds: number): void {
    this.#progress.queue(this.instance(region, id).arn, 'backup', backupStages(seconds));
  }

  /** Adds an instance and leads it through its creation. */
  add(instance: Instance, beginning: Beginning): Instance {
    const stages = twisted(beginning.stages, beginning.twist);
    this.#instances.set(instance.arn, instance);
    this.#progress.begin(instance.arn, beginning.kind, stages);
    return this.#instances.get(instance.arn) ?? instance;
  }

  /** An instance as it is born, in nobody's list yet. */
  conceive(seed: InstanceSeed): Instance {
    this.#born += 1;
    return newInstance(seed, { account: this.account, now: this.clock.now(), ordinal: this.#born });
  }

  begin({ arn }: Instance, { kind, stages, twist }: Beginning): void {
    this.#progress.begin(arn, kind, twisted(stages, twist));
  }

  /** Changes an instance at once. */
  change({ arn }: Instance, becomes: Partial<Instance>): void {
    this.#progress.change(arn, becomes);
  }

  /** Changes an instance when the time for such things to settle is over. */
  changeLater({ arn }: Instance, kind: keyof Instance['timers'], becomes: Partial<Instance>): void {
    this.#progress.later(arn, kind, { at: this.clock.now() + this.times.settling * 1000, becomes });
  }

  /** Sends the backend to work that no status waits for. */
  work({ arn }: Instance, kind: WorkKind): void {
    this.#progress.workAside(arn, kind);
  }

  /** @throws ApiRefusal InvalidDBInstanceState if it is in the middle of something */
  requireIdle(instance: Instance, message: string): void {
    if (!isIdle(instance)) throw new ApiRefusal('InvalidDBInstanceState', message);
  }

  #replica(region: string, id: string): Instance & { readonly replication: Replication } {
    const instance = this.instance(region, id);
    const { source, replication } = instance;
    if (source !== undefined && replication) return { ...instance, replication };
    throw new UnderstudyError(
      'not-a-replica',
      `${region}/${id} follows nobody; allowed is a replica; correct the name`,
    );
  }

  #seed(seed: InstanceSeed): void {
    const source = sourceOf(seed, this.instances);
    const inherited = source && { engine: source.engine, engineVersion: source.engineVersion };
    const replication: Replication | undefined = source && { status: 'replicating', message: '' };
    const bare = { ...this.conceive({ ...inherited, ...seed }), source: source?.arn, replication };
    const instance = { ...bare, endpoint: this.#backend.adopt?.(bare) ?? bare.endpoint };
    if (this.#instances.has(instance.arn)) {
      throw new UnderstudyError('seed-refused', `${seed.id} is twice in ${seed.region}; allowed is once; rename one`);
    }
    this.#instances.set(instance.arn, instance);
    this.#watcher?.observe(instance, -Infinity);
  }

  /**
   * What becomes of the replicas of an instance that is deleted: facts/aws.md §3.1.
   * That they wait for the deletion to be over was never tried live.
   */
  #orphan(gone: Instance): void {
    for (const replica of this.replicasOf(gone)) {
      if (replica.procedure?.kind === 'promotion' || replica.procedure?.kind === 'deletion') continue;
      if (replica.region === gone.region || promotesAbroad(replica)) {
        const stages = promotionStages(this.times, replica, replica.backupRetention);
        this.#progress.queue(replica.arn, 'promotion', stages);
      } else {
        const message = 'The source DB instance was deleted.';
        this.#progress.change(replica.arn, { replication: { status: 'terminated', message } });
      }
    }
  }
}
