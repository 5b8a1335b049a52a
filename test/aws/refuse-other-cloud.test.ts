import { App, Stack } from 'aws-cdk-lib';
import { ReplicatedInstance, TopologyStacks } from '../../lib/aws';
import { define } from '../../lib/topology';
import { cloudSql } from '../_helpers/sample-cloud-sql';
import { thrownBy } from '../rehearsal/_helpers/stage';

const topology = define(cloudSql());
const message =
  'the topology orders is for the cloud gcp; allowed: aws; fix: render it with CloudSqlTopology of db-understudy/gcp, or write `cloud: aws`';

test.each([
  ['TopologyStacks', () => new TopologyStacks(new App(), 'orders', { topology })],
  [
    'ReplicatedInstance.fromTopology',
    () => ReplicatedInstance.fromTopology(new Stack(new App(), 'home'), 'Orders', { topology, regions: {} }),
  ],
])('%s renders nothing of a topology for Google', (_, render) => {
  expect(thrownBy(render)).toEqual(['cloud-differs', message]);
});
