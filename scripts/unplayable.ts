import { ENGINES, TopologyView, type Topology } from '../lib/topology';

/** Why a topology cannot be rehearsed here; undefined: it can. */
export function unplayable(topology: Topology): string | undefined {
  const { title } = ENGINES[topology.engine.name];
  if (topology.engine.name !== 'postgres') return `there are no servers of ${title} to play on, only of PostgreSQL`;
  if (new TopologyView(topology).promotable.length === 0) return 'no replica may be promoted';
  return undefined;
}
