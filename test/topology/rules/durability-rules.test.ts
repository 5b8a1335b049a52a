import type { Topology } from '../../../lib/topology';
import { withMember, withObjectives } from '../../_arbitraries/edits';
import { describeRule, withoutMemberFields, withoutVersions } from '../../_helpers/describe-rule';
import { follower, promoted, sample, withMembers } from '../../_helpers/sample-topology';

const withoutRetention = withoutMemberFields('retentionDays');

describeRule('retention-range', {
  breaches: [
    {
      of: '36 days',
      input: withMember(sample(), 'ada', { retention: '36d' }),
      lines: [
        'error retention-range: members.ada.retention: retention is 36d. Allowed: whole days from 0d to 35d. Fix: write for example `retention: 7d`; AWS Backup keeps longer.',
      ],
    },
    {
      of: 'hours',
      input: withMember(sample(), 'bab', { retention: '36h' }),
      lines: [
        'error retention-range: members.bab.retention: retention is 1d12h. Allowed: whole days from 0d to 35d. Fix: write for example `retention: 7d`; AWS Backup keeps longer.',
      ],
    },
    {
      of: 'seconds that are no round part of a day',
      input: withMember(sample(), 'ada', { retention: '11s' }),
      lines: [
        'error retention-range: members.ada.retention: retention is 11s. Allowed: whole days from 0d to 35d. Fix: write for example `retention: 7d`; AWS Backup keeps longer.',
      ],
    },
  ],
  accepted: [
    { of: '35 days', input: withMember(sample(), 'ada', { retention: '35d' }) },
    { of: 'one day in hours', input: withMember(sample(), 'ada', { retention: '24h' }) },
    { of: 'none', input: withMember(sample(), 'bab', { retention: '0d' }) },
  ],
  unknown: [{ of: 'the retention', erase: withoutRetention }],
});

describeRule('source-without-backups', {
  breaches: [
    {
      of: 'a primary with replicas',
      input: withMember(withMembers(sample(), { cyd: follower('ada') }), 'ada', { retention: '0d' }),
      lines: [
        'error source-without-backups: members.ada.retention: ada has replicas (bab and cyd) and its retention is 0d. Allowed: 1d to 35d: RDS creates replicas only from instances with automatic backups. Fix: set `retention: 7d`.',
      ],
    },
    {
      of: 'a replica with replicas',
      input: withMember(withMembers(sample('mysql'), { cyd: follower('bab') }), 'bab', { retention: '0d' }),
      lines: [
        'error source-without-backups: members.bab.retention: bab has replicas (cyd) and its retention is 0d. Allowed: 1d to 35d: RDS creates replicas only from instances with automatic backups. Fix: set `retention: 7d`.',
      ],
    },
    {
      of: 'a promoted SQL Server that gets replicas',
      input: withMember(withMembers(promoted(sample('sqlserver')), { cyd: follower('bab') }), 'bab', {
        retention: '0d',
        standby: 'multi-az',
      }),
      lines: [
        'error source-without-backups: members.bab.retention: bab has replicas (cyd) and its retention is 0d. Allowed: 1d to 35d: RDS creates replicas only from instances with automatic backups. Fix: set `retention: 7d`.',
      ],
    },
  ],
  accepted: [
    { of: 'one day', input: withMember(sample(), 'ada', { retention: '1d' }) },
    { of: 'a member without replicas', input: withMember(sample(), 'bab', { retention: '0d' }) },
    { of: 'a retired source', input: withMember(promoted(sample()), 'ada', { retention: '0d' }) },
    {
      of: 'a promoted SQL Server that says how long',
      input: withMember(withMembers(promoted(sample('sqlserver')), { cyd: follower('bab') }), 'bab', {
        standby: 'multi-az',
        retention: '7d',
      }),
    },
    {
      of: 'a replica that can have no replicas, for which they are the error',
      input: withMembers(sample('sqlserver'), { cyd: follower('bab') }),
    },
  ],
  unknown: [{ of: 'the retention', erase: withoutRetention }],
});

