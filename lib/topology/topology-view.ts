import { partitionOf } from './regions';
import type { Member, MemberId, Role, Topology } from './topology';

/**
 * A topology with its lineage looked up.
 *
 * Answers for any topology, also one with cycles or unknown sources: rules look at it before it is known to be right.
 */
export class TopologyView {
  readonly topology: Topology;
  readonly #members: ReadonlyMap<MemberId, Member>;
  readonly #replicas = new Map<MemberId, Member[]>();
  readonly #cyclic: ReadonlySet<Member>;
  readonly #turned: ReadonlyMap<MemberId, Member>;

  constructor(topology: Topology) {
    this.topology = topology;
    this.#members = new Map(topology.members.map((member) => [member.id, member]));
    for (const member of topology.members) {
      if (member.replicaOf === undefined) continue;
      const siblings = this.#replicas.get(member.replicaOf);
      if (siblings === undefined) this.#replicas.set(member.replicaOf, [member]);
      else siblings.push(member);
    }
    this.#cyclic = new Set(
      topology.members.filter((member) => (this.lineageOf(member).at(-1) ?? member).replicaOf === member.id),
    );
    this.#turned = topology.cloud === 'gcp' ? this.#turnedAround() : new Map();
  }

  get(id: MemberId): Member | undefined {
    return this.#members.get(id);
  }

  /** The member that takes writes, when there is one of that id. */
  get primary(): Member | undefined {
    return this.get(this.topology.primary);
  }

  roleOf(member: Member): Role {
    if (member.retired !== undefined) return 'retired';
    return member.id === this.topology.primary ? 'primary' : 'replica';
  }

  /** Members that are not retired. */
  get active(): readonly Member[] {
    return this.topology.members.filter((member) => member.retired === undefined);
  }

  /** False while `primary` names nobody who could be it: then nobody knows who follows whom, and rules about that are skipped. */
  get hasPrimary(): boolean {
    return this.primary !== undefined && this.primary.retired === undefined;
  }

  /** True when all follow the primary whomever they were created from, also one that was primary before. */
  get isGlobal(): boolean {
    return this.topology.kind === 'global';
  }

  /** True when the member follows another now. */
  isReplica(member: Member): boolean {
    const canFollow = this.isGlobal || member.replicaOf !== undefined || this.#turned.has(member.id);
    return this.hasPrimary && canFollow && this.roleOf(member) === 'replica';
  }

  /** Active members that follow another. */
  get replicas(): readonly Member[] {
    return this.active.filter((member) => this.isReplica(member));
  }

  /** Replicas that may be promoted. */
  get promotable(): readonly Member[] {
    return this.replicas.filter((member) => member.promotion !== 'never');
  }

  /** True when the member would have been created from itself, directly or not. */
  isInCycle(member: Member): boolean {
    return this.#cyclic.has(member);
  }

  /** Whom the member was created from; undefined in a cycle, where nobody can have been first. */
  sourceOf(member: Member): Member | undefined {
    return this.isInCycle(member) ? undefined : this.#namedBy(member);
  }

  /** Whom the member follows now: a promoted or retired one follows nobody. */
  followedBy(member: Member): Member | undefined {
    if (!this.isReplica(member)) return undefined;
    return this.isGlobal ? this.primary : (this.#turned.get(member.id) ?? this.sourceOf(member));
  }

  /** Active members that follow this one now. */
  followersOf(member: Member): readonly Member[] {
    if (this.isGlobal) return member === this.primary ? this.replicas : [];
    const above = member.replicaOf === undefined ? undefined : this.get(member.replicaOf);
    const turned = above !== undefined && this.#turned.get(above.id) === member ? [above] : [];
    const created = this.#replicas.get(member.id) ?? [];
    return [...turned, ...created].filter((replica) => this.followedBy(replica) === member);
  }

  /** Everybody above the member in its lineage, nearest first; each once, so a cycle ends. */
  lineageOf(member: Member): readonly Member[] {
    return this.#walk(member, (each) => this.#namedBy(each));
  }

  /** Everybody whom the member follows, directly or not, nearest first. */
  upstreamOf(member: Member): readonly Member[] {
    return this.#walk(member, (each) => this.followedBy(each));
  }

  /** True when a switchover has turned the two around: the member follows whom was created from it. */
  isTurned(member: Member): boolean {
    return this.#turned.has(member.id) && this.isReplica(member);
  }

  /** True when the member and whom it was created from are in different Regions of one partition; false when that is not known. */
  isCrossRegion(member: Member): boolean {
    const [own, other] = [member.region, this.sourceOf(member)?.region];
    if (own === undefined || other === undefined || own === other) return false;
    if (this.topology.cloud === 'gcp') return true;
    return partitionOf(own) !== undefined && partitionOf(own) === partitionOf(other);
  }

  /**
   * On Google, a switchover makes the old primary a replica of the new one: those above the primary follow whom was created
   * from them, up to the first that is retired. Their other replicas stay with them.
   */
  #turnedAround(): ReadonlyMap<MemberId, Member> {
    const turned = new Map<MemberId, Member>();
    let below = this.primary;
    if (below === undefined || this.isInCycle(below)) return turned;
    for (const above of this.lineageOf(below)) {
      if (above.retired !== undefined || this.isInCycle(above)) break;
      turned.set(above.id, below);
      below = above;
    }
    return turned;
  }

  #namedBy(member: Member): Member | undefined {
    return member.replicaOf === undefined ? undefined : this.get(member.replicaOf);
  }

  #walk(start: Member, next: (member: Member) => Member | undefined): readonly Member[] {
    const seen = new Set([start]);
    const above: Member[] = [];
    for (let member = next(start); member !== undefined && !seen.has(member); member = next(member)) {
      seen.add(member);
      above.push(member);
    }
    return above;
  }
}
