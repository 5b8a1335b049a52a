import { App, Stack } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { TopologyStacks } from 'db-understudy/aws';
import { afterPromotion, define, type Topology, type TopologyInput } from 'db-understudy/topology';

/** Where each shard's primary is. A promotion of one shard changes its line only. */
const PRIMARIES: readonly string[] = ['oregon-a', 'oregon-a', 'oregon-a'];

/** The topology of one shard: its own primary, its own replicas. Whoever does not follow the primary is retired. */
export function shard(number: number, primary = PRIMARIES[number] ?? 'oregon-a'): Topology {
  const input: TopologyInput = {
    name: `tenants-${String(number).padStart(2, '0')}`,
    engine: { name: 'mariadb', version: '11.4.8' },
    primary: 'oregon-a',
    objectives: { lag: '1m', dataLoss: '5m', recovery: { region: '1h' } },
    tags: { fleet: 'tenants', shard: String(number) },
    members: {
      'oregon-a': {
        region: 'us-west-2',
        size: 'db.m7g.large',
        storage: { gib: 100 },
        standby: 'multi-az',
        key: 'create',
      },
      'oregon-b': { region: 'us-west-2', replicaOf: 'oregon-a', promotion: 2 },
      'montreal-a': { region: 'ca-central-1', replicaOf: 'oregon-a', key: 'create', promotion: 3 },
    },
  };
  return define(afterPromotion(input, primary));
}

/**
 * A fleet: a loop over topologies, and a shard map in Parameter Store from which applications learn where a shard is. The
 * map is in every Region, so that no Region needs another to route.
 */
export function tenants(
  app: App,
  topologies: readonly Topology[] = PRIMARIES.map((_, number) => shard(number)),
): TopologyStacks[] {
  const fleet = topologies.map((topology) => new TopologyStacks(app, topology.name, { topology }));
  const map = Object.fromEntries(
    fleet.map(({ database }) => {
      const { memberId, declared, physicalInstanceIdentifier } = database.primary;
      return [
        database.topologyName,
        { primary: memberId, region: declared.region, instance: physicalInstanceIdentifier },
      ];
    }),
  );
  const regions = new Set(fleet.flatMap(({ stacks }) => [...stacks.keys()]));
  for (const region of regions) {
    const stack = new Stack(app, `tenants-map-${region}`, { env: { region } });
    new ssm.StringParameter(stack, 'ShardMap', {
      parameterName: '/tenants/shard-map',
      stringValue: JSON.stringify(map),
    });
  }
  return fleet;
}

if (require.main === module) {
  const app = new App();
  tenants(app);
  app.synth();
}
