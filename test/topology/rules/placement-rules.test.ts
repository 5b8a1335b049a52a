import { ENGINES } from '../../../lib/topology';
import { withAws, withMember, withMemberAws } from '../../_arbitraries/edits';
import { describeRule, withoutMemberAws, withoutMemberFields, withoutVersions } from '../../_helpers/describe-rule';
import { promoted, sample } from '../../_helpers/sample-topology';

describeRule('region-unknown', {
  breaches: [
    {
      of: 'a misspelt Region',
      input: withMember(sample(), 'bab', { region: 'eu-wset-1' }),
      lines: [
        'error region-unknown: members.bab.region: region is eu-wset-1, which is no AWS Region. Allowed: the code of an AWS Region, for example eu-west-1. Fix: did you mean eu-west-1?',
      ],
    },
    {
      of: 'a name',
      input: withMember(sample(), 'bab', { region: 'Ireland' }),
      lines: [
        'error region-unknown: members.bab.region: region is Ireland, which is no AWS Region. Allowed: the code of an AWS Region, for example eu-west-1. Fix: write the code, not the name or a zone.',
      ],
    },
    {
      of: 'a zone',
      input: withMember(sample(), 'bab', { region: 'eu-west-1a' }),
      lines: [
        'error region-unknown: members.bab.region: region is eu-west-1a, which is no AWS Region. Allowed: the code of an AWS Region, for example eu-west-1. Fix: did you mean eu-west-1?',
      ],
    },
  ],
  accepted: [
    { of: 'a Region of every age', input: withMember(sample(), 'bab', { region: 'mx-central-1', key: 'create' }) },
    {
      of: 'the Region of a removed member',
      input: withMember(promoted(sample()), 'ada', { region: 'mars-1', retired: 'removed' }),
    },
  ],
  unknown: [{ of: 'the Region', erase: withoutMemberFields('region') }],
});

describeRule('partition-mixed', {
  breaches: [
    {
      of: 'a replica in China',
      input: withMember(sample(), 'bab', { region: 'cn-north-1', key: 'create' }),
      lines: [
        'error partition-mixed: members: the Regions are in the partitions aws and aws-cn. Allowed: Regions of one partition: RDS does not replicate between partitions. Fix: make a topology for each partition.',
      ],
    },
  ],
  accepted: [
    {
      of: 'all in one other partition',
      input: withMember(withMember(sample(), 'ada', { region: 'us-gov-west-1' }), 'bab', {
        region: 'us-gov-east-1',
        key: 'create',
      }),
    },
    {
      of: 'a Region that does not exist, which is reported as such',
      input: withMember(sample(), 'bab', { region: 'cn-nrth-1' }),
    },
  ],
  unknown: [{ of: 'the Region', erase: withoutMemberFields('region') }],
});

describeRule('replica-mode-unsupported', {
  breaches: [
    ...(['mysql', 'mariadb', 'postgres', 'sqlserver'] as const).map((engine) => ({
      of: ENGINES[engine].title,
      input: withMemberAws(sample(engine), 'bab', { replicaMode: 'mounted' }),
      lines: [
        `error replica-mode-unsupported: members.bab.aws.replicaMode: replicaMode is mounted on ${ENGINES[engine].title}. Allowed: open-read-only or mounted on replicas of Oracle or Db2, none elsewhere. Fix: take replicaMode away.`,
      ],
    })),
    {
      of: 'the origin',
      input: withMemberAws(sample('oracle'), 'ada', { replicaMode: 'open-read-only' }),
      lines: [
        'error replica-mode-unsupported: members.ada.aws.replicaMode: replicaMode is open-read-only on the origin. Allowed: open-read-only or mounted on replicas of Oracle or Db2, none elsewhere. Fix: take replicaMode away.',
      ],
    },
  ],
  accepted: [
    { of: 'a mounted Oracle replica', input: withMemberAws(sample('oracle'), 'bab', { replicaMode: 'mounted' }) },
    { of: 'an open Db2 replica', input: withMemberAws(sample('db2'), 'bab', { replicaMode: 'open-read-only' }) },
    {
      of: 'a replica that was promoted',
      input: withMemberAws(promoted(sample('oracle')), 'bab', { replicaMode: 'mounted' }),
    },
  ],
  unknown: [{ of: 'the mode', erase: withoutMemberAws }],
});

const never = { promotion: 'never' } as const;

