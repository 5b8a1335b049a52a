import { withEngine, withMember, withNew } from '../../_arbitraries/edits';
import { describeRule, withoutMemberFields } from '../../_helpers/describe-rule';
import {
  alone,
  beside,
  cloudSql,
  pool,
  switchedOver,
  withGcp,
  withMemberGcp,
  withMore,
} from '../../_helpers/sample-cloud-sql';

describeRule('replica-limit', {
  breaches: [
    {
      of: 'eight replicas',
      input: withMore(cloudSql('sqlserver'), 7),
      lines: [
        'error replica-limit: members: there are 8 replicas and nodes of read pools. Allowed: 7 together for SQL Server. Fix: remove some.',
      ],
    },
    {
      of: 'nodes of pools',
      input: withNew(cloudSql('sqlserver'), 'reads', pool({ nodes: 7 })),
      lines: [
        'error replica-limit: members: there are 8 replicas and nodes of read pools. Allowed: 7 together for SQL Server. Fix: remove some.',
      ],
    },
  ],
  accepted: [
    { of: 'seven', input: withMore(cloudSql('sqlserver'), 6) },
    { of: 'more of another engine', input: withMore(cloudSql('mysql'), 8) },
  ],
});

describeRule('sender-flags-too-low', {
  breaches: [
    {
      of: 'eleven replicas and no flags',
      input: withMore(cloudSql(), 10),
      lines: [
        'error sender-flags-too-low: members.ada.gcp.flags: there are 11 replicas and nodes of read pools, and of ada max_wal_senders is not set and max_replication_slots is not set. Allowed: 11 or more from the eleventh replica on. Fix: set max_wal_senders and max_replication_slots in gcp.flags.',
      ],
    },
    {
      of: 'one flag that is too low',
      input: withGcp(withMore(cloudSql(), 10), { flags: { max_wal_senders: '10', max_replication_slots: '11' } }),
      lines: [
        'error sender-flags-too-low: members.ada.gcp.flags: there are 11 replicas and nodes of read pools, and of ada max_wal_senders is 10. Allowed: 11 or more from the eleventh replica on. Fix: set max_wal_senders in gcp.flags.',
      ],
    },
    {
      of: 'the third flag of PostgreSQL 18',
      input: withGcp(withEngine(withMore(cloudSql(), 10), { version: '18' }), {
        flags: { max_wal_senders: '11', max_replication_slots: '11' },
      }),
      lines: [
        'error sender-flags-too-low: members.ada.gcp.flags: there are 11 replicas and nodes of read pools, and of ada max_active_replication_origins is not set. Allowed: 11 or more from the eleventh replica on. Fix: set max_active_replication_origins in gcp.flags.',
      ],
    },
  ],
  accepted: [
    { of: 'ten replicas', input: withMore(cloudSql(), 9) },
    {
      of: 'both flags',
      input: withGcp(withMore(cloudSql(), 10), { flags: { max_wal_senders: '11', max_replication_slots: '11' } }),
    },
    { of: 'MySQL', input: withMore(cloudSql('mysql'), 10) },
  ],
});

describeRule('many-replicas', {
  breaches: [
    {
      of: 'eleven replicas',
      input: withMore(cloudSql('mysql'), 10),
      lines: [
        "warning many-replicas: members: there are 11 replicas and nodes of read pools, and Google's documents disagree: older ones allow 10, newer ones say no number. Allowed: up to 10, on which all agree. Fix: try it in a project of yours before you rely on it, or let some follow a replica.",
      ],
    },
  ],
  accepted: [{ of: 'ten', input: withMore(cloudSql('mysql'), 9) }],
});

describeRule('chain-too-deep', {
  breaches: [
    {
      of: 'a fifth level',
      input: withNew(withNew(withNew(cloudSql(), 'cyd', beside('bab')), 'dot', beside('cyd')), 'eve', beside('dot')),
      lines: [
        'error chain-too-deep: members.eve.replicaOf: eve is on level 5, the primary ada on level 1. Allowed: 4 levels. Fix: create eve from a member nearer to the primary.',
      ],
    },
  ],
  accepted: [
    { of: 'four levels', input: withNew(withNew(cloudSql(), 'cyd', beside('bab')), 'dot', beside('cyd')) },
    {
      of: 'four levels after a switchover',
      input: switchedOver(withNew(withNew(cloudSql(), 'cyd', beside('ada')), 'dot', beside('cyd'))),
    },
  ],
});

