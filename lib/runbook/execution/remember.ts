import type { MemberId } from '../../topology';
import { aliveUntil, policyFor, type Observation } from '../decision';
import type { Address, MemberHistory, Ports } from './ports';

/** Keeps in the recovery Region what a look has shown of the members being alive. */
export async function remember(
  { history }: Pick<Ports, 'history'>,
  observation: Observation,
  addresses: ReadonlyMap<MemberId, Address>,
): Promise<readonly MemberHistory[]> {
  const policy = policyFor(observation.topology);
  const members = observation.members.map(({ id, dataPlane, controlPlane, isReady, acceptsWrites }): MemberHistory => {
    const address = addresses.get(id);
    const isFine = controlPlane === 'reachable' && isReady && dataPlane !== 'unreachable';
    const isFrozen = id === observation.topology.primary && acceptsWrites === 'no';
    const alive = Math.max(isFine && !isFrozen ? observation.at : 0, aliveUntil(observation, id, policy) ?? 0);
    return {
      id,
      ...(alive === 0 ? {} : { lastSeenAlive: alive }),
      ...(dataPlane === 'reachable' ? { lastReached: observation.at } : {}),
      ...(address === undefined ? {} : { address }),
    };
  });
  await history.record(members);
  return members;
}
