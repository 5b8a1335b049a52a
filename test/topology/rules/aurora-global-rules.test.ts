import { withAws, withMember, withMemberAws, withNew } from '../../_arbitraries/edits';
import { describeRule, withoutMemberFields, withoutVersions } from '../../_helpers/describe-rule';
import { replicaCluster, sampleGlobal, servers } from '../../_helpers/sample-cluster';

const REGIONS = [
  ...['us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'eu-central-1', 'eu-west-2', 'eu-west-3', 'eu-north-1'],
  ...['ap-south-1', 'sa-east-1'],
];

/** The sample with so many secondaries, bab among them. */
function wide(count: number) {
  return REGIONS.slice(0, count - 1).reduce(
    (input, region, index) => withNew(input, `node-${index}`, replicaCluster(region)),
    sampleGlobal(),
  );
}

describeRule('too-many-secondaries', {
  breaches: [
    {
      of: 'eleven',
      input: wide(11),
      lines: [
        'error too-many-secondaries: members: there are 11 secondaries. Allowed: at most 10. Fix: remove some, or make a second topology.',
      ],
    },
  ],
  accepted: [{ of: 'ten', input: wide(10) }],
});

describeRule('region-taken', {
  breaches: [
    {
      of: 'two clusters in one Region',
      input: withNew(sampleGlobal(), 'cyd', replicaCluster('us-east-1')),
      lines: [
        'error region-taken: members.bab.region: bab and cyd are both in us-east-1. Allowed: one cluster of a global database in each Region. Fix: give one cluster more instances, or take another Region.',
        'error region-taken: members.cyd.region: cyd and bab are both in us-east-1. Allowed: one cluster of a global database in each Region. Fix: give one cluster more instances, or take another Region.',
      ],
    },
  ],
  accepted: [
    {
      of: 'a cluster that comes after a retired one',
      input: withNew(withMember(sampleGlobal(), 'bab', { retired: 'kept' }), 'cyd', replicaCluster('us-east-1')),
    },
  ],
  unknown: [{ of: 'the Region', erase: withoutMemberFields('region') }],
});

describeRule('class-unsuited-for-global', {
  breaches: [
    {
      of: 'a burstable class',
      input: withMember(sampleGlobal(), 'bab', { instances: servers(1, { size: 'db.t4g.large' }) }),
      lines: [
        'error class-unsuited-for-global: members.bab.instances.i0.size: i0 of bab is a db.t4g.large. Allowed: db.r5 or later, db.x2g, or db.serverless. Fix: take for example db.r7g.large.',
      ],
    },
    {
      of: 'an old one',
      input: withMember(sampleGlobal('aurora-postgresql', '11.9'), 'ada', { size: 'db.r4.large' }),
      lines: [
        'error class-unsuited-for-global: members.ada.instances.i0.size: i0 of ada is a db.r4.large. Allowed: db.r5 or later, db.x2g, or db.serverless. Fix: take for example db.r7g.large.',
        'error class-unsuited-for-global: members.bab.instances.i0.size: i0 of bab is a db.r4.large. Allowed: db.r5 or later, db.x2g, or db.serverless. Fix: take for example db.r7g.large.',
      ],
    },
  ],
  accepted: [{ of: 'a later one', input: withMember(sampleGlobal(), 'ada', { size: 'db.x2g.large' }) }],
});

describeRule('headless-secondary', {
  breaches: [
    {
      of: 'a secondary that may be promoted',
      input: withMember(sampleGlobal(), 'bab', { instances: {} }),
      lines: [
        'warning headless-secondary: members.bab.instances: bab has priority 2 and no instance: it cannot be promoted until it has one. Allowed: an instance, or `promotion: never`; a headless secondary keeps the data and costs no server. Fix: add an instance, or be ready to add one before a promotion.',
      ],
    },
  ],
  accepted: [
    {
      of: 'one that is never promoted',
      input: withMember(sampleGlobal(), 'bab', { instances: {}, promotion: 'never' }),
    },
    { of: 'an instance', input: sampleGlobal() },
  ],
});

describeRule('global-version-differs', {
  breaches: [
    {
      of: 'another minor',
      input: withMember(sampleGlobal(), 'bab', { version: '16.9' }),
      lines: [
        'error global-version-differs: members.bab.version: bab is on 16.9 and the primary ada on 16.8. Allowed: 16.8: with another major or minor version no switchover is possible. Fix: write the version once, in engine.version; upgrade secondaries first and the primary at once after them.',
      ],
    },
    {
      of: 'another minor of Aurora MySQL',
      input: withMember(sampleGlobal('aurora-mysql'), 'bab', { version: '8.0.mysql_aurora.3.10.0' }),
      lines: [
        'error global-version-differs: members.bab.version: bab is on 3.10.0 and the primary ada on 3.08.2. Allowed: 3.08: with another major or minor version no switchover is possible. Fix: write the version once, in engine.version; upgrade secondaries first and the primary at once after them.',
      ],
    },
  ],
  accepted: [
    {
      of: 'another patch of Aurora MySQL',
      input: withMember(sampleGlobal('aurora-mysql'), 'bab', { version: '8.0.mysql_aurora.3.08.1' }),
    },
  ],
  unknown: [{ of: 'the version', erase: withoutVersions }],
});

describeRule('managed-password-in-global', {
  breaches: [
    {
      of: 'a managed password',
      input: withAws(sampleGlobal(), { credentials: 'rds-managed' }),
      lines: [
        'error managed-password-in-global: aws.credentials: the master password is managed by RDS and the kind is global. Allowed: self-managed: RDS manages no master password of a global database. Fix: set `credentials: self-managed` (the secret is then made here and replicated).',
      ],
    },
  ],
  accepted: [{ of: 'our own', input: withAws(sampleGlobal(), { credentials: 'self-managed' }) }],
});

const scaling = (promotion: number | 'never') =>
  withMember(withMemberAws(sampleGlobal(), 'bab', { readerScaling: { max: 4 } }), 'bab', { promotion });

describeRule('reader-scaling-on-secondary', {
  breaches: [
    {
      of: 'a secondary for ever',
      input: scaling('never'),
      lines: [
        'error reader-scaling-on-secondary: members.bab.aws.readerScaling: the readers of bab are to scale, and it is a secondary that is never promoted. Allowed: clusters that are, or may become, the primary: Aurora scales no readers of a secondary. Fix: take readerScaling away, and declare the instances that are needed.',
      ],
    },
  ],
  accepted: [{ of: 'a secondary that may be promoted', input: scaling(1) }],
});

const rpo = (time: string, input = sampleGlobal()) => withMemberAws(input, 'ada', { rpo: time });

describeRule('rpo-unsupported', {
  breaches: [
    {
      of: 'Aurora MySQL',
      input: rpo('1m', sampleGlobal('aurora-mysql')),
      lines: [
        'error rpo-unsupported: members.ada.aws.rpo: ada has an rpo and the engine is Aurora MySQL. Allowed: rpo, which is rds.global_db_rpo, on Aurora PostgreSQL only. Fix: take it away; the lag alarm tells of what would be lost.',
      ],
    },
  ],
  accepted: [{ of: 'Aurora PostgreSQL', input: rpo('1m') }],
});

describeRule('rpo-range', {
  breaches: [
    {
      of: 'less than 20 seconds',
      input: rpo('19s'),
      lines: [
        'error rpo-range: members.ada.aws.rpo: the rpo of ada is 19s. Allowed: 20s or more (up to 2147483647 s). Fix: set `rpo: 20s`, or leave it out.',
      ],
    },
  ],
  accepted: [{ of: '20 seconds', input: rpo('20s') }],
});

describeRule('rpo-on-both', {
  breaches: [
    {
      of: 'two of two',
      input: withMemberAws(rpo('1m'), 'bab', { rpo: '1m' }),
      lines: [
        'error rpo-on-both: members.ada.aws.rpo: ada and bab both have an rpo: when one is lost, the other waits for it and takes no writes. Allowed: an rpo on one of two clusters, or on more of three and more. Fix: take it away from one of them.',
      ],
    },
  ],
  accepted: [
    { of: 'one of two', input: rpo('1m') },
    {
      of: 'two of three',
      input: withNew(withMemberAws(rpo('1m'), 'bab', { rpo: '1m' }), 'cyd', replicaCluster('us-west-2')),
    },
  ],
});

describeRule('rpo-as-parameter', {
  breaches: [
    {
      of: 'a parameter',
      input: withAws(sampleGlobal(), { parameters: { 'rds.global_db_rpo': '60' } }),
      lines: [
        'error rpo-as-parameter: aws.parameters.rds.global_db_rpo: rds.global_db_rpo is among the parameters, which are the same in every Region. Allowed: rpo below `aws` of those members that are to have it as primary. Fix: write it there.',
      ],
    },
  ],
  accepted: [{ of: 'another parameter', input: withAws(sampleGlobal(), { parameters: { work_mem: '4096' } }) }],
});
