import { withEngine, withMember, withNew } from '../../_arbitraries/edits';
import { describeRule, withoutMemberFields } from '../../_helpers/describe-rule';
import {
  beside,
  cloudSql,
  enterprise,
  pool,
  switchedOver,
  withDr,
  withGcp,
  withMemberGcp,
  withoutEdition,
} from '../../_helpers/sample-cloud-sql';

describeRule('dr-replica-unknown', {
  breaches: [
    {
      of: 'nobody',
      input: withGcp(cloudSql(), { drReplica: 'zoe' }),
      lines: [
        'error dr-replica-unknown: gcp.drReplica: drReplica is zoe, which is no member. Allowed: bab. Fix: name one of them, or take drReplica away.',
      ],
    },
    {
      of: 'a retired member',
      input: withGcp(withMember(cloudSql(), 'bab', { retired: 'kept' }), { drReplica: 'bab' }),
      lines: [
        'error dr-replica-unknown: gcp.drReplica: drReplica is bab, which is retired. Allowed: nobody: no other member can be primary. Fix: name one of them, or take drReplica away.',
      ],
    },
  ],
  accepted: [{ of: 'a replica', input: withDr(cloudSql()) }],
});

describeRule('dr-replica-misplaced', {
  breaches: [
    {
      of: 'the same region',
      input: withDr(withMember(cloudSql(), 'bab', { region: 'europe-west1' })),
      lines: [
        'error dr-replica-misplaced: gcp.drReplica: drReplica is bab, but bab is in europe-west1 like the primary ada. Allowed: a replica of MySQL or PostgreSQL that follows the primary itself, in another region, and is no read pool. Fix: name such a member, or take drReplica away.',
      ],
    },
    {
      of: 'the primary',
      input: withGcp(cloudSql(), { drReplica: 'ada' }),
      lines: [
        'error dr-replica-misplaced: gcp.drReplica: drReplica is ada, but ada is the primary. Allowed: a replica of MySQL or PostgreSQL that follows the primary itself, in another region, and is no read pool. Fix: name such a member, or take drReplica away.',
      ],
    },
    {
      of: 'a replica of a replica',
      input: withGcp(withNew(cloudSql(), 'cyd', beside('bab')), { drReplica: 'cyd' }),
      lines: [
        'error dr-replica-misplaced: gcp.drReplica: drReplica is cyd, but cyd does not follow ada itself. Allowed: a replica of MySQL or PostgreSQL that follows the primary itself, in another region, and is no read pool. Fix: name such a member, or take drReplica away.',
      ],
    },
    {
      of: 'a read pool',
      input: withGcp(withNew(cloudSql(), 'reads', pool({ nodes: 2 }, { region: 'europe-north1' })), {
        drReplica: 'reads',
      }),
      lines: [
        'error dr-replica-misplaced: gcp.drReplica: drReplica is reads, but reads is a read pool. Allowed: a replica of MySQL or PostgreSQL that follows the primary itself, in another region, and is no read pool. Fix: name such a member, or take drReplica away.',
      ],
    },
    {
      of: 'SQL Server',
      input: withDr(cloudSql('sqlserver')),
      lines: [
        'error dr-replica-misplaced: gcp.drReplica: drReplica is bab, but SQL Server has none: its cascadable replicas can take over. Allowed: a replica of MySQL or PostgreSQL that follows the primary itself, in another region, and is no read pool. Fix: name such a member, or take drReplica away.',
      ],
    },
  ],
  accepted: [
    { of: 'a replica of another region', input: withDr(cloudSql()) },
    { of: 'the old primary', input: switchedOver(cloudSql()) },
  ],
  unknown: [{ of: 'the region', erase: withoutMemberFields('region') }],
});

describeRule('dr-replica-edition', {
  breaches: [
    {
      of: 'both',
      input: withDr(enterprise()),
      lines: [
        'error dr-replica-edition: gcp.drReplica: of the edition enterprise are ada and bab. Allowed: enterprise-plus for the primary and its DR replica. Fix: take that edition, or take drReplica away and promote by hand.',
      ],
    },
    {
      of: 'the replica',
      input: withDr(withMemberGcp(cloudSql(), 'bab', { edition: 'enterprise' })),
      lines: [
        'error dr-replica-edition: gcp.drReplica: of the edition enterprise is bab. Allowed: enterprise-plus for the primary and its DR replica. Fix: take that edition, or take drReplica away and promote by hand.',
      ],
    },
  ],
  accepted: [{ of: 'Enterprise Plus', input: withDr(cloudSql()) }],
  unknown: [{ of: 'the edition', erase: withoutEdition }],
});

describeRule('dr-replica-version', {
  breaches: [
    {
      of: 'another minor',
      input: withDr(withMember(withEngine(cloudSql('mysql'), { version: '8.0.36' }), 'bab', { version: '8.0.40' })),
      lines: [
        'error dr-replica-version: gcp.drReplica: bab runs 8.0.40 and the primary ada 8.0.36. Allowed: the same version, the minor too. Fix: write the version once, in engine.version.',
      ],
    },
    {
      of: 'an old MySQL',
      input: withDr(withEngine(cloudSql('mysql'), { version: '8.0.30' })),
      lines: [
        'error dr-replica-version: gcp.drReplica: the primary ada runs 8.0.30. Allowed: 8.0.31 or later for a DR replica. Fix: upgrade, or take drReplica away.',
      ],
    },
    {
      of: 'an old PostgreSQL',
      input: withDr(withEngine(cloudSql(), { version: '11' })),
      lines: [
        'error dr-replica-version: gcp.drReplica: the primary ada runs 11. Allowed: 12 or later for a DR replica. Fix: upgrade, or take drReplica away.',
      ],
    },
  ],
  accepted: [
    { of: 'MySQL 8.0.31', input: withDr(withEngine(cloudSql('mysql'), { version: '8.0.31' })) },
    { of: 'PostgreSQL 12', input: withDr(withEngine(cloudSql(), { version: '12' })) },
  ],
  unknown: [{ of: 'the version', erase: withoutMemberFields('version') }],
});

