import type { MemberInput, Topology, TopologyInput } from '../../lib/topology';

type CloudSqlEngine = 'mysql' | 'postgres' | 'sqlserver';
type GcpInput = NonNullable<TopologyInput['gcp']>;
type GcpMemberInput = NonNullable<MemberInput['gcp']>;

const ENGINE: Readonly<Record<CloudSqlEngine, TopologyInput['engine']>> = {
  mysql: { name: 'mysql', version: '8.4' },
  postgres: { name: 'postgres', version: '17' },
  sqlserver: { name: 'sqlserver', version: '2022', edition: 'enterprise' },
};

/** An accepted topology for Google without any warning: ada is the primary and bab follows her from another region. */
export function cloudSql(engine: CloudSqlEngine = 'postgres', gcp: GcpInput = {}): TopologyInput {
  return {
    name: 'orders',
    cloud: 'gcp',
    engine: ENGINE[engine],
    primary: 'ada',
    objectives: { lag: '5m' },
    members: {
      ada: { region: 'europe-west1', size: 'db-perf-optimized-N-8', storage: { gib: 100 }, standby: 'regional' },
      bab: { region: 'europe-north1', replicaOf: 'ada', standby: 'regional', promotion: 1 },
    },
    gcp: {
      project: 'acme-prod',
      edition: 'enterprise-plus',
      network: { privateNetwork: 'projects/acme-prod/global/networks/main' },
      ...gcp,
    },
  };
}

/** The same topology with bab as DR replica. */
export function withDr(input: TopologyInput, gcp: GcpInput = {}): TopologyInput {
  return withGcp(input, { drReplica: 'bab', ...gcp });
}

/** The same topology after a switchover: bab is the primary, and ada follows. */
export function switchedOver(input: TopologyInput): TopologyInput {
  return withGcp({ ...input, primary: 'bab' }, { drReplica: 'ada' });
}

/** The same topology with other options of Google. */
export function withGcp(input: TopologyInput, change: GcpInput): TopologyInput {
  return { ...input, gcp: { ...input.gcp, ...change } };
}

/** The same topology with some fields below `gcp` of one member changed. */
export function withMemberGcp(input: TopologyInput, id: string, change: GcpMemberInput): TopologyInput {
  const member = input.members[id] as MemberInput;
  return { ...input, members: { ...input.members, [id]: { ...member, gcp: { ...member.gcp, ...change } } } };
}

/** A replica in ada's region that is never promoted. */
export function beside(replicaOf: string, more: Partial<MemberInput> = {}): MemberInput {
  return { region: 'europe-west1', replicaOf, promotion: 'never', ...more };
}

/** A read pool in ada's region. */
export function pool(
  readPool: GcpMemberInput['readPool'] = { nodes: 2 },
  more: Partial<MemberInput> = {},
): MemberInput {
  return beside('ada', { ...more, gcp: { readPool } });
}

/** The same topology with so many more replicas of one member. */
export function withMore(input: TopologyInput, count: number, replicaOf = 'ada'): TopologyInput {
  const added = Array.from({ length: count }, (_, index) => [`node-${index + 1}`, beside(replicaOf)] as const);
  return { ...input, members: { ...input.members, ...Object.fromEntries(added) } };
}

/** The sample of the edition Enterprise. */
export function enterprise(): TopologyInput {
  const input = withGcp(cloudSql(), { edition: 'enterprise' });
  const ada = { ...(input.members['ada'] as MemberInput), size: 'db-custom-8-30720' };
  return { ...input, members: { ...input.members, ada } };
}

/** The same topology with ada alone. */
export function alone(input: TopologyInput): TopologyInput {
  return { ...input, members: { ada: input.members['ada'] as MemberInput } };
}

/** The topology with its members' Cloud SQL editions unknown. */
export function withoutEdition(topology: Topology): Topology {
  return erased(topology, 'edition');
}

/** The topology with its members' instance names unknown. */
export function withoutNames(topology: Topology): Topology {
  return erased(topology, 'name');
}

function erased(topology: Topology, field: 'edition' | 'name'): Topology {
  return {
    ...topology,
    members: topology.members.map((member) => ({
      ...member,
      gcp: member.gcp === undefined ? undefined : { ...member.gcp, [field]: undefined },
    })),
  };
}
