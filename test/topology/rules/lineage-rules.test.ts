import { ENGINES, type EngineName } from '../../../lib/topology';
import { withMember, withNew } from '../../_arbitraries/edits';
import { describeRule, withoutMemberFields, withoutVersions } from '../../_helpers/describe-rule';
import { follower, promoted, sample, withChain, withFollowers, withMembers } from '../../_helpers/sample-topology';

const ORIGIN = { region: 'eu-west-1', size: 'db.r6i.xlarge', storage: { gib: 100 } };
const ABROAD = { region: 'us-east-1', key: 'create' };

describeRule('origin-count', {
  breaches: [
    {
      of: 'two members without replicaOf',
      input: withNew(sample(), 'cyd', ORIGIN),
      lines: [
        'error origin-count: members: ada and cyd have no replicaOf. Allowed: exactly one origin, from which all others were created, directly or not. Fix: give all but one of them a replicaOf, or put them into a topology of their own.',
      ],
    },
    {
      of: 'three members without replicaOf',
      input: withMembers(sample(), { cyd: ORIGIN, dot: { ...ORIGIN, retired: 'kept' } }),
      lines: [
        'error origin-count: members: ada, cyd and dot have no replicaOf. Allowed: exactly one origin, from which all others were created, directly or not. Fix: give all but one of them a replicaOf, or put them into a topology of their own.',
      ],
    },
  ],
  accepted: [
    { of: 'one origin', input: sample() },
    { of: 'no origin, which is a cycle', input: withMember(sample(), 'ada', { replicaOf: 'bab' }) },
  ],
});

describeRule('source-unknown', {
  breaches: [
    {
      of: 'a source that is no member',
      input: withMember(sample(), 'bab', { replicaOf: 'eda' }),
      lines: [
        'error source-unknown: members.bab.replicaOf: replicaOf is eda, which is no member. Allowed: ada. Fix: name the member it was created from; one that is gone stays in the topology as `retired: removed`.',
      ],
    },
    {
      of: 'an unknown source of a retired member',
      input: withMembers(sample(), { cyd: follower('zed', { retired: 'kept' }) }),
      lines: [
        'error source-unknown: members.cyd.replicaOf: replicaOf is zed, which is no member. Allowed: ada and bab. Fix: name the member it was created from; one that is gone stays in the topology as `retired: removed`.',
      ],
    },
  ],
  accepted: [
    {
      of: 'a source that is gone but still named',
      input: withMember(promoted(sample()), 'ada', { retired: 'removed' }),
    },
  ],
});

describeRule('lineage-cycle', {
  breaches: [
    {
      of: 'a member created from itself',
      input: withMember(sample(), 'bab', { replicaOf: 'bab' }),
      lines: [
        'error lineage-cycle: members.bab.replicaOf: bab is a replica of bab. Allowed: a chain that ends at the origin. Fix: take replicaOf away from the member that was created first.',
      ],
    },
    {
      of: 'three members in a ring, but not who hangs below it',
      input: withMember(withMembers(sample(), { cyd: follower('bab'), dot: follower('cyd') }), 'ada', {
        replicaOf: 'cyd',
      }),
      lines: [
        'error lineage-cycle: members.ada.replicaOf: ada is a replica of cyd is a replica of bab is a replica of ada. Allowed: a chain that ends at the origin. Fix: take replicaOf away from the member that was created first.',
        'error lineage-cycle: members.bab.replicaOf: bab is a replica of ada is a replica of cyd is a replica of bab. Allowed: a chain that ends at the origin. Fix: take replicaOf away from the member that was created first.',
        'error lineage-cycle: members.cyd.replicaOf: cyd is a replica of bab is a replica of ada is a replica of cyd. Allowed: a chain that ends at the origin. Fix: take replicaOf away from the member that was created first.',
      ],
    },
  ],
  accepted: [{ of: 'a chain', input: withChain(sample(), 3) }],
});

