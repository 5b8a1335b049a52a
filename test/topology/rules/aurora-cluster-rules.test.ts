import { withMember, withMemberAws, withNew } from '../../_arbitraries/edits';
import { describeRule } from '../../_helpers/describe-rule';
import {
  replicaCluster,
  sampleCluster,
  sampleGlobal,
  sampleReplicaCluster,
  servers,
} from '../../_helpers/sample-cluster';
import type { Topology } from '../../../lib/topology';

const withoutInstances = (topology: Topology): Topology => ({
  ...topology,
  members: topology.members.map((member) => ({ ...member, instances: undefined })),
});
const unknown = [{ of: 'who the instances are', erase: withoutInstances }];

/** The same topology with so many instances in ada. */
const wide = (input = sampleCluster(), count = 17) => withMember(input, 'ada', { instances: servers(count) });

describeRule('cluster-without-instance', {
  breaches: [
    {
      of: 'a primary',
      input: withMember(sampleGlobal(), 'ada', { instances: {} }),
      lines: [
        'error cluster-without-instance: members.ada.instances: ada is the primary and has no instance. Allowed: one instance or more; only secondaries of a global database can do without. Fix: add an instance, better two.',
      ],
    },
    {
      of: 'a cluster that follows by binary log',
      input: withMember(sampleReplicaCluster(), 'bab', { instances: {} }),
      lines: [
        'error cluster-without-instance: members.bab.instances: bab is a replica cluster and has no instance. Allowed: one instance or more; only secondaries of a global database can do without. Fix: add an instance, better two.',
      ],
    },
  ],
  accepted: [
    { of: 'a headless secondary', input: withMember(sampleGlobal(), 'bab', { instances: {} }) },
    { of: 'a retired cluster', input: withMember(sampleReplicaCluster(), 'bab', { instances: {}, retired: 'kept' }) },
  ],
  unknown,
});

describeRule('too-many-readers', {
  breaches: [
    {
      of: 'sixteen readers of a cluster',
      input: wide(),
      lines: [
        'error too-many-readers: members.ada.instances: ada has 16 readers. Allowed: at most 15. Fix: remove some, or make them larger.',
      ],
    },
    {
      of: 'fifteen readers of a primary with two secondaries',
      input: withNew(wide(sampleGlobal(), 16), 'cyd', replicaCluster('us-west-2')),
      lines: [
        'error too-many-readers: members.ada.instances: ada has 15 readers. Allowed: at most 13: 15, less one for each of the 2 secondaries. Fix: remove some, or make them larger.',
      ],
    },
    {
      of: 'seventeen readers of a secondary',
      input: withMember(sampleGlobal(), 'bab', { instances: servers(17) }),
      lines: [
        'error too-many-readers: members.bab.instances: bab has 17 readers. Allowed: at most 16. Fix: remove some, or make them larger.',
      ],
    },
  ],
  accepted: [
    { of: 'fifteen readers of a cluster', input: wide(sampleCluster(), 16) },
    { of: 'fourteen readers of a primary with one secondary', input: wide(sampleGlobal(), 15) },
    { of: 'sixteen readers of a secondary', input: withMember(sampleGlobal(), 'bab', { instances: servers(16) }) },
  ],
  unknown,
});

describeRule('promotion-tier-range', {
  breaches: [
    {
      of: 'tier 16',
      input: withMember(sampleCluster(), 'ada', { instances: { x: {}, y: { tier: 16 } } }),
      lines: [
        'error promotion-tier-range: members.ada.instances.y.tier: the tier of y is 16. Allowed: a whole number from 0, who becomes writer first, to 15. Fix: write one of these, or leave it out for 1.',
      ],
    },
  ],
  accepted: [
    {
      of: 'the first and the last',
      input: withMember(sampleCluster(), 'ada', { instances: { x: { tier: 0 }, y: { tier: 15 } } }),
    },
  ],
  unknown,
});

