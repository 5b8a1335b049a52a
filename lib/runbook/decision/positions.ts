import { TopologyView, type MemberId } from '../../topology';
import { appliedTo, certainTo, type Whereabouts } from './applied-to';
import { seen, type Observation, type Position } from './observation';
import { moveOf } from './move';
import type { Policy } from './policy';

/**
 * How far every replica is.
 *
 * Times and log positions are one order here: whoever has at least the log of another has at least what that one has. So
 * of members with equal logs none is behind, whatever their clocks say. Only bytes of log are compared so: a number of
 * transactions also grows by those that somebody wrote on the replica itself.
 */
export function positionsIn(observation: Observation, policy: Policy): ReadonlyMap<MemberId, Whereabouts> {
  const { replicas } = new TopologyView(observation.topology);
  if (moveOf(observation.topology) === 'inside') {
    // Everybody reads the one volume: nobody is behind, however late his own memory is.
    const position: Position = { appliedTo: observation.at, error: 0, source: 'metric' };
    return new Map(replicas.map(({ id }) => [id, { position }]));
  }
  const own = new Map(replicas.map(({ id }) => [id, appliedTo(observation, id, policy)]));
  const logs = [...own]
    .filter(([id]) => isOnTheLine(observation, id))
    .flatMap(([, { position }]) => (position?.unit === 'bytes' ? [position] : []));
  return new Map(
    [...own].map(([id, whereabouts]) => {
      const { position } = whereabouts;
      if (position === undefined || !isOnTheLine(observation, id)) return [id, whereabouts];
      return [id, { position: lifted(position, logs) }];
    }),
  );
}

/** A member that was written to has a log of its own, whose length says nothing about the others'. */
function isOnTheLine(observation: Observation, id: MemberId): boolean {
  const { acceptsWrites, replication } = seen(observation, id);
  return acceptsWrites !== 'yes' && replication !== 'none';
}

function lifted(position: Position, logs: readonly Position[]): Position {
  const { ordinal, unit } = position;
  if (ordinal === undefined || unit !== 'bytes') return position;
  const [best = position] = logs
    .filter((log) => log.ordinal !== undefined && log.ordinal <= ordinal)
    .toSorted((a, b) => certainTo(b) - certainTo(a) || b.appliedTo - a.appliedTo);
  return { ...position, appliedTo: best.appliedTo, error: best.error };
}