describeRule('delay-unsupported', {
  breaches: [
    ...(
      [
        ['14.18', 'before 14.19'],
        ['15.13', 'before 15.14'],
        ['16.9', 'before 16.10'],
        ['17.5', 'before 17.6'],
        ['13.23', 'of a major without any'],
      ] as const
    ).map(([version, of]) => ({
      of: `PostgreSQL ${of}`,
      input: withMemberAws(withMember(sample('postgres', version), 'bab', never), 'bab', { delay: '1h' }),
      lines: [
        `error delay-unsupported: members.bab.aws.delay: bab is to stay 1h behind, but it runs PostgreSQL ${version}. Allowed: replicas of MySQL and MariaDB; of PostgreSQL 14.19, 15.14, 16.10, 17.6 or later up to 1d. Fix: take the delay away, or upgrade.`,
      ],
    })),
    {
      of: 'a second more than a day on PostgreSQL',
      input: withMemberAws(withMember(sample(), 'bab', never), 'bab', { delay: '86401s' }),
      lines: [
        'error delay-unsupported: members.bab.aws.delay: bab is to stay 1d1s behind, but 1d1s is more than 1d. Allowed: replicas of MySQL and MariaDB; of PostgreSQL 14.19, 15.14, 16.10, 17.6 or later up to 1d. Fix: take the delay away, or upgrade.',
      ],
    },
    {
      of: 'the origin',
      input: withMemberAws(sample(), 'ada', { delay: '1h' }),
      lines: [
        'error delay-unsupported: members.ada.aws.delay: ada is to stay 1h behind, but it is the origin. Allowed: replicas of MySQL and MariaDB; of PostgreSQL 14.19, 15.14, 16.10, 17.6 or later up to 1d. Fix: take the delay away, or upgrade.',
      ],
    },
    ...(['oracle', 'sqlserver', 'db2'] as const).map((engine) => ({
      of: ENGINES[engine].title,
      input: withMemberAws(withMember(sample(engine), 'bab', never), 'bab', { delay: '1h' }),
      lines: [
        `error delay-unsupported: members.bab.aws.delay: bab is to stay 1h behind, but ${ENGINES[engine].title} has no delayed replicas. Allowed: replicas of MySQL and MariaDB; of PostgreSQL 14.19, 15.14, 16.10, 17.6 or later up to 1d. Fix: take the delay away, or upgrade.`,
      ],
    })),
  ],
  accepted: [
    ...(['14.19', '15.14', '16.10', '17.6', '18.1'] as const).map((version) => ({
      of: `PostgreSQL ${version}`,
      input: withMemberAws(withMember(sample('postgres', version), 'bab', never), 'bab', { delay: '1d' }),
    })),
    { of: 'a week on MySQL', input: withMemberAws(withMember(sample('mysql'), 'bab', never), 'bab', { delay: '7d' }) },
    { of: 'MariaDB', input: withMemberAws(withMember(sample('mariadb'), 'bab', never), 'bab', { delay: '1h' }) },
    {
      of: 'a version that RDS does not offer, which is reported as such',
      input: withMemberAws(withMember(sample('postgres', 'latest'), 'bab', never), 'bab', { delay: '1h' }),
    },
  ],
  unknown: [
    { of: 'the delay', erase: withoutMemberAws },
    { of: 'the version', erase: withoutVersions },
  ],
});

describeRule('db2-license-parameters', {
  breaches: [
    {
      of: 'no parameters',
      input: withAws(sample('db2'), { parameters: {} }),
      lines: [
        'error db2-license-parameters: aws.parameters: Db2 with bring-your-own-license has the parameters none. Allowed: parameters with rds.ibm_customer_id and rds.ibm_site_id. Fix: add both.',
      ],
    },
    {
      of: 'one of two',
      input: withAws(sample('db2'), { parameters: { 'rds.ibm_customer_id': '1', autocommit: '1' } }),
      lines: [
        'error db2-license-parameters: aws.parameters: Db2 with bring-your-own-license has the parameters rds.ibm_customer_id and autocommit. Allowed: parameters with rds.ibm_customer_id and rds.ibm_site_id. Fix: add both.',
      ],
    },
  ],
  accepted: [
    { of: 'both', input: sample('db2') },
    {
      of: 'a licence that is included',
      input: withAws(sample('db2'), { license: 'license-included', parameters: {} }),
    },
    { of: 'Oracle with its own licence', input: withAws(sample('oracle'), { license: 'bring-your-own-license' }) },
  ],
});
