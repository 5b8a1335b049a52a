import * as pulumi from '@pulumi/pulumi';
import {
  check,
  findingsIn,
  TopologyRefused,
  UnderstudyError,
  type Finding,
  type Member,
  type MemberId,
  type Topology,
  type TopologyInput,
} from '../topology';

/** What may be known at deployment only. */
export interface DeployedValues {
  /** VPC network of the private addresses. */
  readonly privateNetwork?: pulumi.Input<string>;
  /** Cloud KMS keys by the id of the member. */
  readonly keys?: Readonly<Record<MemberId, pulumi.Input<string>>>;
}

interface Known {
  readonly privateNetwork?: string;
  readonly keys: Readonly<Record<MemberId, string>>;
}

/** Right wherever it stands in for what nobody knows yet. */
const SOME_NETWORK = 'projects/unknown/global/networks/unknown';
const someKey = (region = 'unknown') => `projects/unknown/locations/${region}/keyRings/unknown/cryptoKeys/unknown`;

/** A topology of which all that is known was checked, and the values that were not, checked as soon as they are. */
export interface KnownTopology {
  readonly topology: Topology;
  readonly warnings: readonly Finding[];
  /** Fails when the values make the topology wrong: whatever is made from them is not made then. */
  readonly values: pulumi.Output<Known>;
}

/**
 * Checks at once what is known, and gates the rest.
 *
 * @throws TopologyRefused with every finding when at least one is an error.
 */
export function knownTopology(given: Topology | TopologyInput, values: DeployedValues): KnownTopology {
  const { topology, findings } = isTopology(given)
    ? judged(withValues(given, standIns(given.members, values)))
    : check(withStandIns(given, values));
  if (topology === undefined) throw new TopologyRefused(findings);
  if (topology.cloud !== 'gcp') {
    throw new UnderstudyError(
      'cloud-differs',
      `the topology ${topology.name} is for the cloud ${topology.cloud}; allowed: gcp; fix: render it with TopologyStacks of db-understudy/aws, or write \`cloud: gcp\``,
    );
  }
  const known = pulumi.output({ privateNetwork: values.privateNetwork, keys: { ...values.keys } });
  return {
    topology,
    warnings: findings,
    values: known.apply((all) => acceptedValues(topology, all)),
  };
}

/** @throws TopologyRefused when the values, which are known by now, make the topology wrong */
export function acceptedValues(topology: Topology, values: Known): Known {
  const judgement = judged(withValues(topology, values));
  if (judgement.topology === undefined) throw new TopologyRefused(judgement.findings);
  return values;
}

function isTopology(given: Topology | TopologyInput): given is Topology {
  return Array.isArray(given.members);
}

function judged(topology: Topology): { readonly topology?: Topology; readonly findings: readonly Finding[] } {
  const findings = findingsIn(topology);
  return findings.some(({ severity }) => severity === 'error') ? { findings } : { topology, findings };
}

function standIns(
  members: readonly Pick<Member, 'id' | 'region'>[],
  { privateNetwork, keys = {} }: DeployedValues,
): Known {
  const keyed = members.filter(({ id }) => keys[id] !== undefined);
  return {
    privateNetwork: privateNetwork === undefined ? undefined : SOME_NETWORK,
    keys: Object.fromEntries(keyed.map(({ id, region }) => [id, someKey(region)])),
  };
}

/** In the model, where members are completed already. */
function withValues(topology: Topology, { privateNetwork, keys }: Known): Topology {
  return {
    ...topology,
    members: topology.members.map((member) => ({
      ...member,
      key: keys[member.id] ?? member.key,
      gcp: member.gcp && {
        ...member.gcp,
        network: { ...member.gcp.network, ...(privateNetwork === undefined ? {} : { privateNetwork }) },
      },
    })),
  };
}

/** In what was written, before it is completed. */
function withStandIns(input: TopologyInput, values: DeployedValues): TopologyInput {
  const members = Object.entries(input.members).map(([id, { region }]) => ({ id, region }));
  const { privateNetwork, keys } = standIns(members, values);
  return {
    ...input,
    members: Object.fromEntries(
      Object.entries(input.members).map(([id, member]) => [
        id,
        keys[id] === undefined ? member : { ...member, key: keys[id] },
      ]),
    ),
    gcp:
      privateNetwork === undefined ? input.gcp : { ...input.gcp, network: { ...input.gcp?.network, privateNetwork } },
  };
}
