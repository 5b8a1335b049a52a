import { ENGINES } from '../../../lib/topology';
import { withAws, withMember } from '../../_arbitraries/edits';
import { describeRule, withoutMemberFields } from '../../_helpers/describe-rule';
import { follower, promoted, sample, withMembers } from '../../_helpers/sample-topology';

const ABROAD = { region: 'us-east-1', key: 'create' };
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const plain = withMember(sample(), 'ada', { encrypted: false });

describeRule('encryption-mixed', {
  breaches: [
    {
      of: 'an unencrypted replica of an encrypted source',
      input: withMember(sample(), 'bab', { encrypted: false }),
      lines: [
        'error encryption-mixed: members.bab.encrypted: bab is not encrypted and its source ada is encrypted. Allowed: both encrypted or both not: RDS creates no encrypted replica of an unencrypted instance, nor the reverse. Fix: encrypt both; an existing unencrypted instance is encrypted by copying a snapshot of it with a key.',
      ],
    },
    {
      of: 'an encrypted replica of an unencrypted source',
      input: withMember(plain, 'bab', { encrypted: true }),
      lines: [
        'error encryption-mixed: members.bab.encrypted: bab is encrypted and its source ada is not encrypted. Allowed: both encrypted or both not: RDS creates no encrypted replica of an unencrypted instance, nor the reverse. Fix: encrypt both; an existing unencrypted instance is encrypted by copying a snapshot of it with a key.',
      ],
    },
  ],
  accepted: [
    { of: 'both encrypted', input: withMember(sample(), 'bab', { encrypted: true }) },
    { of: 'both unencrypted, the replica by its source', input: plain },
  ],
  unknown: [{ of: 'the encryption', erase: withoutMemberFields('encrypted') }],
});

describeRule('destination-key-missing', {
  breaches: [
    {
      of: 'an encrypted replica in another Region',
      input: withMember(sample(), 'bab', { region: 'us-east-1' }),
      lines: [
        'error destination-key-missing: members.bab.key: bab in us-east-1 is an encrypted replica of ada in eu-west-1 and has no key. Allowed: a KMS key of us-east-1: keys do not leave their Region. Fix: set `key: create`, or name a key there, for example `key: alias/aws/rds`.',
      ],
    },
  ],
  accepted: [
    { of: 'a key there', input: withMember(sample(), 'bab', { region: 'us-east-1', key: 'alias/aws/rds' }) },
    { of: 'a replica in the same Region', input: sample() },
    { of: 'an unencrypted replica', input: withMember(plain, 'bab', { region: 'us-east-1' }) },
    {
      of: 'an encrypted replica of an unencrypted source, which is reported as such',
      input: withMember(plain, 'bab', { region: 'us-east-1', encrypted: true }),
    },
    {
      of: 'a replica in another partition, which is reported as such',
      input: withMember(sample(), 'bab', { region: 'cn-north-1' }),
    },
    {
      of: 'a replica in a Region that does not exist, which is reported as such',
      input: withMember(sample(), 'bab', { region: 'us-est-1' }),
    },
    {
      of: 'a replica in the Region of a source whose key it takes',
      input: withMembers(sample(), { cyd: follower('ada', ABROAD), dot: follower('cyd', { region: 'us-east-1' }) }),
    },
  ],
  unknown: [
    { of: 'the Region', erase: withoutMemberFields('region') },
    { of: 'the encryption', erase: withoutMemberFields('encrypted') },
  ],
});

describeRule('key-in-other-region', {
  breaches: [
    {
      of: 'the ARN of a key elsewhere',
      input: withMember(sample(), 'bab', { ...ABROAD, key: KEY }),
      lines: [
        'error key-in-other-region: members.bab.key: bab is in us-east-1 and its key is arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab. Allowed: a KMS key of us-east-1. Fix: name a key of that Region; a multi-Region key has a replica key there.',
      ],
    },
    {
      of: 'such a key of the origin',
      input: withMember(sample(), 'ada', { region: 'eu-west-2', key: KEY }),
      lines: [
        'error key-in-other-region: members.ada.key: ada is in eu-west-2 and its key is arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab. Allowed: a KMS key of eu-west-2. Fix: name a key of that Region; a multi-Region key has a replica key there.',
      ],
    },
  ],
  accepted: [
    { of: 'the ARN of a key there', input: withMember(sample(), 'ada', { key: KEY }) },
    {
      of: 'an alias, which is looked up there',
      input: withMember(sample(), 'bab', { ...ABROAD, key: 'alias/orders' }),
    },
    {
      of: 'a Region that does not exist, which is reported as such',
      input: withMember(sample(), 'bab', { region: 'eu-wst-1', key: KEY }),
    },
  ],
  unknown: [
    { of: 'the key', erase: withoutMemberFields('key') },
    { of: 'the Region', erase: withoutMemberFields('region') },
  ],
});

