import { UnderstudyError } from '../../topology';
import type { Instance } from '../rds/instance';
import type { Work } from '../rds/instance-backend';
import type { DatabaseBackend, DatabaseBackendOptions } from '../servers/database-backend';
import type { DatabaseSession } from '../servers/database-session';
import { masterUser, secretOf, type MasterUser } from '../servers/master-user';
import { cloneServer, cloneStopped } from './clone-server';
import { knownSettings, type KnownSettings } from './group-settings';
import { Loopback, type Address } from '../servers/loopback';
import { PostgresMember } from './postgres-member';
import type { PostgresServer } from './postgres-server';
import { postgresSession, failureOf } from './postgres-session';
import { beat, lagOf } from './replica-lag';
import { ServerRoom } from './server-room';
import { REPLICATOR, settleServer } from './settle-server';

interface Quarters {
  readonly room: ServerRoom;
  readonly network: Loopback;
  readonly known: KnownSettings;
}

/** Milliseconds between two signs of life over a link that is idle: PostgreSQL's own, and no less than a busy machine manages. */
const KEEP_ALIVE = { usual: 60_000, least: 2000 };

/** A real PostgreSQL server behind every instance. */
export class PostgresBackend implements DatabaseBackend {
  readonly master: MasterUser;
  readonly network: Loopback;
  readonly #options: DatabaseBackendOptions;
  readonly #quarters: Quarters;
  readonly #members = new Map<string, PostgresMember>();
  readonly failureOf = failureOf;
  readonly lagOf = lagOf;
  readonly beat = beat;

  private constructor(options: DatabaseBackendOptions, master: MasterUser, quarters: Quarters) {
    this.#options = options;
    this.master = master;
    this.#quarters = quarters;
    this.network = quarters.network;
  }

  /** Starts the servers of the seeds: the origins, and their replicas, each streaming from whom it follows. */
  static async start(options: DatabaseBackendOptions): Promise<PostgresBackend> {
    const master = masterUser(options.master);
    const room = await ServerRoom.open();
    const network = new Loopback({ regions: options.seeds.map(({ region }) => region) });
    try {
      const origin = await room.add();
      await origin.start();
      await settleServer(origin, master);
      const known = await knownSettings(origin);
      await origin.stop();
      const backend = new PostgresBackend(options, master, { room, network, known });
      await backend.#raise(origin);
      return backend;
    } catch (error) {
      await Promise.all([network.close(), room.close()]);
      throw error;
    }
  }

  get secret(): string {
    return secretOf('postgres', this.master);
  }

  get members(): readonly PostgresMember[] {
    return [...this.#members.values()];
  }

  member(region: string, id: string): PostgresMember {
    const found = this.#members.get(`${region}/${id}`);
    if (found) return found;
    throw new UnderstudyError(
      'no-such-server',
      `no server stands behind ${region}/${id}; there are: ${[...this.#members.keys()].join(', ') || 'none'}; correct the name`,
    );
  }

  cut(region: string): void {
    this.network.cut(region);
    this.#relink();
  }

  reconnect(region: string): void {
    this.network.reconnect(region);
    this.#relink();
  }

  connect({ host, port }: Address, patience: number): Promise<DatabaseSession> {
    const { username: user, password, database } = this.master;
    return postgresSession({ host, port, user, password, database }, patience);
  }

  adopt({ region, id, parameterGroup }: Instance): Instance['endpoint'] | undefined {
    const { viewpoint = region } = this.#options;
    const member = this.member(region, id);
    member.begunWith(parameterGroup);
    const { host, port } = this.network.addressFrom(viewpoint, member.doors.host);
    return { address: host, port };
  }

  carryOut(work: Work): Promise<void> {
    const { kind, instance } = work;
    if (kind === 'create' || kind === 'replicate') return this.#make(work);
    const member = this.member(instance.region, instance.id);
    return member.inTurn(() => this.#carryOut(member, work));
  }

  async close(): Promise<void> {
    await Promise.all(this.members.map((member) => member.close()));
    await this.network.close();
    await this.#quarters.room.close();
  }

  async #carryOut(member: PostgresMember, { kind, instance, parameters }: Work): Promise<void> {
    switch (kind) {
      case 'promote':
        return member.promote();
      case 'configure':
        this.#guard(member, instance);
        return member.reconfigure(instance.parameterGroup, parameters);
      case 'reboot':
        await member.server.stop();
        member.doors.drop();
        return member.start(instance.parameterGroup, parameters);
      case 'start':
        return member.start(instance.parameterGroup, parameters);
      case 'stop':
        return member.server.stop();
      case 'delete':
        this.#members.delete(`${member.region}/${member.id}`);
        await member.close();
        return this.#quarters.room.remove(member.server);
      case 'create':
      case 'replicate':
    }
  }

  /** Groups count when they are active: until then those of before do. */
  #guard({ doors }: PostgresMember, { securityGroups, securityGroupStatus }: Instance): void {
    if (securityGroupStatus !== 'active') return;
    const { closedGroups = [] } = this.#options;
    doors.shut = securityGroups.every((group) => closedGroups.includes(group));
  }