describeRule('no-reader', {
  breaches: [
    {
      of: 'one instance',
      input: withMember(sampleCluster(), 'ada', { instances: servers(1) }),
      lines: [
        'warning no-reader: members.ada.instances: ada has one instance: when it is lost Aurora makes a new one, which takes up to 10 minutes and more. Allowed: two instances or more: a failover to a reader usually takes less than 60 seconds. Fix: add an instance.',
      ],
    },
  ],
  accepted: [
    { of: 'two instances', input: sampleCluster() },
    {
      of: 'one instance of a secondary, which takes no writes',
      input: withMember(sampleGlobal(), 'bab', { instances: servers(1) }),
    },
  ],
  unknown,
});

describeRule('reader-scaling-range', {
  breaches: [
    {
      of: 'more than Aurora allows',
      input: withMemberAws(sampleGlobal(), 'ada', { readerScaling: { max: 15 } }),
      lines: [
        'error reader-scaling-range: members.ada.aws.readerScaling: the readers of ada are to have up to 15 readers, and Aurora allows 14. Allowed: min up to max, max from 1 to 14, and cpu or connections. Fix: change them so.',
      ],
    },
    {
      of: 'fewer than are declared',
      input: withMemberAws(wide(sampleCluster(), 4), 'ada', { readerScaling: { max: 2 } }),
      lines: [
        'error reader-scaling-range: members.ada.aws.readerScaling: the readers of ada are to have 2 readers at most, and 3 are declared. Allowed: min up to max, max from 3 to 15, and cpu or connections. Fix: change them so.',
      ],
    },
    {
      of: 'a minimum above the maximum',
      input: withMemberAws(sampleCluster(), 'ada', { readerScaling: { min: 5, max: 4 } }),
      lines: [
        'error reader-scaling-range: members.ada.aws.readerScaling: the readers of ada are to have 5 readers or more and 4 or fewer. Allowed: min up to max, max from 1 to 15, and cpu or connections. Fix: change them so.',
      ],
    },
    {
      of: 'two aims',
      input: withMemberAws(sampleCluster(), 'ada', { readerScaling: { max: 4, cpu: 60, connections: 500 } }),
      lines: [
        'error reader-scaling-range: members.ada.aws.readerScaling: the readers of ada are to aim at cpu and at connections. Allowed: min up to max, max from 1 to 15, and cpu or connections. Fix: change them so.',
      ],
    },
  ],
  accepted: [
    {
      of: 'up to fifteen',
      input: withMemberAws(sampleCluster(), 'ada', { readerScaling: { min: 2, max: 15, cpu: 60 } }),
    },
    {
      of: 'a secondary that waits for its turn',
      input: withMemberAws(sampleGlobal(), 'bab', { readerScaling: { max: 4 } }),
    },
  ],
});

describeRule('endpoint-instance-unknown', {
  breaches: [
    {
      of: 'a stranger',
      input: withMemberAws(sampleCluster(), 'ada', { endpoints: { reports: ['i0', 'zoe'] } }),
      lines: [
        'error endpoint-instance-unknown: members.ada.aws.endpoints: a custom endpoint of ada names zoe, which it does not have. Allowed: i0 and i1. Fix: name instances of this cluster.',
      ],
    },
  ],
  accepted: [{ of: 'instances', input: withMemberAws(sampleCluster(), 'ada', { endpoints: { reports: ['i1'] } }) }],
  unknown,
});

const endpoints = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`e${index}`, ['i1']]));

describeRule('too-many-endpoints', {
  breaches: [
    {
      of: 'six',
      input: withMemberAws(sampleCluster(), 'ada', { endpoints: endpoints(6) }),
      lines: [
        'error too-many-endpoints: members.ada.aws.endpoints: ada has 6 custom endpoints. Allowed: at most 5. Fix: remove some.',
      ],
    },
  ],
  accepted: [{ of: 'five', input: withMemberAws(sampleCluster(), 'ada', { endpoints: endpoints(5) }) }],
});
