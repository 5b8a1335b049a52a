import { TopologyView, type Member, type MemberId } from '../../topology';
import { appliedTo, comparePositions } from './applied-to';
import { lossOf, type Loss } from './loss';
import { seen, type MemberObservation, type Observation, type Position } from './observation';
import type { Policy } from './policy';

/** Why a member is no candidate. */
export type Exclusion =
  | 'is the primary'
  | 'is retired'
  | 'is never to be promoted'
  | 'cannot be reached'
  | 'is not ready'
  | 'does not replicate'
  | 'has no known position';

/** A member that may be promoted, in the order in which it should be. */
export interface EligibleCandidate {
  readonly member: MemberId;
  /** 1 is first. */
  readonly rank: number;
  readonly reason: string;
  readonly position: Position;
  /** Undefined: it cannot be told. */
  readonly loss?: Loss;
}

/** A member that may not be promoted. */
export interface ExcludedMember {
  readonly member: MemberId;
  readonly exclusion: Exclusion;
  readonly reason: string;
  /** Where it was when it was last heard of; it may have been ahead of all that are left. */
  readonly position?: Position;
}

export interface Candidates {
  /** Best first. */
  readonly eligible: readonly EligibleCandidate[];
  readonly excluded: readonly ExcludedMember[];
}

interface Contender {
  readonly member: Member;
  readonly position: Position;
}

/**
 * Who may be promoted, best first, and why the others may not.
 *
 * The position dominates, because replicas of RDS cannot catch up from each other: whatever the promoted one lacks is lost.
 * The priority decides only between positions that differ by no more than the tolerance; then the primary's Region, then the
 * id. A member that is sick is left out and holds up nobody.
 */
export function candidatesIn(observation: Observation, mode: 'switchover' | 'failover', policy: Policy): Candidates {
  const view = new TopologyView(observation.topology);
  const primary = seen(observation, observation.topology.primary);
  const contenders: Contender[] = [];
  const excluded: ExcludedMember[] = [];
  for (const member of observation.topology.members) {
    const sight = seen(observation, member.id);
    const position = appliedTo(sight, mode === 'failover' ? primary.lastSeenAlive : undefined, policy);
    const exclusion =
      exclusionOf(view, member, sight, mode) ?? (position === undefined ? 'has no known position' : undefined);
    if (exclusion !== undefined)
      excluded.push({ member: member.id, exclusion, reason: reasonFor(member.id, exclusion, sight), position });
    else if (position !== undefined) contenders.push({ member, position });
  }
  const region = view.primary?.region;
  return {
    eligible: rank(contenders, region, policy).map((each, index) => eligible(each, index, primary, observation)),
    excluded,
  };
}

function exclusionOf(
  view: TopologyView,
  member: Member,
  sight: MemberObservation,
  mode: 'switchover' | 'failover',
): Exclusion | undefined {
  const role = view.roleOf(member);
  if (role === 'primary') return 'is the primary';
  if (role === 'retired') return 'is retired';
  if (member.promotion === 'never') return 'is never to be promoted';
  if (sight.controlPlane !== 'reachable') return 'cannot be reached';
  if (!sight.isReady) return 'is not ready';
  // In a failover the stream is broken because the primary is: what counts is how it was before, in the samples.
  if (mode === 'switchover' && sight.replication !== 'running') return 'does not replicate';
  return undefined;
}

function reasonFor(id: MemberId, exclusion: Exclusion, { status, replication }: MemberObservation): string {
  if (exclusion === 'is not ready') return `${id} is ${status ?? 'in an unknown condition'}`;
  if (exclusion === 'does not replicate') return `replication into ${id} is ${replication}`;
  return `${id} ${exclusion}`;
}

/** Groups of equal position, best group first, each in order of priority. */
function rank(contenders: readonly Contender[], region: string | undefined, policy: Policy): readonly Contender[] {
  const rest = contenders.toSorted((a, b) => b.position.appliedTo - a.position.appliedTo);
  const ranked: Contender[] = [];
  while (rest.length > 0) {
    const [best] = rest;
    if (best === undefined) break;
    // Measured from the best of the group, so that a chain of small differences does not add up to a large one.
    const equal = rest.filter(({ position }) => comparePositions(position, best.position, policy) === 0);
    ranked.push(...equal.toSorted((a, b) => byPreference(a.member, b.member, region)));
    rest.splice(0, rest.length, ...rest.filter((each) => !equal.includes(each)));
  }
  return ranked;
}

function byPreference(a: Member, b: Member, region: string | undefined): number {
  const priority = Number(a.promotion) - Number(b.promotion);
  const near = Number(b.region === region) - Number(a.region === region);
  return priority || near || (a.id < b.id ? -1 : 1);
}

function eligible(
  { member, position }: Contender,
  index: number,
  primary: MemberObservation,
  { at }: Observation,
): EligibleCandidate {
  const place = position.source === 'sql' ? 'by its own word' : 'by its last lag before';
  return {
    member: member.id,
    rank: index + 1,
    reason: `has applied writes up to ${new Date(position.appliedTo * 1000).toISOString()} (${place}), priority ${member.promotion}`,
    position,
    loss: lossOf(position, primary, at),
  };
}
