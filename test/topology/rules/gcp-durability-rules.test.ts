import { withMember, withNew, withObjectives } from '../../_arbitraries/edits';
import { describeRule, withoutMemberFields } from '../../_helpers/describe-rule';
import { beside, cloudSql, withGcp, withMemberGcp } from '../../_helpers/sample-cloud-sql';

describeRule('replica-keeps-backups', {
  breaches: [
    {
      of: 'a replica that is never promoted',
      input: withNew(cloudSql(), 'cyd', beside('ada', { retention: '14d' })),
      lines: [
        'error replica-keeps-backups: members.cyd.retention: cyd is never promoted and its retention is 14d: Cloud SQL has no backups of replicas. Allowed: a retention for members that can be primary; it holds while they are. Fix: take retention away.',
      ],
    },
  ],
  accepted: [
    { of: 'one that can be primary', input: withMember(cloudSql(), 'bab', { retention: '14d' }) },
    { of: 'one that says nothing', input: withNew(cloudSql(), 'cyd', beside('ada')) },
  ],
  unknown: [{ of: 'the retention', erase: withoutMemberFields('retentionDays') }],
});

describeRule('binary-log-off', {
  breaches: [
    {
      of: 'the primary',
      input: withMemberGcp(cloudSql('mysql'), 'ada', { binaryLog: false }),
      lines: [
        'error binary-log-off: members.ada.gcp.binaryLog: ada has replicas (bab) and writes no binary log. Allowed: a binary log on every member that others follow. Fix: take `binaryLog: false` away.',
      ],
    },
    {
      of: 'a replica that has one',
      input: withNew(withMemberGcp(cloudSql('mysql'), 'bab', { binaryLog: false }), 'cyd', beside('bab')),
      lines: [
        'error binary-log-off: members.bab.gcp.binaryLog: bab has replicas (cyd) and writes no binary log. Allowed: a binary log on every member that others follow. Fix: take `binaryLog: false` away.',
      ],
    },
  ],
  accepted: [
    { of: 'a replica that has none', input: withMemberGcp(cloudSql('mysql'), 'bab', { binaryLog: false }) },
    { of: 'PostgreSQL', input: withMemberGcp(cloudSql(), 'ada', { binaryLog: false }) },
  ],
});

describeRule('primary-without-backups', {
  breaches: [
    {
      of: 'MySQL with a replica',
      input: withMember(withMember(cloudSql('mysql'), 'ada', { retention: '0d', standby: 'none' }), 'bab', {
        standby: 'none',
      }),
      lines: [
        'error primary-without-backups: members.ada.retention: ada has replicas (bab) and its retention is 0d. Allowed: 1d or more: both are made from backups and logs. Fix: set `retention: 7d`.',
      ],
    },
    {
      of: 'a standby',
      input: withMember(cloudSql(), 'ada', { retention: '0d' }),
      lines: [
        'error primary-without-backups: members.ada.retention: ada has a standby and its retention is 0d. Allowed: 1d or more: both are made from backups and logs. Fix: set `retention: 7d`.',
      ],
    },
  ],
  accepted: [
    { of: 'PostgreSQL with a replica', input: withMember(cloudSql(), 'ada', { retention: '0d', standby: 'none' }) },
    { of: 'a day', input: withMember(cloudSql('mysql'), 'ada', { retention: '1d' }) },
  ],
  unknown: [{ of: 'the retention', erase: withoutMemberFields('retentionDays') }],
});

describeRule('backup-range', {
  breaches: [
    {
      of: 'more than a year',
      input: withMember(cloudSql(), 'ada', { retention: '366d' }),
      lines: [
        'error backup-range: members.ada.retention: retention is 366d. Allowed: whole days from 0d to 365d. Fix: write for example `retention: 7d`.',
      ],
    },
    {
      of: 'half a day',
      input: withMember(cloudSql(), 'ada', { retention: '12h' }),
      lines: [
        'error backup-range: members.ada.retention: retention is 12h. Allowed: whole days from 0d to 365d. Fix: write for example `retention: 7d`.',
      ],
    },
  ],
  accepted: [{ of: 'a year', input: withMember(cloudSql(), 'ada', { retention: '365d' }) }],
  unknown: [{ of: 'the retention', erase: withoutMemberFields('retentionDays') }],
});

describeRule('recreation-lag-range', {
  breaches: [
    {
      of: 'too short',
      input: withMemberGcp(cloudSql(), 'bab', { recreateAfterLag: '4m59s' }),
      lines: [
        'error recreation-lag-range: members.bab.gcp.recreateAfterLag: bab is to be recreated after a lag of 4m59s. Allowed: 5m to 365d, on replicas. Fix: write it so.',
      ],
    },
    {
      of: 'too long',
      input: withMemberGcp(cloudSql(), 'bab', { recreateAfterLag: '365d1s' }),
      lines: [
        'error recreation-lag-range: members.bab.gcp.recreateAfterLag: bab is to be recreated after a lag of 365d1s. Allowed: 5m to 365d, on replicas. Fix: write it so.',
      ],
    },
    {
      of: 'the primary',
      input: withMemberGcp(cloudSql(), 'ada', { recreateAfterLag: '1h' }),
      lines: [
        'error recreation-lag-range: members.ada.gcp.recreateAfterLag: ada is the primary and is to be recreated after a lag. Allowed: 5m to 365d, on replicas. Fix: take recreateAfterLag away.',
      ],
    },
  ],
  accepted: [
    { of: 'five minutes', input: withMemberGcp(cloudSql(), 'bab', { recreateAfterLag: '5m' }) },
    { of: 'a year', input: withMemberGcp(cloudSql(), 'bab', { recreateAfterLag: '365d' }) },
  ],
});

describeRule('recreation-before-alarm', {
  breaches: [
    {
      of: 'a lag below the objective',
      input: withObjectives(withMemberGcp(cloudSql(), 'bab', { recreateAfterLag: '5m' }), { lag: '10m' }),
      lines: [
        'warning recreation-before-alarm: members.bab.gcp.recreateAfterLag: bab is recreated after a lag of 5m, and the alert comes at 10m. Allowed: 10m or more, so that a person hears of it first. Fix: raise recreateAfterLag, or lower objectives.lag.',
      ],
    },
  ],
  accepted: [{ of: 'the objective itself', input: withMemberGcp(cloudSql(), 'bab', { recreateAfterLag: '5m' }) }],
});

describeRule('alarm-too-hasty', {
  breaches: [
    {
      of: 'a minute',
      input: withGcp(cloudSql(), { alarmAfter: '1m' }),
      lines: [
        'warning alarm-too-hasty: gcp.alarmAfter: alerts come after 1m, and what Cloud Monitoring shows is up to 165 s old. Allowed: 3m or more; 5m is calm. Fix: raise alarmAfter.',
      ],
    },
  ],
  accepted: [{ of: 'three minutes', input: withGcp(cloudSql(), { alarmAfter: '3m' }) }],
});
