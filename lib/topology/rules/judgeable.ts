import { parseInstanceClass } from '../instance-class';
import { standingOf } from '../known-versions';
import { partitionOf } from '../regions';
import type { Topology } from '../topology';

/** Rules that look at a value by itself. They see every topology as it is. */
export const VALUE_RULES: ReadonlySet<string> = new Set(['engine-version-unknown', 'region-unknown', 'size-unknown']);

/**
 * The topology without the values that {@link VALUE_RULES} refuse, for all other rules: to them such a value is unknown.
 *
 * Otherwise one misspelt Region or version would be reported by every rule that compares it.
 */
export function judgeable(topology: Topology): Topology {
  const { engine } = topology;
  const version = (written: string | undefined) =>
    written === undefined || standingOf(engine.name, written) === 'unknown' ? undefined : written;
  return {
    ...topology,
    engine: { ...engine, version: version(engine.version) },
    members: topology.members.map((member) => ({
      ...member,
      version: version(member.version),
      region: member.region === undefined || partitionOf(member.region) === undefined ? undefined : member.region,
      size: member.size === undefined || parseInstanceClass(member.size) === undefined ? undefined : member.size,
    })),
  };
}
