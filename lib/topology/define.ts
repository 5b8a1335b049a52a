import { check } from './check';
import type { TopologyInput } from './schema';
import type { Topology } from './topology';
import { TopologyRefused } from './topology-refused';

/**
 * A topology written in TypeScript.
 *
 * @throws TopologyRefused with every finding when at least one is an error.
 */
export function define(input: TopologyInput): Topology {
  const { topology, findings } = check(input);
  if (topology === undefined) throw new TopologyRefused(findings);
  return topology;
}