describeRule('source-retired', {
  breaches: [
    {
      of: 'a replica of a retired replica',
      input: withMember(withChain(sample(), 2), 'bab', { retired: 'kept' }),
      lines: [
        'error source-retired: members.cyd.replicaOf: cyd follows bab, which is retired: it receives nothing any more. Allowed: replicas that follow the primary, directly or not. Fix: set `retired: kept` on cyd and add a new member with replicaOf the primary.',
      ],
    },
    {
      of: 'a replica of the old primary after a promotion',
      input: promoted(withMembers(sample(), { cyd: follower('ada') })),
      lines: [
        'error source-retired: members.cyd.replicaOf: cyd follows ada, which is retired: it receives nothing any more. Allowed: replicas that follow the primary, directly or not. Fix: set `retired: kept` on cyd and add a new member with replicaOf the primary.',
      ],
    },
    {
      of: 'a replica of a removed member',
      input: withMember(promoted(withMembers(sample(), { cyd: follower('ada') })), 'ada', { retired: 'removed' }),
      lines: [
        'error source-retired: members.cyd.replicaOf: cyd follows ada, which is retired: it receives nothing any more. Allowed: replicas that follow the primary, directly or not. Fix: set `retired: kept` on cyd and add a new member with replicaOf the primary.',
      ],
    },
  ],
  accepted: [
    { of: 'a primary that was created from a retired member', input: promoted(sample()) },
    {
      of: 'a retired member that was created from a retired one',
      input: promoted(withMembers(sample(), { cyd: follower('ada', { retired: 'kept' }) })),
    },
  ],
});

describeRule('follows-nobody', {
  breaches: [
    {
      of: 'the old primary after a promotion',
      input: withMember(promoted(sample()), 'ada', { retired: undefined }),
      lines: [
        'error follows-nobody: members.ada: ada follows nobody and is not the primary (bab is): that would be two primaries. Allowed: members that are the primary, follow it, or are retired. Fix: set `retired: kept` on ada, or make it the primary.',
      ],
    },
  ],
  accepted: [
    { of: 'the old primary when it is retired', input: promoted(sample()) },
    { of: 'a second origin, which is reported as such', input: withNew(sample(), 'cyd', ORIGIN) },
    { of: 'an origin while nobody is known to be the primary', input: { ...sample(), primary: 'zed' } },
  ],
});

describeRule('cascade-unsupported', {
  breaches: [
    {
      of: 'PostgreSQL before 14.1',
      input: withChain(sample('postgres', '13.23'), 2),
      lines: [
        'error cascade-unsupported: members.bab.version: bab is a replica on PostgreSQL 13.23 and has replicas (cyd). Allowed: cascading from PostgreSQL 14.1 on. Fix: upgrade to 14.1 or later, or create cyd from ada.',
      ],
    },
    ...(['oracle', 'sqlserver', 'db2'] as const).map((engine) => ({
      of: ENGINES[engine].title,
      input: withMembers(sample(engine), { cyd: follower('bab'), dot: follower('bab') }),
      lines: [
        `error cascade-unsupported: members.bab: bab is a replica and has replicas (cyd and dot), which ${ENGINES[engine].title} cannot do. Allowed: replicas of the primary only. Fix: create cyd and dot from ada.`,
      ],
    })),
  ],
  accepted: [
    { of: 'PostgreSQL 14.1', input: withChain(sample('postgres', '14.1'), 2) },
    { of: 'MySQL', input: withChain(sample('mysql'), 2) },
    { of: 'MariaDB', input: withChain(sample('mariadb'), 2) },
    {
      of: 'Oracle whose replica was promoted',
      input: promoted(withMembers(sample('oracle'), { cyd: follower('bab') })),
    },
  ],
  unknown: [{ of: 'the version', erase: withoutVersions }],
});

describeRule('cascade-too-deep', {
  breaches: (['mysql', 'mariadb', 'postgres'] as const).map((engine) => ({
    of: `four replicas in one chain on ${ENGINES[engine].title}`,
    input: withChain(sample(engine), 4),
    lines: [
      `error cascade-too-deep: members.eve.replicaOf: eve is 4 replicas below ada. Allowed: at most 3 for ${ENGINES[engine].title}. Fix: create eve from a member nearer to the primary.`,
    ],
  })),
  accepted: [
    { of: 'three replicas in one chain', input: withChain(sample(), 3) },
    { of: 'four after a promotion inside the chain', input: promoted(withChain(sample(), 4)) },
  ],
});