describeRule('key-without-encryption', {
  breaches: [
    {
      of: 'a key of an unencrypted origin',
      input: withMember(plain, 'ada', { key: 'create' }),
      lines: [
        'error key-without-encryption: members.ada.key: ada has the key create and is not encrypted. Allowed: a key only for encrypted members. Fix: take `encrypted: false` or the key away.',
      ],
    },
    {
      of: 'a key of an unencrypted replica',
      input: withMember(plain, 'bab', { key: KEY }),
      lines: [
        'error key-without-encryption: members.bab.key: bab has the key arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab and is not encrypted. Allowed: a key only for encrypted members. Fix: take `encrypted: false` or the key away.',
      ],
    },
  ],
  accepted: [
    { of: 'a key of an encrypted member', input: withMember(sample(), 'ada', { key: 'create' }) },
    {
      of: 'an unencrypted replica of an encrypted source with a key, which is reported as such',
      input: withMember(withMember(sample(), 'ada', { key: 'create' }), 'bab', { encrypted: false }),
    },
  ],
  unknown: [
    { of: 'the key', erase: withoutMemberFields('key') },
    { of: 'the encryption', erase: withoutMemberFields('encrypted') },
  ],
});

describeRule('same-region-key-differs', {
  breaches: [
    {
      of: 'a key beside the AWS managed one',
      input: withMember(sample(), 'bab', { key: 'create' }),
      lines: [
        "warning same-region-key-differs: members.bab.key: bab has the key create, its source ada in the same Region the AWS managed one, and AWS's documents disagree: CloudFormation's says to give no key, the API reference allows another. Allowed: no key of its own, on which both agree: it takes its source's. Fix: take the key away; as it stands it is left out of the template.",
      ],
    },
    {
      of: "a key beside the source's",
      input: withMember(withMember(sample(), 'ada', { key: 'create' }), 'bab', { key: 'alias/orders' }),
      lines: [
        "warning same-region-key-differs: members.bab.key: bab has the key alias/orders, its source ada in the same Region create, and AWS's documents disagree: CloudFormation's says to give no key, the API reference allows another. Allowed: no key of its own, on which both agree: it takes its source's. Fix: take the key away; as it stands it is left out of the template.",
      ],
    },
  ],
  accepted: [
    {
      of: "the source's key, written",
      input: withMember(withMember(sample(), 'ada', { key: KEY }), 'bab', { key: KEY }),
    },
    { of: "the source's key, taken", input: withMember(sample(), 'ada', { key: KEY }) },
    {
      of: 'another key in another Region',
      input: withMember(withMember(sample(), 'ada', { key: KEY }), 'bab', ABROAD),
    },
    {
      of: 'a key elsewhere, which is reported as such',
      input: withMember(sample(), 'bab', { key: KEY.replace('eu-west-1', 'us-east-1') }),
    },
  ],
  unknown: [{ of: 'the key', erase: withoutMemberFields('key') }],
});

describeRule('managed-password-with-replicas', {
  breaches: (['mysql', 'mariadb', 'postgres', 'oracle', 'db2'] as const).map((engine) => ({
    of: ENGINES[engine].title,
    input: withAws(sample(engine), { credentials: 'rds-managed' }),
    lines: [
      'error managed-password-with-replicas: aws.credentials: the master password is managed by RDS and there are replicas. Allowed: self-managed: RDS creates no replica of an instance whose master password it manages in Secrets Manager. Fix: set `credentials: self-managed` (the secret is then made here and replicated to every Region that can be promoted into).',
    ],
  })),
  accepted: [
    { of: 'SQL Server', input: withAws(sample('sqlserver'), { credentials: 'rds-managed' }) },
    { of: 'no replicas', input: withAws(promoted(sample()), { credentials: 'rds-managed' }) },
    { of: 'a password of ours', input: withAws(sample(), { credentials: 'self-managed' }) },
    {
      of: 'no replicas and a misspelt primary',
      input: { ...withAws(promoted(sample()), { credentials: 'rds-managed' }), primary: 'zed' },
    },
  ],
});

