import { withNew } from '../../_arbitraries/edits';
import { describeRule } from '../../_helpers/describe-rule';
import { beside, cloudSql, enterprise, pool, withMemberGcp, withoutEdition } from '../../_helpers/sample-cloud-sql';

describeRule('read-pool-edition', {
  breaches: [
    {
      of: 'Enterprise',
      input: withNew(enterprise(), 'reads', pool()),
      lines: [
        'error read-pool-edition: members.reads.gcp.readPool: reads is a read pool, and of the edition enterprise are reads and ada. Allowed: enterprise-plus for the pool and for the primary. Fix: take that edition, or plain replicas.',
      ],
    },
    {
      of: 'a lesser pool',
      input: withMemberGcp(withNew(cloudSql(), 'reads', pool({ nodes: 2 }, { size: 'db-custom-4-15360' })), 'reads', {
        edition: 'enterprise',
      }),
      lines: [
        'error read-pool-edition: members.reads.gcp.readPool: reads is a read pool, and of the edition enterprise is reads. Allowed: enterprise-plus for the pool and for the primary. Fix: take that edition, or plain replicas.',
      ],
    },
  ],
  accepted: [{ of: 'Enterprise Plus', input: withNew(cloudSql(), 'reads', pool()) }],
  unknown: [{ of: 'the edition', erase: withoutEdition }],
});

describeRule('read-pool-nodes', {
  breaches: [
    {
      of: '21 nodes',
      input: withNew(cloudSql(), 'reads', pool({ nodes: 21 })),
      lines: [
        'error read-pool-nodes: members.reads.gcp.readPool: reads is a read pool of 21 nodes. Allowed: 1 to 20 nodes, or autoscale within these. Fix: set nodes, for example 2.',
      ],
    },
    {
      of: 'none',
      input: withNew(cloudSql(), 'reads', pool({ nodes: 0 })),
      lines: [
        'error read-pool-nodes: members.reads.gcp.readPool: reads is a read pool of 0 nodes. Allowed: 1 to 20 nodes, or autoscale within these. Fix: set nodes, for example 2.',
      ],
    },
    {
      of: 'no number',
      input: withNew(cloudSql(), 'reads', pool({})),
      lines: [
        'error read-pool-nodes: members.reads.gcp.readPool: reads is a read pool without a number of nodes. Allowed: 1 to 20 nodes, or autoscale within these. Fix: set nodes, for example 2.',
      ],
    },
    {
      of: 'autoscale beyond',
      input: withNew(cloudSql(), 'reads', pool({ autoscale: { min: 2, max: 21, cpu: 0.5 } })),
      lines: [
        'error read-pool-nodes: members.reads.gcp.readPool: reads is a read pool of 21 nodes. Allowed: 1 to 20 nodes, or autoscale within these. Fix: set nodes, for example 2.',
      ],
    },
    {
      of: '8 nodes of SQL Server',
      input: withNew(cloudSql('sqlserver'), 'reads', pool({ nodes: 8 })),
      lines: [
        'error read-pool-nodes: members.reads.gcp.readPool: reads is a read pool of 8 nodes. Allowed: 1 to 7 nodes, or autoscale within these. Fix: set nodes, for example 2.',
      ],
    },
  ],
  accepted: [
    { of: '20 nodes', input: withNew(cloudSql(), 'reads', pool({ nodes: 20 })) },
    { of: '7 nodes of SQL Server', input: withNew(cloudSql('sqlserver'), 'reads', pool({ nodes: 7 })) },
  ],
});

