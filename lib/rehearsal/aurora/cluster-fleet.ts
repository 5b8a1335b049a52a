import { UnderstudyError } from '../../topology';
import { ApiRefusal } from '../api-refusal';
import type { Clock } from '../clock';
import { USUAL_TIMES, type Timetable } from '../timetable';
import type {
  Cluster,
  ClusterEvent,
  ClusterServer,
  ClusterSnapshot,
  ClustersSeed,
  GlobalDatabase,
  GlobalMove,
} from './cluster';
import { NO_CLUSTER_BACKEND, type ClusterBackend } from './cluster-backend';
import { formatArn, parseArn } from '../rds/arn';
import { Courses, type CourseStep } from './course';

export interface ClusterFleetOptions {
  readonly clock: Clock;
  readonly account: string;
  readonly seed?: ClustersSeed;
  readonly timetable?: Partial<Timetable>;
  readonly backend?: ClusterBackend;
}

/** All clusters of the cloud, and the global database that they are in: what they are, and what is under way. */
export class ClusterFleet {
  readonly account: string;
  readonly times: Timetable;
  readonly backend: ClusterBackend;
  readonly #clock: Clock;
  readonly #courses: Courses;
  readonly #clusters = new Map<string, Cluster>();
  readonly #events: ClusterEvent[] = [];
  readonly #snapshots: ClusterSnapshot[] = [];
  #global: GlobalDatabase | undefined;
  #fencesThatFail = 0;

  constructor({ clock, account, seed, timetable, backend = NO_CLUSTER_BACKEND }: ClusterFleetOptions) {
    this.#clock = clock;
    this.account = account;
    this.backend = backend;
    this.times = { ...USUAL_TIMES, ...timetable };
    this.#courses = new Courses(clock);
    const seeds = seed?.clusters ?? [];
    for (const { engine = 'aurora-postgresql', servers, backupRetention = 7, ...more } of seeds) {
      const { region, id, follows, deletionProtection = true } = more;
      const source = seeds.find((each) => each.id === follows);
      this.#clusters.set(id, {
        ...{ region, id, engine, backupRetention, deletionProtection, status: 'available', sync: 'connected' },
        servers: servers.map((server) => ({ ...server, status: 'available' })),
        writer: servers[0]?.id,
        source: source && this.arnOf(source),
      });
    }
    const [first] = this.clusters;
    if (seed?.global === undefined || first === undefined) return;
    this.#global = {
      ...{ id: seed.global.id, members: this.clusters.map(({ id }) => id), writer: first.id, leadsTo: first.id },
    };
  }

  get clusters(): readonly Cluster[] {
    return [...this.#clusters.values()];
  }

  get global(): GlobalDatabase | undefined {
    return this.#global;
  }

  /** Oldest first. */
  get events(): readonly ClusterEvent[] {
    return this.#events;
  }

  get snapshots(): readonly ClusterSnapshot[] {
    return this.#snapshots;
  }

  /** @throws UnderstudyError `no-such-cluster` */
  cluster(id: string): Cluster {
    const found = this.#clusters.get(id);
    if (found) return found;
    const there = [...this.#clusters.keys()].join(', ') || 'none';
    throw new UnderstudyError('no-such-cluster', `no cluster is called ${id}; there are: ${there}; correct the name`);
  }

  /** As a call to a Region names it. @throws ApiRefusal DBClusterNotFoundFault */
  named(region: string, name: string): Cluster {
    const arn = parseArn(name);
    const found = this.#clusters.get((arn?.id ?? name).toLowerCase());
    if (found?.region === (arn?.region ?? region)) return found;
    throw new ApiRefusal('DBClusterNotFoundFault', `DBCluster ${name} not found.`, 404);
  }

  arnOf({ region, id }: Pick<Cluster, 'region' | 'id'>): string {
    return formatArn({ region, account: this.account, kind: 'cluster', id });
  }

  /** True when it follows another in the global database. */
  isSecondary({ id }: Pick<Cluster, 'id'>): boolean {
    return this.#global?.members.includes(id) === true && this.#global.writer !== id;
  }

  settle(): void {
    this.#courses.settle();
  }

  /** Changes a cluster at once. */
  change(id: string, becomes: Partial<Cluster>): void {
    this.#clusters.set(id, { ...this.cluster(id), ...becomes });
  }

  changeServer(id: string, server: string, becomes: Partial<ClusterServer>): void {
    const { servers } = this.cluster(id);
    this.change(id, { servers: servers.map((each) => (each.id === server ? { ...each, ...becomes } : each)) });
  }

  changeGlobal(becomes: Partial<Omit<GlobalDatabase, 'move'>>, move?: GlobalMove): void {
    if (this.#global === undefined) return;
    const { move: _, ...rest } = this.#global;
    this.#global = { ...rest, ...becomes, ...(move && { move }) };
  }

  /** Something begins that takes its time. */
  begin(steps: readonly CourseStep[], fail?: () => void): void {
    this.#courses.begin(steps, fail);
  }

  tell(region: string, message: string): void {
    this.#events.push({ region, at: this.#clock.now(), message });
  }

  keep(snapshot: Omit<ClusterSnapshot, 'at'>): void {
    this.#snapshots.push({ ...snapshot, at: this.#clock.now() });
  }

  /** The next attempt to block the writes of a cluster will time out. */
  failFence(): void {
    this.#fencesThatFail += 1;
  }

  /** @returns whether this attempt to block writes will come through, so far as nothing else hinders it */
  drawFence(): boolean {
    if (this.#fencesThatFail === 0) return true;
    this.#fencesThatFail -= 1;
    return false;
  }

  /** Gives a cluster one more server, without a call: as a person does it. */
  addServer(id: string, server: string, tier = 1): void {
    const cluster = this.cluster(id);
    this.change(id, { servers: [...cluster.servers, { id: server, tier, status: 'creating' }] });
    const primary = this.#global && this.cluster(this.#global.writer);
    this.begin([
      {
        seconds: this.times.creation,
        work: () => this.backend.addServer(this.cluster(id), server, primary),
        then: () => {
          this.changeServer(id, server, { status: 'available' });
          this.change(id, { writer: this.cluster(id).writer ?? server });
        },
      },
    ]);
  }

  close(): void {
    this.#courses.close();
  }
}