const LIMITS: readonly (readonly [EngineName, number])[] = [
  ['mysql', 15],
  ['mariadb', 15],
  ['postgres', 15],
  ['oracle', 5],
  ['sqlserver', 15],
  ['db2', 3],
];

describeRule('too-many-replicas', {
  breaches: LIMITS.map(([engine, limit]) => ({
    of: `${limit + 1} replicas on ${ENGINES[engine].title}`,
    input: withFollowers(sample(engine), limit + 1),
    lines: [
      `error too-many-replicas: members.ada: ada has ${limit + 1} replicas. Allowed: at most ${limit} of one source for ${ENGINES[engine].title}. Fix: remove some, or create some from a replica where the engine can cascade.`,
    ],
  })),
  accepted: [
    ...LIMITS.map(([engine, limit]) => ({
      of: `${limit} replicas on ${ENGINES[engine].title}`,
      input: withFollowers(sample(engine), limit),
    })),
    {
      of: '15 replicas and a retired one',
      input: withNew(withFollowers(sample(), 15), 'old', follower('ada', { retired: 'kept' })),
    },
  ],
});

describeRule('replica-limit-disputed', {
  breaches: [
    {
      of: '6 replicas',
      input: withFollowers(sample('sqlserver'), 6),
      lines: [
        "warning replica-limit-disputed: members.ada: ada has 6 replicas, and AWS's documents disagree: the API reference allows 5, the user guide 15 with more lag. Allowed: at most 5, on which both agree. Fix: try it in an account of yours before you rely on it, or keep to 5.",
      ],
    },
    {
      of: '15 replicas',
      input: withFollowers(sample('sqlserver'), 15),
      lines: [
        "warning replica-limit-disputed: members.ada: ada has 15 replicas, and AWS's documents disagree: the API reference allows 5, the user guide 15 with more lag. Allowed: at most 5, on which both agree. Fix: try it in an account of yours before you rely on it, or keep to 5.",
      ],
    },
  ],
  accepted: [
    { of: '5 replicas', input: withFollowers(sample('sqlserver'), 5) },
    { of: '16 replicas, which is an error', input: withFollowers(sample('sqlserver'), 16) },
    ...(['mysql', 'mariadb', 'postgres', 'oracle', 'db2'] as const).map((engine) => ({
      of: `6 replicas on ${ENGINES[engine].title}`,
      input: withFollowers(sample(engine), 6),
    })),
  ],
});

describeRule('many-cross-region-replicas', {
  breaches: [
    {
      of: '6 replicas in other Regions',
      input: withFollowers(sample(), 7, ABROAD),
      lines: [
        'warning many-cross-region-replicas: members.ada: ada has 6 replicas in other Regions. Allowed: up to 5 of one source, which is what RDS says it can guarantee. Fix: create one replica in each Region and the others from that one, where the engine can cascade.',
      ],
    },
  ],
  accepted: [
    { of: '5 replicas in other Regions', input: withFollowers(sample(), 6, ABROAD) },
    { of: '7 replicas in the same Region', input: withFollowers(sample(), 7) },
  ],
  unknown: [{ of: 'the Region', erase: withoutMemberFields('region') }],
});

describeRule('cascade-returns', {
  breaches: [
    {
      of: 'a chain that leaves a Region and comes back',
      input: withMembers(sample(), { cyd: follower('ada', ABROAD), dot: follower('cyd', { key: 'create' }) }),
      lines: [
        'warning cascade-returns: members.dot.replicaOf: dot is in eu-west-1 and follows cyd in us-east-1, which itself depends on eu-west-1. Allowed: chains that do not return to a Region they left, so that the stacks of two Regions do not wait for each other. Fix: create dot from a member in eu-west-1; or deploy once without it, then with it.',
      ],
    },
  ],
  accepted: [
    {
      of: 'a chain through three Regions',
      input: withMembers(sample(), {
        cyd: follower('ada', ABROAD),
        dot: follower('cyd', { region: 'us-west-2', key: 'create' }),
      }),
    },
    {
      of: 'a chain that leaves a Region and goes on there',
      input: withMembers(sample(), { cyd: follower('ada', ABROAD), dot: follower('cyd', ABROAD) }),
    },
  ],
  unknown: [{ of: 'the Region', erase: withoutMemberFields('region') }],
});
