import type { AuroraEngineName, MemberInput, TopologyInput } from '../../lib/topology';
import { sample } from './sample-topology';

type Instances = NonNullable<MemberInput['instances']>;

/** So many instances: i0, i1, and so on, all in tier 1. */
export function servers(count: number, more: Instances[string] = {}): Instances {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`i${index}`, more]));
}

/** An accepted Aurora cluster without any warning: ada, with two instances. */
export function sampleCluster(engine: AuroraEngineName = 'aurora-postgresql', version?: string): TopologyInput {
  return {
    ...sample(engine, version),
    kind: 'cluster',
    members: { ada: { region: 'eu-west-1', size: 'db.r6g.large', instances: servers(2) } },
  };
}

/** Two Aurora MySQL clusters without any warning: bab in another Region follows ada by binary log. */
export function sampleReplicaCluster(): TopologyInput {
  const alone = sampleCluster('aurora-mysql');
  return {
    ...alone,
    members: { ...alone.members, bab: replicaCluster('us-east-1') },
    aws: { parameters: { binlog_format: 'ROW' } },
  };
}

/** A cluster that follows ada in another Region. */
export function replicaCluster(region: string, more: Partial<MemberInput> = {}): MemberInput {
  return { region, replicaOf: 'ada', key: 'create', promotion: 2, instances: servers(2), ...more };
}

/** A global database without any warning: ada is the primary, bab a secondary in another Region. */
export function sampleGlobal(engine: AuroraEngineName = 'aurora-postgresql', version?: string): TopologyInput {
  const alone = sampleCluster(engine, version);
  return { ...alone, kind: 'global', members: { ...alone.members, bab: replicaCluster('us-east-1') } };
}

/** An accepted Multi-AZ DB cluster. */
export function sampleMultiAz(): TopologyInput {
  return {
    ...sample(),
    kind: 'multi-az-cluster',
    members: { ada: { region: 'eu-west-1', size: 'db.r6gd.large', storage: { gib: 100 } } },
  };
}
