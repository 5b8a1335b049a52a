import { withMember, withMemberAws, withNew, withObjectives } from '../../_arbitraries/edits';
import { describeRule, withoutMemberAws, withoutMemberFields, withoutVersions } from '../../_helpers/describe-rule';
import { follower, promoted, sample, withMembers } from '../../_helpers/sample-topology';

const ABROAD = { region: 'us-east-1', key: 'create' };

describeRule('primary-unknown', {
  breaches: [
    {
      of: 'a primary that is no member',
      input: { ...sample(), primary: 'zed' },
      lines: [
        'error primary-unknown: primary: primary is zed, which is no member. Allowed: ada or bab. Fix: name the member that takes writes now.',
      ],
    },
    {
      of: 'such a primary beside a retired member',
      input: { ...promoted(sample()), primary: 'zed' },
      lines: [
        'error primary-unknown: primary: primary is zed, which is no member. Allowed: bab. Fix: name the member that takes writes now.',
      ],
    },
  ],
  accepted: [{ of: 'a primary that is a member', input: sample() }],
});

describeRule('primary-retired', {
  breaches: [
    {
      of: 'a primary that is kept',
      input: withMember(sample(), 'ada', { retired: 'kept' }),
      lines: [
        'error primary-retired: primary: primary is ada, which is retired. Allowed: a member that is not retired. Fix: name the member that takes writes now, or take `retired` away.',
      ],
    },
    {
      of: 'a primary that is removed',
      input: withMember(sample(), 'ada', { retired: 'removed' }),
      lines: [
        'error primary-retired: primary: primary is ada, which is retired. Allowed: a member that is not retired. Fix: name the member that takes writes now, or take `retired` away.',
      ],
    },
  ],
  accepted: [{ of: 'another member that is retired', input: promoted(sample()) }],
});

describeRule('primary-not-promotable', {
  breaches: [
    {
      of: 'a primary that is never promoted',
      input: withMember(sample(), 'ada', { promotion: 'never' }),
      lines: [
        'error primary-not-promotable: members.ada.promotion: ada is the primary and its promotion rule is never. Allowed: a priority of 1 or more. Fix: give ada a priority, or make another member the primary.',
      ],
    },
    {
      of: 'a promoted replica that says nothing',
      input: withMember(promoted(sample()), 'bab', { promotion: undefined }),
      lines: [
        'error primary-not-promotable: members.bab.promotion: bab is the primary and its promotion rule is never. Allowed: a priority of 1 or more. Fix: give bab a priority, or make another member the primary.',
      ],
    },
  ],
  accepted: [{ of: 'a priority', input: withMember(sample(), 'ada', { promotion: 9 }) }],
});

describeRule('nothing-promotable', {
  breaches: [
    {
      of: 'a replica that is never promoted',
      input: withMember(sample(), 'bab', { promotion: 'never' }),
      lines: [
        'warning nothing-promotable: members: no replica may be promoted (bab: never). Allowed: at least one replica with a priority. Fix: give a replica `promotion: 1`, or add one.',
      ],
    },
    {
      of: 'two replicas that say nothing',
      input: withMembers(sample(), { bab: { region: 'eu-west-1', replicaOf: 'ada' }, cyd: follower('ada') }),
      lines: [
        'warning nothing-promotable: members: no replica may be promoted (bab and cyd: never). Allowed: at least one replica with a priority. Fix: give a replica `promotion: 1`, or add one.',
      ],
    },
    {
      of: 'a primary that is alone',
      input: promoted(sample()),
      lines: [
        'warning nothing-promotable: members: there is no replica: when the primary is lost, nothing can take over. Allowed: at least one replica with a priority. Fix: give a replica `promotion: 1`, or add one.',
      ],
    },
  ],
  accepted: [
    { of: 'one replica with a priority', input: sample() },
    {
      of: 'an unknown primary, which is an error',
      input: { ...withMember(sample(), 'bab', { promotion: 'never' }), primary: 'zed' },
    },
  ],
});

describeRule('region-loss-uncovered', {
  breaches: [
    {
      of: 'a promotable replica beside the primary',
      input: withObjectives(sample(), { recovery: { region: '15m' } }),
      lines: [
        "warning region-loss-uncovered: objectives.recovery.region: the loss of a Region is to be recovered from within 15m, but no promotable replica is outside eu-west-1. Allowed: at least one replica with a priority outside the primary's Region. Fix: add one, give one there a priority, or drop the objective.",
      ],
    },
    {
      of: 'a replica elsewhere that is never promoted',
      input: withNew(withObjectives(sample(), { recovery: { region: '1h' } }), 'cyd', follower('ada', ABROAD)),
      lines: [
        "warning region-loss-uncovered: objectives.recovery.region: the loss of a Region is to be recovered from within 1h, but no promotable replica is outside eu-west-1. Allowed: at least one replica with a priority outside the primary's Region. Fix: add one, give one there a priority, or drop the objective.",
      ],
    },
  ],
  accepted: [
    {
      of: 'a promotable replica elsewhere',
      input: withNew(withObjectives(sample(), { recovery: { region: '15m' } }), 'cyd', {
        ...ABROAD,
        replicaOf: 'ada',
        promotion: 2,
      }),
    },
    { of: 'an objective for a member only', input: withObjectives(sample(), { recovery: { member: '15m' } }) },
    {
      of: 'nothing promotable at all, which is reported as such',
      input: withObjectives(withMember(sample(), 'bab', { promotion: 'never' }), { recovery: { region: '15m' } }),
    },
  ],
  unknown: [{ of: 'the Region', erase: withoutMemberFields('region') }],
});