describeRule('cascade-not-declared', {
  breaches: [
    {
      of: 'a replica that has one',
      input: withNew(cloudSql('sqlserver'), 'cyd', beside('bab')),
      lines: [
        'error cascade-not-declared: members.bab.gcp.cascadable: bab is a replica, has replicas (cyd) and is not cascadable. Allowed: cascadable replicas as sources; it is said when the replica is created and cannot be changed. Fix: set `cascadable: true`.',
      ],
    },
  ],
  accepted: [
    {
      of: 'a cascadable one',
      input: withNew(withMemberGcp(cloudSql('sqlserver'), 'bab', { cascadable: true }), 'cyd', beside('bab')),
    },
    { of: 'PostgreSQL', input: withNew(cloudSql(), 'cyd', beside('bab')) },
  ],
});

describeRule('cascadable-misplaced', {
  breaches: [
    {
      of: "the primary's region",
      input: withMemberGcp(withNew(cloudSql('sqlserver'), 'cyd', beside('ada')), 'cyd', { cascadable: true }),
      lines: [
        'error cascadable-misplaced: members.cyd.gcp.cascadable: cyd is cascadable in europe-west1, the region of the primary ada. Allowed: cascadable replicas in another region than the primary. Fix: take `cascadable` away, or move the member.',
      ],
    },
    {
      of: 'another engine',
      input: withMemberGcp(cloudSql(), 'bab', { cascadable: true }),
      lines: [
        'error cascadable-misplaced: members.bab.gcp.cascadable: bab is cascadable and the engine is postgres. Allowed: cascadable replicas of SQL Server; others can have replicas anyway. Fix: take `cascadable` away.',
      ],
    },
  ],
  accepted: [
    { of: 'another region', input: withMemberGcp(cloudSql('sqlserver'), 'bab', { cascadable: true }) },
    {
      of: 'the primary after a switchover',
      input: withGcp(withMemberGcp({ ...cloudSql('sqlserver'), primary: 'bab' }, 'bab', { cascadable: true }), {}),
    },
  ],
  unknown: [{ of: 'the region', erase: withoutMemberFields('region') }],
});

describeRule('replica-version-unsuited', {
  breaches: [
    {
      of: 'another major of PostgreSQL',
      input: withMember(cloudSql(), 'bab', { version: '16' }),
      lines: [
        'error replica-version-unsuited: members.bab.version: bab runs 16 and follows ada, which runs 17. Allowed: 17. Fix: write the version once, in engine.version.',
      ],
    },
    {
      of: 'an earlier version of MySQL',
      input: withMember(cloudSql('mysql'), 'bab', { version: '8.0.42' }),
      lines: [
        'error replica-version-unsuited: members.bab.version: bab runs 8.0.42 and follows ada, which runs 8.4. Allowed: 8.4 or later. Fix: write the version once, in engine.version.',
      ],
    },
    {
      of: 'another SQL Server',
      input: withMember(cloudSql('sqlserver'), 'bab', { version: '2025' }),
      lines: [
        'error replica-version-unsuited: members.bab.version: bab runs 2025 and follows ada, which runs 2022. Allowed: 2022. Fix: write the version once, in engine.version.',
      ],
    },
  ],
  accepted: [
    { of: 'one version', input: cloudSql() },
    {
      of: 'a later MySQL',
      input: withMember(withEngine(cloudSql('mysql'), { version: '8.0' }), 'bab', { version: '8.4' }),
    },
    {
      of: 'a minor of 8.0 below an 8.0 that Cloud SQL chooses',
      input: withMember(withEngine(cloudSql('mysql'), { version: '8.0' }), 'bab', { version: '8.0.42' }),
    },
  ],
  unknown: [{ of: 'the versions', erase: withoutMemberFields('version') }],
});

describeRule('sql-server-cannot-replicate', {
  breaches: [
    {
      of: 'the edition standard',
      input: withEngine(cloudSql('sqlserver'), { edition: 'standard' }),
      lines: [
        'error sql-server-cannot-replicate: engine.edition: SQL Server edition standard cannot have replicas. Allowed: enterprise. Fix: take that edition, or remove the replicas.',
      ],
    },
  ],
  accepted: [
    { of: 'enterprise', input: cloudSql('sqlserver') },
    { of: 'web without replicas', input: alone(withEngine(cloudSql('sqlserver'), { edition: 'web' })) },
  ],
});
