import { setTimeout } from 'node:timers/promises';
import { UnderstudyError } from '../../topology';
import type { Instance } from '../rds/instance';
import type { DatabaseBackend, DatabaseBackendOptions } from './database-backend';
import type { DatabaseSession, StatementFailure } from './database-session';
import { Loopback, type Address } from './loopback';
import { masterUser, secretOf, type MasterUser } from './master-user';
import type { ServedMember } from './served-member';
import { handOver } from './hand-over';
import type { Origin, ServerCrew } from './server-crew';
import type { ServedInstance, ServerWork } from './server-work';

/** Milliseconds of the machine. */
const FIRST_CONNECTION = 30_000;
/** Between two looks whether it is there. */
const CONNECTING = 20;

/** A real server behind every instance. What differs between engines is its crew's. */
export class RealBackend<Member extends ServedMember> implements DatabaseBackend {
  readonly master: MasterUser;
  readonly network: Loopback;
  readonly #options: DatabaseBackendOptions;
  readonly #crew: ServerCrew<Member>;
  readonly #members = new Map<string, Member>();

  private constructor(options: DatabaseBackendOptions, master: MasterUser, crew: ServerCrew<Member>) {
    this.#options = options;
    this.master = master;
    this.#crew = crew;
    const { seeds, regions = [] } = options;
    this.network = new Loopback({ regions: [...seeds.map(({ region }) => region), ...regions] });
  }

  /** Starts the servers of the seeds: the origins, and their replicas, each fed by whom it follows. */
  static async start<Member extends ServedMember>(
    options: DatabaseBackendOptions,
    muster: (master: MasterUser) => Promise<ServerCrew<Member>>,
  ): Promise<RealBackend<Member>> {
    const master = masterUser(options.master);
    const backend = new RealBackend(options, master, await muster(master));
    try {
      await backend.#raise();
      return backend;
    } catch (error) {
      await backend.close();
      throw error;
    }
  }

  get secret(): string {
    return secretOf(this.#crew.engine, this.master);
  }

  get folder(): string {
    return this.#crew.folder;
  }

  get members(): readonly Member[] {
    return [...this.#members.values()];
  }

  member(region: string, id: string): Member {
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

  connect(address: Address, patience: number): Promise<DatabaseSession> {
    return this.#crew.connect(address, this.master, patience);
  }

  failureOf(error: unknown): StatementFailure {
    return this.#crew.failureOf(error);
  }

  lagOf(session: DatabaseSession): Promise<number | undefined> {
    return this.#crew.lagOf(session);
  }

  beat(session: DatabaseSession): Promise<void> {
    return this.#crew.beat(session);
  }

  adopt({ region, id, parameterGroup }: ServedInstance): Instance['endpoint'] {
    const { viewpoint = region } = this.#options;
    const member = this.member(region, id);
    member.begunWith(parameterGroup);
    const { host, port } = this.network.addressFrom(viewpoint, member.doors.host);
    return { address: host, port };
  }

  carryOut(work: ServerWork): Promise<void> {
    const { kind, instance } = work;
    if (kind === 'create' || kind === 'replicate') return this.#make(work);
    const member = this.member(instance.region, instance.id);
    return member.inTurn(() => this.#carryOut(member, work));
  }

  /** A server more, that is no instance of the cloud's own: a copy of another, which it follows. It is not started. */
  async enlist(seed: Pick<Instance, 'region' | 'id'>, source: Member): Promise<Member> {
    const member = await this.#recruit(seed, { kind: 'running', source });
    await member.follow(source);
    this.#relink();
    return member;
  }

  async close(): Promise<void> {
    await Promise.all(this.members.map((member) => member.close()));
    await this.network.close();
    await this.#crew.close();
  }

  async #carryOut(member: Member, work: ServerWork): Promise<void> {
    const { kind, instance, parameters } = work;
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
        return this.#crew.remove(member);
      case 'rejoin':
        return this.#rejoin(member, this.#sourceIn(work), work);
      case 'hand-over':
        return this.#handOver(member, work);
      case 'create':
      case 'replicate':
    }
  }

  /** What only it has is gone. */
  async #rejoin(
    member: Member,
    source: Member,
    { instance, parameters }: Pick<ServerWork, 'instance' | 'parameters'>,
  ): Promise<void> {
    await member.refill((folder) => this.#crew.copy(source, folder));
    await member.follow(source);
    this.#relink();
    await member.start(instance.parameterGroup, parameters);
    member.doors.shut = false;
  }

  async #handOver(member: Member, { patience = 0, ...work }: ServerWork): Promise<void> {
    const old = this.#sourceIn(work);
    await old.inTurn(async () => {
      await handOver(old, member, patience);
      await this.#rejoin(old, member, work);
    });
  }

  /** Groups count when they are active: until then those of before do. */
  #guard({ doors }: Member, { securityGroups, securityGroupStatus }: ServedInstance): void {
    if (securityGroups === undefined || securityGroupStatus !== 'active') return;
    const { closedGroups = [] } = this.#options;
    doors.shut = securityGroups.every((group) => closedGroups.includes(group));
  }