describeRule('promotable-undersized', {
  breaches: [
    {
      of: 'a smaller class',
      input: withMember(sample(), 'bab', { size: 'db.r6i.large' }),
      lines: [
        'warning promotable-undersized: members.bab.size: bab is a db.r6i.large and may be promoted, but the primary ada is a db.r6i.xlarge. Allowed: promotable replicas as large as the primary, so that they carry its load (and do not lag under its writes). Fix: make bab a db.r6i.xlarge, or set `promotion: never`.',
      ],
    },
    {
      of: 'a smaller class of another family',
      input: withMember(sample(), 'bab', { size: 'db.t4g.medium' }),
      lines: [
        'warning promotable-undersized: members.bab.size: bab is a db.t4g.medium and may be promoted, but the primary ada is a db.r6i.xlarge. Allowed: promotable replicas as large as the primary, so that they carry its load (and do not lag under its writes). Fix: make bab a db.r6i.xlarge, or set `promotion: never`.',
      ],
    },
  ],
  accepted: [
    { of: 'the same class', input: withMember(sample(), 'bab', { size: 'db.r6i.xlarge' }) },
    { of: 'a larger class', input: withMember(sample(), 'bab', { size: 'db.r6i.2xlarge' }) },
    {
      of: 'a smaller class that is never promoted',
      input: withMember(sample(), 'bab', { size: 'db.r6i.large', promotion: 'never' }),
    },
  ],
  unknown: [{ of: 'the size', erase: withoutMemberFields('size') }],
});

describeRule('promotable-family-differs', {
  breaches: [
    {
      of: 'the same step of another family',
      input: withMember(sample(), 'bab', { size: 'db.m6i.xlarge' }),
      lines: [
        'warning promotable-family-differs: members.bab.size: bab is a db.m6i.xlarge and may be promoted, but the primary ada is a db.r6i.xlarge. Allowed: promotable replicas of the same family: another has other memory, network and cache, and plans tuned for one may fail on the other. Fix: make bab a db.r6i.xlarge, or accept the difference.',
      ],
    },
    {
      of: 'a larger class of another family',
      input: withMember(sample(), 'bab', { size: 'db.r7g.4xlarge' }),
      lines: [
        'warning promotable-family-differs: members.bab.size: bab is a db.r7g.4xlarge and may be promoted, but the primary ada is a db.r6i.xlarge. Allowed: promotable replicas of the same family: another has other memory, network and cache, and plans tuned for one may fail on the other. Fix: make bab a db.r6i.xlarge, or accept the difference.',
      ],
    },
  ],
  accepted: [
    {
      of: 'another family that is never promoted',
      input: withMember(sample(), 'bab', { size: 'db.m6i.xlarge', promotion: 'never' }),
    },
    {
      of: 'a smaller class of another family, which is reported as such',
      input: withMember(sample(), 'bab', { size: 'db.m6i.large' }),
    },
  ],
  unknown: [{ of: 'the size', erase: withoutMemberFields('size') }],
});

describeRule('promotable-delayed', {
  breaches: [
    {
      of: 'a delayed replica with a priority',
      input: withMemberAws(sample(), 'bab', { delay: '1h30m' }),
      lines: [
        'warning promotable-delayed: members.bab.promotion: bab stays 1h30m behind on purpose and has priority 1. Allowed: `promotion: never` for delayed replicas: promoting one loses all writes of the delay. Fix: set `promotion: never` on bab, or take its delay away.',
      ],
    },
  ],
  accepted: [
    {
      of: 'a delayed replica that is never promoted',
      input: withMemberAws(withMember(sample(), 'bab', { promotion: 'never' }), 'bab', { delay: '1h' }),
    },
    { of: 'a delay of nothing', input: withMemberAws(sample(), 'bab', { delay: '0s' }) },
  ],
  unknown: [{ of: 'the delay', erase: withoutMemberAws }],
});

describeRule('promotable-without-backups', {
  breaches: [
    {
      of: 'a promotable replica on PostgreSQL 14.1',
      input: withMember(sample('postgres', '14.1'), 'bab', { retention: '0d' }),
      lines: [
        'warning promotable-without-backups: members.bab.retention: bab may be promoted and its retention is 0d: as primary it would have no backups and could have no replicas. Allowed: 1d to 35d. Fix: set `retention: 7d`.',
      ],
    },
    ...(['mysql', 'mariadb', 'oracle', 'db2'] as const).map((engine) => ({
      of: `a promotable replica on ${engine}`,
      input: withMember(sample(engine), 'bab', { retention: '0d' }),
      lines: [
        'warning promotable-without-backups: members.bab.retention: bab may be promoted and its retention is 0d: as primary it would have no backups and could have no replicas. Allowed: 1d to 35d. Fix: set `retention: 7d`.',
      ],
    })),
  ],
  accepted: [
    { of: 'one day', input: withMember(sample(), 'bab', { retention: '1d' }) },
    {
      of: 'a replica that is never promoted',
      input: withMember(sample(), 'bab', { retention: '0d', promotion: 'never' }),
    },
    { of: 'SQL Server, whose replicas cannot have any', input: sample('sqlserver') },
    { of: 'PostgreSQL 13, whose replicas cannot have any', input: sample('postgres', '13.23') },
    {
      of: 'a source, for which it is an error',
      input: withMember(withMembers(sample(), { cyd: follower('bab') }), 'bab', { retention: '0d' }),
    },
  ],
  unknown: [
    { of: 'the retention', erase: withoutMemberFields('retentionDays') },
    { of: 'the version', erase: withoutVersions },
  ],
});
