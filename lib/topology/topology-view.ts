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

  /** True when the member follows another now. */
  isReplica(member: Member): boolean {
    return this.hasPrimary && member.replicaOf !== undefined && this.roleOf(member) === 'replica';
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
    return this.isReplica(member) ? this.sourceOf(member) : undefined;
  }

  /** Active members that follow this one now. */
  followersOf(member: Member): readonly Member[] {
    return (this.#replicas.get(member.id) ?? []).filter((replica) => this.followedBy(replica) !== undefined);
  }

  /** Everybody above the member in its lineage, nearest first; each once, so a cycle ends. */
  lineageOf(member: Member): readonly Member[] {
    return this.#walk(member, (each) => this.#namedBy(each));
  }

  /** Everybody whom the member follows, directly or not, nearest first. */
  upstreamOf(member: Member): readonly Member[] {
    return this.#walk(member, (each) => this.followedBy(each));
  }

  /** True when the member and whom it was created from are in different Regions of one partition; false when that is not known. */
  isCrossRegion(member: Member): boolean {
    const [own, other] = [member.region, this.sourceOf(member)?.region];
    if (own === undefined || other === undefined || own === other) return false;
    return partitionOf(own) !== undefined && partitionOf(own) === partitionOf(other);
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