describeRule('iam-authentication-unsupported', {
  breaches: [
    ...(['oracle', 'sqlserver', 'db2'] as const).map((engine) => ({
      of: engine,
      input: withAws(sample(engine), { iamAuthentication: true }),
      lines: [
        `error iam-authentication-unsupported: aws.iamAuthentication: iamAuthentication is true and the engine is ${ENGINES[engine].title}. Allowed: MySQL, MariaDB from 10.6 on, or PostgreSQL. Fix: take it away.`,
      ],
    })),
    {
      of: 'a member on MariaDB before 10.6',
      input: withAws(withMember(sample('mariadb', '10.5.29'), 'bab', { version: '10.6.25' }), {
        iamAuthentication: true,
      }),
      lines: [
        'error iam-authentication-unsupported: aws.iamAuthentication: iamAuthentication is true and ada runs MariaDB 10.5.29. Allowed: MySQL, MariaDB from 10.6 on, or PostgreSQL. Fix: take it away, or upgrade.',
      ],
    },
  ],
  accepted: [
    ...(['mysql', 'mariadb', 'postgres'] as const).map((engine) => ({
      of: engine,
      input: withAws(sample(engine), { iamAuthentication: true }),
    })),
    { of: 'false', input: withAws(sample('oracle'), { iamAuthentication: false }) },
    { of: 'MariaDB 10.6', input: withAws(sample('mariadb', '10.6.25'), { iamAuthentication: true }) },
    {
      of: 'an old MariaDB that is gone',
      input: withAws(
        withMember(withMember(promoted(sample('mariadb', '10.5.29')), 'bab', { version: '10.6.25' }), 'ada', {
          retired: 'removed',
        }),
        { iamAuthentication: true },
      ),
    },
  ],
});

describeRule('topic-in-other-region', {
  breaches: [
    {
      of: 'a topic of another Region',
      input: withAws(sample(), { regions: { 'eu-west-1': { alarmTopic: 'arn:aws:sns:eu-west-2:111122223333:dba' } } }),
      lines: [
        'error topic-in-other-region: aws.regions.eu-west-1.alarmTopic: the alarm topic for eu-west-1 is arn:aws:sns:eu-west-2:111122223333:dba. Allowed: a topic in eu-west-1: CloudWatch alarms act in their own Region only. Fix: name a topic of that Region, or leave alarmTopic out.',
      ],
    },
  ],
  accepted: [
    {
      of: 'a topic there, of another account',
      input: withAws(sample(), { regions: { 'eu-west-1': { alarmTopic: 'arn:aws:sns:eu-west-1:444455556666:dba' } } }),
    },
    { of: 'no topic', input: withAws(sample(), { regions: { 'eu-west-1': { cidr: '10.0.0.0/16' } } }) },
  ],
});

describeRule('not-encrypted', {
  breaches: [
    {
      of: 'the origin, once for its replicas, too',
      input: plain,
      lines: [
        'warning not-encrypted: members.ada.encrypted: ada is not encrypted, nor is any replica of it. Allowed: encrypted, which is the default and costs nothing; CloudFormation and cdk-nag warn of it, too. Fix: leave `encrypted` out for a new database; an existing one is encrypted by restoring a copy of its snapshot that has a key.',
      ],
    },
    {
      of: 'whoever is left of an origin that is gone',
      input: withMember(promoted(plain), 'ada', { retired: 'removed' }),
      lines: [
        'warning not-encrypted: members.bab.encrypted: bab is not encrypted. Allowed: encrypted, which is the default and costs nothing; CloudFormation and cdk-nag warn of it, too. Fix: leave `encrypted` out for a new database; an existing one is encrypted by restoring a copy of its snapshot that has a key.',
      ],
    },
  ],
  accepted: [
    { of: 'what is encrypted', input: sample() },
    {
      of: 'a replica that differs from its source, which is reported as such',
      input: withMember(sample(), 'bab', { encrypted: false }),
    },
    { of: 'a key beside it, which is reported as such', input: withMember(plain, 'ada', { key: 'create' }) },
  ],
  unknown: [{ of: 'the encryption', erase: withoutMemberFields('encrypted') }],
});
