import { UnderstudyError, type Topology, type TopologyKind } from '../topology';

const CONSTRUCTS: Readonly<Record<TopologyKind, string>> = {
  instances: 'ReplicatedInstance',
  cluster: 'ReplicatedCluster',
  global: 'GlobalDatabase',
  'multi-az-cluster': 'MultiAzCluster',
};

/** @throws UnderstudyError when the members are something else than what a construct makes of them */
export function refuseOtherKind({ name, kind }: Topology, allowed: TopologyKind): void {
  if (kind === allowed) return;
  throw new UnderstudyError(
    'kind-differs',
    `the topology ${name} is of the kind ${kind}; allowed: ${allowed} for ${CONSTRUCTS[allowed]}; fix: render it with ${CONSTRUCTS[kind]}, or with TopologyStacks`,
  );
}
