import { TopologyView, type Member, type MemberId } from '../../topology';
import type { Candidate } from '../contract';
import { certainTo, newest } from './applied-to';
import { exclusionOf, reasonFor, type Exclusion } from './exclusion';
import { instantText } from './instant-text';
import { lossEstimate, lossOf, type Loss } from './loss';
import { moveOf } from './move';
import { seen, type Observation, type Position } from './observation';
import type { Kind } from './signals';
import type { Policy } from './policy';
import { positionsIn } from './positions';

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
  /** By id. */
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
 * A member that is sick is left out and holds up nobody, nor does it change the order of the others.
 */
export function candidatesIn(observation: Observation, kind: Kind, policy: Policy): Candidates {
  const view = new TopologyView(observation.topology);
  const positions = positionsIn(observation, policy);
  const contenders: Contender[] = [];
  const excluded: ExcludedMember[] = [];
  for (const member of observation.topology.members) {
    const whereabouts = positions.get(member.id);
    const exclusion = exclusionOf({ view, member, observation, kind, whereabouts });
    if (exclusion === undefined && whereabouts?.position !== undefined) {
      contenders.push({ member, position: whereabouts.position });
    } else {
      const why = exclusion ?? 'has no known position';
      const position = whereabouts?.position;
      excluded.push({
        member: member.id,
        exclusion: why,
        reason: reasonFor(member.id, why, observation, whereabouts?.because),
        ...(position === undefined ? {} : { position }),
      });
    }
  }
  const region = view.primary?.region;
  const isInside = moveOf(observation.topology) === 'inside';
  return {
    eligible: isInside
      ? serversInOrder(contenders, observation)
      : contenders
          .toSorted((a, b) => compare(a, b, region, policy))
          .map((each, index) => eligible(each, index, lossOf(each.position, observation, policy))),
    excluded: excluded.toSorted((a, b) => (a.member < b.member ? -1 : 1)),
  };
}

/**
 * The further step of time first; in one step the priority, then the further position, the primary's Region, the id.
 *
 * Steps are counted from a fixed time, not from the best of those that are there: so the order of two members depends on
 * these two alone, and a third one that falls sick changes no plan that somebody has approved. The price is that two members
 * with a step's edge between them are told apart although they differ by less than the tolerance; the further one wins then.
 */
function compare(a: Contender, b: Contender, region: string | undefined, { tolerance }: Policy): number {
  const [first, second] = [certainTo(a.position), certainTo(b.position)];
  const step = (instant: number): number => (tolerance > 0 ? Math.floor(instant / tolerance) : instant);
  return (
    step(second) - step(first) ||
    Number(a.member.promotion) - Number(b.member.promotion) ||
    second - first ||
    Number(b.member.region === region) - Number(a.member.region === region) ||
    (a.member.id < b.member.id ? -1 : 1)
  );
}

function eligible({ member, position }: Contender, index: number, loss: Loss | undefined): EligibleCandidate {
  const source = position.source === 'sql' ? 'by its own word' : 'by its last lag that can be trusted';
  return {
    member: member.id,
    rank: index + 1,
    reason: `has applied all writes up to ${instantText(certainTo(position))} (${source}), priority ${member.promotion}`,
    position,
    ...(loss === undefined ? {} : { loss }),
  };
}

/**
 * The servers of a cluster: nobody has more than another, so the tier comes first, as where Aurora chooses itself; then the
 * shorter lag, in whole seconds: how little is missing in a server's memory changes with every sample.
 */
function serversInOrder(contenders: readonly Contender[], observation: Observation): readonly EligibleCandidate[] {
  const lags = new Map(
    contenders.map(({ member: { id } }) => [
      id,
      newest(seen(observation, id).samples, observation.at)?.lag ?? undefined,
    ]),
  );
  const step = (id: MemberId): number => Math.floor(lags.get(id) ?? 0);
  return contenders
    .toSorted(
      ({ member: a }, { member: b }) =>
        Number(a.promotion) - Number(b.promotion) || step(a.id) - step(b.id) || (a.id < b.id ? -1 : 1),
    )
    .map(({ member: { id, promotion }, position }, index) => {
      const lag = lags.get(id);
      const late = lag === undefined ? 'its lag is not known' : `${Number(lag.toFixed(3))} s behind in its memory`;
      return {
        member: id,
        rank: index + 1,
        reason: `reads the volume that ${observation.topology.primary} writes; tier ${promotion}, ${late}`,
        position,
      };
    });
}

/** As the contract carries them: those with a rank first. */
export function candidateList({ eligible: ranked, excluded }: Candidates): Candidate[] {
  return [
    ...ranked.map(({ member, rank, reason, loss }) => ({
      member,
      rank,
      reason,
      ...(loss === undefined ? {} : { loss: lossEstimate(loss) }),
    })),
    ...excluded.map(({ member, reason }) => ({ member, reason })),
  ];
}