describeRule('dr-replica-logs', {
  breaches: [
    {
      of: 'MySQL without binary log',
      input: withDr(withMemberGcp(cloudSql('mysql'), 'bab', { binaryLog: false })),
      lines: [
        'error dr-replica-logs: gcp.drReplica: bab writes no binary log. Allowed: a binary log on the primary and on the DR replica. Fix: take `binaryLog: false` away.',
      ],
    },
    {
      of: 'PostgreSQL without point-in-time recovery',
      input: withDr(cloudSql(), { pointInTimeRecovery: false }),
      lines: [
        'error dr-replica-logs: gcp.drReplica: the primary ada keeps no logs for point-in-time recovery. Allowed: point-in-time recovery on the primary while there is a DR replica. Fix: take `pointInTimeRecovery: false` and a retention of 0d away.',
      ],
    },
    {
      of: 'PostgreSQL without backups',
      input: withDr(
        withMember(withMember(cloudSql(), 'ada', { retention: '0d', standby: 'none' }), 'bab', { standby: 'none' }),
      ),
      lines: [
        'error dr-replica-logs: gcp.drReplica: the primary ada keeps no logs for point-in-time recovery. Allowed: point-in-time recovery on the primary while there is a DR replica. Fix: take `pointInTimeRecovery: false` and a retention of 0d away.',
      ],
    },
  ],
  accepted: [
    { of: 'the default of MySQL', input: withDr(cloudSql('mysql')) },
    { of: 'the default of PostgreSQL', input: withDr(cloudSql()) },
  ],
});

describeRule('dr-replica-flags', {
  breaches: [
    {
      of: 'flags that differ',
      input: withDr(withMemberGcp(cloudSql(), 'bab', { flags: { max_connections: '500', max_wal_senders: '20' } })),
      lines: [
        'error dr-replica-flags: gcp.drReplica: between ada and its DR replica bab, max_connections and max_wal_senders differ. Allowed: no replicate_… filters, no cloudsql.logical_decoding, and the same standby flags on both. Fix: set flags in gcp.flags, for all members.',
      ],
    },
    {
      of: 'logical decoding',
      input: withDr(cloudSql(), { flags: { 'cloudsql.logical_decoding': 'on' } }),
      lines: [
        'error dr-replica-flags: gcp.drReplica: between ada and its DR replica bab, set are cloudsql.logical_decoding of ada and cloudsql.logical_decoding of bab. Allowed: no replicate_… filters, no cloudsql.logical_decoding, and the same standby flags on both. Fix: set flags in gcp.flags, for all members.',
      ],
    },
    {
      of: 'a replication filter',
      input: withDr(withMemberGcp(cloudSql('mysql'), 'bab', { flags: { replicate_ignore_db: 'logs' } })),
      lines: [
        'error dr-replica-flags: gcp.drReplica: between ada and its DR replica bab, set is replicate_ignore_db of bab. Allowed: no replicate_… filters, no cloudsql.logical_decoding, and the same standby flags on both. Fix: set flags in gcp.flags, for all members.',
      ],
    },
  ],
  accepted: [
    { of: 'flags that are the same', input: withDr(cloudSql(), { flags: { max_connections: '500' } }) },
    {
      of: 'logical decoding that is off',
      input: withDr(cloudSql(), { flags: { 'cloudsql.logical_decoding': 'off' } }),
    },
    { of: 'flags that may differ', input: withDr(withMemberGcp(cloudSql(), 'bab', { flags: { work_mem: '65536' } })) },
  ],
});

describeRule('dr-replica-ssl', {
  breaches: [
    {
      of: 'another mode',
      input: withDr(withMemberGcp(cloudSql(), 'bab', { sslMode: 'allow-unencrypted' })),
      lines: [
        'error dr-replica-ssl: gcp.drReplica: sslMode of bab is allow-unencrypted, of the primary ada encrypted-only. Allowed: the same sslMode on both. Fix: set gcp.sslMode once, for all members.',
      ],
    },
  ],
  accepted: [{ of: 'the same mode', input: withDr(cloudSql(), { sslMode: 'client-certificate' }) }],
});

describeRule('dr-replica-differs', {
  breaches: [
    {
      of: 'all that can differ',
      input: withDr(
        withMember(withMemberGcp(cloudSql(), 'bab', { dataCache: false }), 'bab', {
          size: 'db-perf-optimized-N-4',
          standby: 'none',
        }),
      ),
      lines: [
        'warning dr-replica-differs: gcp.drReplica: bab differs from the primary ada in size, standby and dataCache. Allowed: a DR replica that can do all that the primary does. Fix: make them equal, or accept that it is less after a disaster.',
      ],
    },
  ],
  accepted: [{ of: 'a twin', input: withDr(cloudSql()) }],
});