  async #make(work: ServerWork): Promise<void> {
    const { kind, instance, parameters } = work;
    const followed = kind === 'replicate' ? this.#sourceIn(work) : undefined;
    const member = await this.#recruit(instance, followed ? { kind: 'running', source: followed } : { kind: 'empty' });
    if (followed) await member.follow(followed);
    this.#guard(member, instance);
    await member.start(instance.parameterGroup, parameters);
    if (!followed) await this.#crew.settle(member);
    this.#relink();
  }

  #sourceIn({ instance, source }: Pick<ServerWork, 'instance' | 'source'>): Member {
    if (source !== undefined) return this.member(source.region, source.id);
    throw new UnderstudyError(
      'source-gone',
      `${instance.id} follows nobody who is still there; allowed is a source that runs`,
    );
  }

  async #raise(): Promise<void> {
    for (const seed of this.#options.seeds) {
      await this.#recruit(seed, { kind: 'first', isReplica: seed.replicaOf !== undefined });
    }
    for (const { region, id, replicaOf } of this.#options.seeds) {
      const source = replicaOf === undefined ? undefined : this.#named(replicaOf, region);
      if (source) await this.member(region, id).follow(source);
    }
    await Promise.all(this.members.map((member) => member.start(undefined, [])));
    await Promise.all(this.members.map((member) => this.#followed(member)));
  }

  /**
   * What is measured first must not be a replica that has only begun to connect. MariaDB's, which is a copy, has all there is before
   * it is connected; and one that came before its source was up tries again after a second, which may be a minute of the cloud's.
   */
  async #followed(member: Member): Promise<void> {
    const source = member.link && this.members.find((each) => each === member.link?.source);
    if (source === undefined) return;
    // One who has heard from nobody yet has nothing for those who follow it.
    await this.#followed(source);
    const deadline = performance.now() + FIRST_CONNECTION;
    let isFollowing = await member.arrived(source, FIRST_CONNECTION);
    while (isFollowing && !(await this.#replicates(member))) {
      isFollowing = performance.now() < deadline;
      await setTimeout(CONNECTING);
    }
    if (isFollowing) return;
    throw new UnderstudyError(
      'replica-unconnected',
      `${member.id} did not follow ${source.id} within ${FIRST_CONNECTION / 1000} s of their start; allowed: a machine that is less busy; try again`,
    );
  }

  async #replicates(member: Member): Promise<boolean> {
    const session = await member.administer();
    try {
      // Of one that has applied nothing yet, PostgreSQL tells none.
      return ((await this.lagOf(session)) ?? 0) >= 0;
    } finally {
      session.destroy();
    }
  }

  #named(id: string, region: string): Member {
    return (
      this.#members.get(`${region}/${id}`) ?? this.members.find((each) => each.id === id) ?? this.member(region, id)
    );
  }

  async #recruit({ region, id }: Pick<ServedInstance, 'region' | 'id'>, origin: Origin<Member>): Promise<Member> {
    const doors = (target: () => string | undefined) => this.network.admit(region, target);
    const member = await this.#crew.recruit({ region, id, origin, doors });
    this.#members.set(`${region}/${id}`, member);
    return member;
  }

  /** Replication passes unless the two Regions are apart. */
  #relink(): void {
    for (const { link, region } of this.members) {
      if (link) link.isCut = this.network.isCut(region, link.source.region);
    }
  }
}
