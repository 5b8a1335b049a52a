import type { Seconds, Topology } from './topology';

/** A name by which applications find the database, and which a promotion moves: one of the three kinds. */
export interface EndpointRequest {
  readonly role: 'writer' | 'reader';
  /** Name of an SSM parameter. */
  readonly parameter?: string;
  /** Name of a secret that exists in each Region with a runbook. */
  readonly secret?: string;
  /** A CNAME in a Route 53 hosted zone. */
  readonly record?: { readonly zone: string; readonly name: string; readonly ttl?: Seconds };
}

/** A way to the databases of a Region. */
export interface RunbookNetworkRequest {
  /** Of the existing VPC. Undefined: those for databases. */
  readonly subnets?: readonly string[];
  readonly createEndpoints: boolean;
}

/** What the runbook of one Region differs in. */
export interface RunbookRegion {
  readonly enabled: boolean;
  /** Undefined: it is attached to no VPC, and proves no fence. */
  readonly network?: RunbookNetworkRequest;
}

/** That there be a runbook, and how. */
export interface RunbookRequest {
  /** Empty: the parameter `/understudy/NAME/writer`. */
  readonly endpoints: readonly EndpointRequest[];
  /** Who is told of runs by e-mail. Empty: whoever is told of alarms. */
  readonly notify: readonly string[];
  /** The one Region whose runbook fails over by itself: two would make two primaries. */
  readonly automatic?: string;
  readonly regions: Readonly<Record<string, RunbookRegion>>;
}

/**
 * The Regions that have a runbook: where somebody can be promoted, or could be before it was retired. Roles do not count, and
 * neither does who left: a promotion must not take away the journal of the Region that it comes back to.
 */
export function runbookRegions({ members, aws: { runbook } }: Topology): readonly string[] {
  if (runbook === undefined) return [];
  const regions = members.filter(({ promotion }) => promotion !== 'never').map(({ region }) => region);
  return [...new Set(regions)]
    .filter((region) => region !== undefined)
    .filter((region) => runbook.regions[region]?.enabled !== false);
}
