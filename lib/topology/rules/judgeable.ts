import type { EngineName } from '../engines';
import { isOfferedVersion } from '../gcp/database-version';
import { isGoogleRegion } from '../gcp/google-regions';
import { parseTier } from '../gcp/tier';
import { parseInstanceClass } from '../instance-class';
import { standingOf } from '../known-versions';
import { partitionOf } from '../regions';
import type { Topology } from '../topology';
import { SERVERLESS } from './cluster-facts';

/** Rules that look at a value by itself. They see every topology as it is. */
export const VALUE_RULES: ReadonlySet<string> = new Set([
  ...['engine-version-unknown', 'region-unknown', 'size-unknown', 'instance-size-unknown'],
  ...['database-version-unknown', 'google-region-unknown', 'tier-unknown'],
]);

const KNOWN_ON_AWS = {
  version: (name: EngineName, version: string) => standingOf(name, version) !== 'unknown',
  region: (region: string) => partitionOf(region) !== undefined,
  size: (size: string) => parseInstanceClass(size) !== undefined,
};

const KNOWN_ON_GOOGLE: typeof KNOWN_ON_AWS = {
  version: isOfferedVersion,
  region: isGoogleRegion,
  size: (size: string) => parseTier(size) !== undefined,
};

/**
 * The topology without the values that {@link VALUE_RULES} refuse, for all other rules: to them such a value is unknown.
 *
 * Otherwise one misspelt Region or version would be reported by every rule that compares it.
 */
export function judgeable(topology: Topology): Topology {
  const { engine } = topology;
  const known = topology.cloud === 'aws' ? KNOWN_ON_AWS : KNOWN_ON_GOOGLE;
  const version = (written: string | undefined) =>
    written !== undefined && known.version(engine.name, written) ? written : undefined;
  return {
    ...topology,
    engine: { ...engine, version: version(engine.version) },
    members: topology.members.map((member) => ({
      ...member,
      version: version(member.version),
      region: member.region !== undefined && known.region(member.region) ? member.region : undefined,
      size: member.size !== undefined && known.size(member.size) ? member.size : undefined,
      instances: member.instances?.map((each) => ({ ...each, size: knownClass(each.size) ?? serverlessOf(each.size) })),
    })),
  };
}

function knownClass(size: string | undefined): string | undefined {
  return size === undefined || parseInstanceClass(size) === undefined ? undefined : size;
}

function serverlessOf(size: string | undefined): string | undefined {
  return size === SERVERLESS ? size : undefined;
}
