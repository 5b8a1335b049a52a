import { App, Stack } from 'aws-cdk-lib';
import { ReplicatedInstance, TopologyStacks } from '../../lib/aws';
import { define, type Topology } from '../../lib/topology';
import { sampleCluster, sampleGlobal, sampleMultiAz } from '../_helpers/sample-cluster';

describe.each([sampleCluster(), sampleGlobal(), sampleMultiAz()].map((input) => define(input)))(
  'of the kind $kind',
  (topology: Topology) => {
    const message = `the topology ${topology.name} is of the kind ${topology.kind}, which is checked and drawn but not rendered; allowed: instances; fix: declare DB instances, or write the clusters with aws-cdk-lib`;

    test.each([
      ['TopologyStacks', () => new TopologyStacks(new App(), 'orders', { topology })],
      [
        'ReplicatedInstance.fromTopology',
        () => ReplicatedInstance.fromTopology(new Stack(new App(), 'home'), 'Orders', { topology, regions: {} }),
      ],
    ])('%s renders nothing', (_, render) => {
      expect(render).toThrow(expect.objectContaining({ code: 'kind-differs', message }) as Error);
    });
  },
);
