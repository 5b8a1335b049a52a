import { UnderstudyError } from '../../topology';
import type { PostgresMember } from '../postgres/postgres-member';
import type { Parameter } from '../rds/parameter-groups';
import type { Doors, Loopback } from '../servers/loopback';

/** Milliseconds of the machine in which a server that works gets what there is. */
const CATCHES_UP = 30_000;
/** Milliseconds of the machine that a server has to answer. */
const ANSWERS = 2000;

export interface ClusterUnitOptions {
  readonly region: string;
  readonly id: string;
  /** The first takes the writes of the volume, or would. Empty: headless. */
  readonly servers: readonly PostgresMember[];
  readonly isPrimary: boolean;
  readonly network: Loopback;
}

/**
 * The servers of one cluster. The volume that they share is played by one server that takes the writes and others that follow it:
 * a write is acknowledged when all that are well have applied it, so that each of them can go on with all there is.
 */
export class ClusterUnit {
  readonly region: string;
  readonly id: string;
  /** Who comes here is led to whoever takes writes; and of a secondary, to nobody. */
  writerDoors!: Doors;
  /** Who comes here is led to a reader; where there is none, to the head. */
  readerDoors!: Doors;
  servers: readonly PostgresMember[];
  head: PostgresMember | undefined;
  isPrimary: boolean;
  #isFenced = false;
  /** Who has to have applied a write. */
  #together: readonly PostgresMember[] = [];

  private constructor({ region, id, servers, isPrimary }: ClusterUnitOptions) {
    [this.region, this.id, this.servers, this.isPrimary] = [region, id, servers, isPrimary];
    this.head = servers[0];
  }

  static async open(options: ClusterUnitOptions): Promise<ClusterUnit> {
    const unit = new ClusterUnit(options);
    const { network, region } = options;
    unit.writerDoors = await network.admit(region, () => (unit.takesWrites ? unit.head?.socket : undefined));
    unit.readerDoors = await network.admit(region, () => unit.#reader?.socket);
    return unit;
  }

  get takesWrites(): boolean {
    return this.isPrimary && !this.#isFenced;
  }

  /** Servers beside the head. */
  get others(): readonly PostgresMember[] {
    return this.servers.filter((server) => server !== this.head);
  }

  /** Servers that get all there is from the head. */
  get #well(): readonly PostgresMember[] {
    return this.others.filter(({ server, source }) => server.isAwake && source === this.head);
  }

  get #reader(): PostgresMember | undefined {
    return this.others.find(({ server }) => server.isAwake) ?? this.head;
  }

  /** @throws UnderstudyError `headless` */
  get needHead(): PostgresMember {
    if (this.head !== undefined) return this.head;
    throw new UnderstudyError(
      'headless',
      `${this.id} has data and no server; allowed: a cluster with one; add a server`,
    );
  }

  /** Whoever writes on it is cut short, and told nothing; nobody writes on it any more. */
  async fence(): Promise<void> {
    this.#isFenced = true;
    this.writerDoors.drop();
    const { head } = this;
    // One that hangs or is dead writes nothing for anybody: whom it could answer has lost the connection.
    if (head?.server.isAwake !== true) return;
    await silence(head).catch(() => undefined);
  }

  /** Who follows it gets everything before this is over. @throws UnderstudyError `behind` */
  async drainTo(follower: PostgresMember): Promise<void> {
    const [row] = await this.needHead.server.query<{ at: string }>('SELECT pg_current_wal_lsn()::text AS at');
    await hasReached(follower, row?.at ?? '0/0');
  }

  async promote(): Promise<void> {
    await this.needHead.promote();
    this.isPrimary = true;
    this.#isFenced = false;
    await this.bind();
  }

  /** All its servers are made anew, one after another: the first from another cluster's, the others from the first. */
  async remakeFrom(primary: PostgresMember): Promise<void> {
    this.isPrimary = false;
    this.#together = [];
    const { head } = this;
    if (head === undefined) return;
    // A server that takes writes no more is none of those that somebody waits for.
    await Promise.all(this.others.map(({ server }) => server.stop('kill')));
    await head.remake(primary);
    for (const other of this.others) await other.remake(head);
  }

  /** Another server takes the writes of the volume. What was acknowledged it has. */
  async failOverTo(id: string): Promise<void> {
    const next = this.serverCalled(id);
    // The volume has one writer; and who reads is not to read what was.
    const others = this.servers.filter((server) => server !== next);
    await Promise.all(others.map((server) => server.kill()));
    this.writerDoors.drop();
    await next.promote();
    this.head = next;
    this.#together = [];
    await this.bind([]);
  }

  /** All others follow the new head. */
  async rejoin(): Promise<void> {
    const { needHead: head } = this;
    for (const other of this.others) await other.remake(head);
    await this.bind();
  }

  serverCalled(id: string): PostgresMember {
    const found = this.servers.find((each) => each.id === id);
    if (found) return found;
    throw new UnderstudyError('no-such-server', `${this.id} has no server ${id}; allowed: one of its own; name that`);
  }

  /** From now on a write is acknowledged when all that are well have it; and all of them have what was before. */
  async bind(together = this.#well): Promise<void> {
    const { head } = this;
    if (!this.isPrimary || head === undefined) return;
    this.#together = together;
    await head.retune(bonds(together));
    await Promise.all(together.map((each) => this.drainTo(each)));
  }

  /** Whoever went meanwhile is waited for no longer, and who came back is. @returns who is well now, where that changed */
  async adjust(): Promise<readonly PostgresMember[] | undefined> {
    if (!this.isPrimary || this.head?.server.isAwake !== true) return undefined;
    const well = this.#well;
    const isSame = well.length === this.#together.length && well.every((each) => this.#together.includes(each));
    if (isSame) return undefined;
    await this.bind(well);
    return well;
  }

  async close(): Promise<void> {
    await Promise.all([this.writerDoors.close(), this.readerDoors.close()]);
  }
}

function bonds(together: readonly PostgresMember[]): readonly Parameter[] {
  const names = together.map(({ id }) => `"${id}"`).join(', ');
  const value = together.length === 0 ? '' : `FIRST ${together.length} (${names})`;
  return [
    { name: 'synchronous_commit', value: 'remote_apply', method: 'immediate' },
    { name: 'synchronous_standby_names', value, method: 'immediate' },
  ];
}

/** Ends all sessions of clients, and waits until none is left. */
async function silence(head: PostgresMember): Promise<void> {
  const session = await head.administer(ANSWERS);
  try {
    for (let left = 1; left > 0;) {
      const rows = await session.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
      );
      left = rows.length;
    }
  } finally {
    session.destroy();
  }
}

async function hasReached({ id, server }: PostgresMember, place: string): Promise<void> {
  const deadline = Date.now() + CATCHES_UP;
  while (Date.now() < deadline) {
    const rows = await server.query<{ has: boolean }>(
      'SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS has WHERE pg_is_in_recovery()',
      [place],
    );
    if (rows[0]?.has === true) return;
    await new Promise((resolve) => void setTimeout(resolve, 20));
  }
  throw new UnderstudyError('behind', `${id} has not got all up to ${place} in ${CATCHES_UP / 1000} s of the machine`);
}