  async #make({ kind, instance, source, parameters }: Work): Promise<void> {
    const { room } = this.#quarters;
    const followed = source && kind === 'replicate' ? this.member(source.region, source.id) : undefined;
    if (kind === 'replicate' && !followed) throw sourceGone(instance);
    const server = await room.add(followed && ((folder) => cloneServer(followed.server, folder)));
    const member = await this.#admit(instance, server);
    if (followed) await member.follow(followed);
    this.#guard(member, instance);
    await member.start(instance.parameterGroup, parameters);
    if (!followed) await settleServer(server, this.master);
    this.#relink();
  }

  async #raise(template: PostgresServer): Promise<void> {
    const { room } = this.#quarters;
    for (const seed of this.#options.seeds) {
      const isReplica = seed.replicaOf !== undefined;
      const isFirst = this.#members.size === 0;
      const copied = (): Promise<PostgresServer> => room.add((folder) => cloneStopped(template, folder, isReplica));
      await this.#admit(seed, isFirst ? template : await copied());
    }
    for (const { region, id, replicaOf } of this.#options.seeds) {
      const source = replicaOf === undefined ? undefined : this.#named(replicaOf, region);
      if (source) await this.member(region, id).follow(source);
    }
    await Promise.all(this.members.map((member) => member.start(undefined, [])));
  }

  #named(id: string, region: string): PostgresMember {
    return (
      this.#members.get(`${region}/${id}`) ?? this.members.find((each) => each.id === id) ?? this.member(region, id)
    );
  }

  async #admit(instance: Pick<Instance, 'region' | 'id'>, server: PostgresServer): Promise<PostgresMember> {
    const { region, id } = instance;
    const { network, known } = this.#quarters;
    const timeout = Math.max(KEEP_ALIVE.least, KEEP_ALIVE.usual / (this.#options.scale ?? 1));
    const usual = { wal_sender_timeout: `${Math.round(timeout)}ms`, wal_receiver_timeout: `${Math.round(timeout)}ms` };
    const doors = await network.admit(region, () => (server.isRunning ? server.socket : undefined));
    const replicator = { user: REPLICATOR, password: server.options.password };
    const { database } = this.master;
    const member = new PostgresMember({ region, id, server, doors, usual, known, replicator, database });
    this.#members.set(`${region}/${id}`, member);
    return member;
  }

  /** Replication passes unless the two Regions are apart. One that is broken on purpose stays so. */
  #relink(): void {
    for (const { link, source, region } of this.members) {
      if (!link || !source || link.state === 'closed') continue;
      link.state = this.network.isCut(region, source.region) ? 'cut' : 'open';
    }
  }
}

function sourceGone({ id }: Instance): UnderstudyError {
  return new UnderstudyError('source-gone', `${id} follows nobody who is still there; allowed is a source that runs`);
}
