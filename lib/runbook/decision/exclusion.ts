import type { Member, MemberId, TopologyView } from '../../topology';
import type { Whereabouts } from './applied-to';
import { seen, type Observation } from './observation';
import type { Kind } from './signals';

/** Why a member is no candidate. */
export type Exclusion =
  | 'is the primary'
  | 'is retired'
  | 'is never to be promoted'
  | 'cannot be reached'
  | 'does not answer'
  | 'is not ready'
  | 'takes writes'
  | 'does not replicate'
  | 'has no known position';

/** Those that pass: the member may be a candidate again, and may have been ahead of all the others. */
export const PASSING: readonly Exclusion[] = [
  'cannot be reached',
  'does not answer',
  'is not ready',
  'does not replicate',
  'has no known position',
];

interface Question {
  readonly view: TopologyView;
  readonly member: Member;
  readonly observation: Observation;
  readonly kind: Kind;
  readonly whereabouts?: Whereabouts | undefined;
}

/** The first thing that stands against a member; undefined: nothing does. */
export function exclusionOf({ view, member, observation, kind, whereabouts }: Question): Exclusion | undefined {
  const role = view.roleOf(member);
  if (role === 'primary') return 'is the primary';
  if (role === 'retired') return 'is retired';
  if (member.promotion === 'never') return 'is never to be promoted';
  const { controlPlane, dataPlane, isReady, acceptsWrites, replication } = seen(observation, member.id);
  if (controlPlane !== 'reachable') return 'cannot be reached';
  if (dataPlane === 'unreachable') return 'does not answer';
  if (!isReady) return 'is not ready';
  if (acceptsWrites === 'yes') return 'takes writes';
  // In a failover the stream is broken because the primary is: what counts is how it was before, in the samples.
  if (replication === 'none' || (kind === 'switchover' && replication !== 'running')) return 'does not replicate';
  return whereabouts?.position === undefined ? 'has no known position' : undefined;
}

/** The exclusion in a sentence, with what was seen. */
export function reasonFor(
  id: MemberId,
  exclusion: Exclusion,
  observation: Observation,
  because = `nobody knows how far ${id} is`,
): string {
  const { controlPlane, status, replication } = seen(observation, id);
  const reasons: Readonly<Record<Exclusion, string>> = {
    'is the primary': `${id} is the primary already`,
    'is retired': `${id} is retired`,
    'is never to be promoted': `${id} is never to be promoted: its promotion rule is never`,
    'cannot be reached': `the cloud's API does not answer for ${id} (${controlPlane})`,
    'does not answer': `the database of ${id} does not answer`,
    'is not ready':
      status === undefined
        ? `${id} is in an unknown condition`
        : `${id} is ${status}, and cannot be promoted in that condition`,
    'takes writes': `${id} takes writes: somebody has promoted it, or writes to it`,
    'does not replicate':
      replication === 'none' ? `${id} follows nobody any more` : `replication into ${id} does not run (${replication})`,
    'has no known position': because,
  };
  return reasons[exclusion];
}
