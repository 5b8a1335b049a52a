import { check, type MemberInput, type Topology, type TopologyInput } from '../../lib/topology';

/** The model of an accepted topology. */
export function modelOf(input: TopologyInput): Topology {
  const { topology, findings } = check(input);
  if (topology === undefined) throw new Error(`not accepted: ${JSON.stringify(findings)}`);
  return topology;
}

/** The same topology with some fields of one member changed; undefined takes a field away. */
export function withMember(input: TopologyInput, id: string, change: Partial<MemberInput>): TopologyInput {
  const fields = Object.entries<unknown>({ ...input.members[id], ...change }).filter(
    ([, value]) => value !== undefined,
  );
  return { ...input, members: { ...input.members, [id]: Object.fromEntries(fields) as MemberInput } };
}

/** The same topology with some fields below `aws` of one member changed. */
export function withMemberAws(
  input: TopologyInput,
  id: string,
  change: NonNullable<MemberInput['aws']>,
): TopologyInput {
  return withMember(input, id, { aws: { ...input.members[id]?.aws, ...change } });
}

/** The same topology with one more member. */
export function withNew(input: TopologyInput, id: string, member: MemberInput): TopologyInput {
  return { ...input, members: { ...input.members, [id]: member } };
}

/** The same topology with `count` more replicas of one member, in its Region unless said otherwise. */
export function withReplicas(
  input: TopologyInput,
  count: number,
  replica: Partial<MemberInput> & { replicaOf: string },
): TopologyInput {
  const region = input.members[replica.replicaOf]?.region ?? '';
  const first = Object.keys(input.members).length;
  return Array.from({ length: count }, (_, index) =>
    `extra-${first + index}-${replica.replicaOf}`.slice(0, 20).replace(/-$/, ''),
  ).reduce((grown, id) => withNew(grown, id, { region, promotion: 'never', ...replica }), input);
}

/** The same topology whose primary can have replicas, also where it was a replica that could not. */
export function withReadyPrimary(input: TopologyInput): TopologyInput {
  return withMember(input, input.primary, { standby: 'multi-az', retention: '7d' });
}

/** The same topology with another engine version, edition or name. */
export function withEngine(input: TopologyInput, change: Partial<TopologyInput['engine']>): TopologyInput {
  return { ...input, engine: { ...input.engine, ...change } };
}

/** The same topology with other options of AWS. */
export function withAws(input: TopologyInput, change: NonNullable<TopologyInput['aws']>): TopologyInput {
  return { ...input, aws: { ...input.aws, ...change } };
}

/** The same topology with other objectives. */
export function withObjectives(input: TopologyInput, change: Partial<TopologyInput['objectives']>): TopologyInput {
  return { ...input, objectives: { ...input.objectives, ...change } };
}
