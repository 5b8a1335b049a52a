import type { EngineName, MemberInput, TopologyInput } from '../../lib/topology';

const ENGINE: Readonly<Record<EngineName, TopologyInput['engine']>> = {
  mysql: { name: 'mysql', version: '8.4.7' },
  mariadb: { name: 'mariadb', version: '11.8.6' },
  postgres: { name: 'postgres', version: '17.6' },
  oracle: { name: 'oracle', edition: 'ee', version: '19.0.0.0.ru-2025-10.rur-2025-10.r1' },
  sqlserver: { name: 'sqlserver', edition: 'ee', version: '16.00.4236.2.v1' },
  'aurora-mysql': { name: 'aurora-mysql', version: '8.0.mysql_aurora.3.08.2' },
  'aurora-postgresql': { name: 'aurora-postgresql', version: '16.8' },
  db2: { name: 'db2', edition: 'ae', version: '12.1.4.0.sb00085812.r1' },
};

/** An accepted topology without any warning: ada is the primary and bab follows her in the same Region. */
export function sample(engine: EngineName = 'postgres', version?: string): TopologyInput {
  return {
    name: 'orders',
    engine: { ...ENGINE[engine], ...(version === undefined ? {} : { version }) },
    primary: 'ada',
    objectives: { lag: '10m' },
    members: {
      ada: { region: 'eu-west-1', size: 'db.r6i.xlarge', storage: { gib: 100 }, standby: 'multi-az' },
      bab: { region: 'eu-west-1', replicaOf: 'ada', promotion: 1 },
    },
    aws:
      engine === 'db2'
        ? { license: 'bring-your-own-license', parameters: { 'rds.ibm_customer_id': '1', 'rds.ibm_site_id': '2' } }
        : {},
  };
}

/** A replica in ada's Region that is never promoted. */
export function follower(replicaOf: string, more: Partial<MemberInput> = {}): MemberInput {
  return { region: 'eu-west-1', replicaOf, promotion: 'never', ...more };
}

/** The same topology with more members. */
export function withMembers(input: TopologyInput, members: Readonly<Record<string, MemberInput>>): TopologyInput {
  return { ...input, members: { ...input.members, ...members } };
}

/** The sample with so many replicas of ada, bab among them. */
export function withFollowers(input: TopologyInput, count: number, more: Partial<MemberInput> = {}): TopologyInput {
  const ids = Array.from({ length: count - 1 }, (_, index) => `node-${index + 2}`);
  return withMembers(input, Object.fromEntries(ids.map((id) => [id, follower('ada', more)])));
}

/** The sample with a chain below ada: bab, then cyd of bab, and so on, until it is `depth` replicas deep. */
export function withChain(input: TopologyInput, depth: number): TopologyInput {
  const chain = ['bab', 'cyd', 'dot', 'eve', 'fay'];
  const below = chain
    .slice(1, depth)
    .map((id, index) => [id, follower(chain[index] ?? '', { retention: '7d' })] as const);
  return withMembers(input, Object.fromEntries(below));
}

/** The sample after bab was promoted: ada is retired. */
export function promoted(input: TopologyInput): TopologyInput {
  const { ada, bab, ...others } = input.members;
  return {
    ...input,
    primary: 'bab',
    members: { ada: { ...(ada as MemberInput), retired: 'kept' }, bab: bab as MemberInput, ...others },
  };
}