describeRule('read-pool-autoscale', {
  breaches: [
    {
      of: 'a number of nodes too',
      input: withNew(cloudSql(), 'reads', pool({ nodes: 2, autoscale: { min: 2, max: 4, cpu: 0.5 } })),
      lines: [
        'error read-pool-autoscale: members.reads.gcp.readPool.autoscale: the read pool reads cannot be scaled: it has 2 nodes and autoscale. Allowed: one of the two. Fix: take nodes away.',
      ],
    },
    {
      of: 'min above max, and no target',
      input: withNew(cloudSql(), 'reads', pool({ autoscale: { min: 4, max: 2 } })),
      lines: [
        'error read-pool-autoscale: members.reads.gcp.readPool.autoscale: the read pool reads cannot be scaled: min is 4 and max is 2. Allowed: a min of at most max. Fix: swap them.',
        'error read-pool-autoscale: members.reads.gcp.readPool.autoscale: the read pool reads cannot be scaled: it has neither cpu nor connections. Allowed: one of them, or both. Fix: add `cpu: 0.6`.',
      ],
    },
    {
      of: 'a percentage',
      input: withNew(cloudSql(), 'reads', pool({ autoscale: { min: 2, max: 4, cpu: 60 } })),
      lines: [
        'error read-pool-autoscale: members.reads.gcp.readPool.autoscale: the read pool reads cannot be scaled: cpu is 60. Allowed: a share from 0.1 to 0.9. Fix: write it so.',
      ],
    },
    {
      of: 'too few connections',
      input: withNew(cloudSql(), 'reads', pool({ autoscale: { min: 2, max: 4, connections: 9 } })),
      lines: [
        'error read-pool-autoscale: members.reads.gcp.readPool.autoscale: the read pool reads cannot be scaled: connections is 9. Allowed: 10 to 262142. Fix: write a number of connections per node.',
      ],
    },
    {
      of: 'too many connections for MySQL',
      input: withNew(cloudSql('mysql'), 'reads', pool({ autoscale: { min: 2, max: 4, connections: 100_001 } })),
      lines: [
        'error read-pool-autoscale: members.reads.gcp.readPool.autoscale: the read pool reads cannot be scaled: connections is 100001. Allowed: 10 to 100000. Fix: write a number of connections per node.',
      ],
    },
  ],
  accepted: [
    {
      of: 'both targets',
      input: withNew(cloudSql(), 'reads', pool({ autoscale: { min: 2, max: 4, cpu: 0.9, connections: 10 } })),
    },
    {
      of: 'as many connections for PostgreSQL',
      input: withNew(cloudSql(), 'reads', pool({ autoscale: { min: 2, max: 4, connections: 262_142 } })),
    },
  ],
});

describeRule('read-pool-standby', {
  breaches: [
    {
      of: 'a standby',
      input: withNew(cloudSql(), 'reads', pool({ nodes: 2 }, { standby: 'regional' })),
      lines: [
        'error read-pool-standby: members.reads.standby: reads is a read pool with standby regional. Allowed: none: two nodes or more make it available. Fix: take standby away.',
      ],
    },
  ],
  accepted: [{ of: 'none', input: withNew(cloudSql(), 'reads', pool()) }],
});

describeRule('read-pool-role', {
  breaches: [
    {
      of: 'the origin',
      input: withMemberGcp(cloudSql(), 'ada', { readPool: { nodes: 2 } }),
      lines: [
        'error read-pool-role: members.ada.gcp.readPool: ada is a read pool and is the origin. Allowed: read pools that follow another member, with `promotion: never`, and that nobody follows. Fix: take readPool away, or change that.',
      ],
    },
    {
      of: 'a priority',
      input: withMemberGcp(cloudSql(), 'bab', { readPool: { nodes: 2 } }),
      lines: [
        'error read-pool-role: members.bab.gcp.readPool: bab is a read pool and has the priority 1. Allowed: read pools that follow another member, with `promotion: never`, and that nobody follows. Fix: take readPool away, or change that.',
      ],
    },
    {
      of: 'a replica',
      input: withNew(withNew(cloudSql(), 'reads', pool()), 'cyd', beside('reads')),
      lines: [
        'error read-pool-role: members.reads.gcp.readPool: reads is a read pool and has replicas (cyd). Allowed: read pools that follow another member, with `promotion: never`, and that nobody follows. Fix: take readPool away, or change that.',
      ],
    },
  ],
  accepted: [{ of: 'a replica that is never promoted', input: withNew(cloudSql(), 'reads', pool()) }],
});

describeRule('read-pool-single-node', {
  breaches: [
    {
      of: 'one node',
      input: withNew(cloudSql(), 'reads', pool({ nodes: 1 })),
      lines: [
        'warning read-pool-single-node: members.reads.gcp.readPool: reads is a read pool that may have one node. Allowed: two or more, which Google gives an SLA for. Fix: set two nodes.',
      ],
    },
    {
      of: 'down to one node',
      input: withNew(cloudSql(), 'reads', pool({ autoscale: { min: 1, max: 4, cpu: 0.5 } })),
      lines: [
        'warning read-pool-single-node: members.reads.gcp.readPool: reads is a read pool that may have one node. Allowed: two or more, which Google gives an SLA for. Fix: set two nodes.',
      ],
    },
  ],
  accepted: [{ of: 'two nodes', input: withNew(cloudSql(), 'reads', pool()) }],
});