describeRule('replica-backups-unsupported', {
  breaches: [
    {
      of: 'PostgreSQL before 14.1',
      input: withMember(sample('postgres', '13.23'), 'bab', { retention: '1d' }),
      lines: [
        'error replica-backups-unsupported: members.bab.retention: bab is a replica on PostgreSQL 13.23 and its retention is 1d. Allowed: 0d for replicas before PostgreSQL 14.1. Fix: set `retention: 0d`; the promotion turns backups on.',
      ],
    },
    {
      of: 'SQL Server',
      input: withMember(sample('sqlserver'), 'bab', { retention: '7d' }),
      lines: [
        'error replica-backups-unsupported: members.bab.retention: bab is a replica on SQL Server and its retention is 7d. Allowed: 0d for replicas. Fix: set `retention: 0d`; the promotion turns backups on.',
      ],
    },
  ],
  accepted: [
    { of: 'PostgreSQL 14.1', input: withMember(sample('postgres', '14.1'), 'bab', { retention: '35d' }) },
    ...(['mysql', 'mariadb', 'oracle', 'db2'] as const).map((engine) => ({
      of: engine,
      input: withMember(sample(engine), 'bab', { retention: '7d' }),
    })),
    { of: 'no backups', input: withMember(sample('sqlserver'), 'bab', { retention: '0d' }) },
    { of: 'a promoted replica', input: withMember(promoted(sample('sqlserver')), 'bab', { retention: '7d' }) },
    {
      of: 'a replica that was promoted and retired',
      input: withMember(
        promoted(withMembers(sample('sqlserver'), { cyd: follower('ada', { retired: 'kept', retention: '7d' }) })),
        'bab',
        {},
      ),
    },
    { of: 'the origin', input: withMember(sample('sqlserver'), 'ada', { retention: '7d' }) },
  ],
  unknown: [
    { of: 'the retention', erase: withoutRetention },
    { of: 'the version', erase: withoutVersions },
  ],
});

describeRule('lag-above-data-loss', {
  breaches: [
    {
      of: 'a lag a second above',
      input: withObjectives(sample(), { lag: '10m1s', dataLoss: '10m' }),
      lines: [
        'error lag-above-data-loss: objectives.lag: the alarm fires at a lag of 10m1s, but at most 10m of writes may be lost. Allowed: a lag of at most 10m. Fix: lower objectives.lag or raise objectives.dataLoss.',
      ],
    },
  ],
  accepted: [
    { of: 'a lag as large', input: withObjectives(sample(), { lag: '10m', dataLoss: '600s' }) },
    { of: 'no objective for data loss', input: sample() },
  ],
  unknown: [
    {
      of: 'the data loss',
      erase: (topology: Topology) => ({ ...topology, objectives: { ...topology.objectives, dataLoss: undefined } }),
    },
  ],
});

describeRule('heartbeat-above-lag', {
  breaches: [
    {
      of: 'a heartbeat as slow as the lag',
      input: { ...sample(), heartbeat: '10m' },
      lines: [
        'error heartbeat-above-lag: heartbeat: the primary commits every 10m and the lag objective is 10m: a healthy replica could look late. Allowed: a heartbeat below 10m. Fix: write a heartbeat more often, or raise objectives.lag.',
      ],
    },
  ],
  accepted: [{ of: 'a heartbeat a second faster', input: { ...sample(), heartbeat: '9m59s' } }],
  unknown: [{ of: 'the heartbeat', erase: (topology: Topology) => ({ ...topology, heartbeat: undefined }) }],
});

describeRule('idle-lag-climb', {
  breaches: [
    {
      of: 'a lag of 300 s on PostgreSQL',
      input: withObjectives(sample(), { lag: '5m' }),
      lines: [
        "warning idle-lag-climb: objectives.lag: the lag objective is 5m, but PostgreSQL's ReplicaLag climbs to 300 s whenever the primary is idle, so the alarm cannot fire below that. Allowed: a lag above 5m, or a heartbeat. Fix: if the primary commits all the time, or a job writes a heartbeat, say how often: `heartbeat: 10s`.",
      ],
    },
  ],
  accepted: [
    { of: 'a lag of 301 s', input: withObjectives(sample(), { lag: '301s' }) },
    { of: 'a heartbeat', input: { ...withObjectives(sample(), { lag: '30s' }), heartbeat: '10s' } },
    { of: 'no replicas', input: withObjectives(promoted(sample()), { lag: '30s' }) },
    ...(['mysql', 'mariadb', 'oracle', 'sqlserver', 'db2'] as const).map((engine) => ({
      of: engine,
      input: withObjectives(sample(engine), { lag: '30s' }),
    })),
  ],
});
