import { insideTopology, isLoneCluster } from '../../../lib/rehearsal/stage/inside-topology';
import { define } from '../../../lib/topology';
import { sampleCluster, sampleGlobal, sampleReplicaCluster } from '../../_helpers/sample-cluster';

test('the servers of a cluster that is alone are its members, those of the first tier first', () => {
  const rest = sampleCluster();
  const instances = { late: { tier: 15 }, first: { tier: 0, identifier: 'orders-1' }, second: { tier: 1 } };
  const topology = define({ ...rest, members: { ada: { region: 'eu-west-1', size: 'db.r6g.large', instances } } });
  const inside = insideTopology(topology);
  expect(inside.primary).toBe('first');
  expect(
    inside.members.map(({ id, promotion, replicaOf, region, aws }) => [id, promotion, replicaOf, region, aws]),
  ).toEqual([
    ['first', 0, undefined, 'eu-west-1', { identifier: 'orders-1' }],
    ['second', 1, 'first', 'eu-west-1', { identifier: `${topology.name}-ada-second` }],
    ['late', 15, 'first', 'eu-west-1', { identifier: `${topology.name}-ada-late` }],
  ]);
});

test.each([
  ['a global database', sampleGlobal()],
  ['clusters that follow by binary log', sampleReplicaCluster()],
])('%s has its clusters as members', (_, input) => {
  const topology = define(input);
  expect([isLoneCluster(topology), insideTopology(topology)]).toEqual([false, topology]);
});
