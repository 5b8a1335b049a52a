import { withMember, withNew } from '../../_arbitraries/edits';
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

describeRule('transition-target', {
  breaches: [
    {
      of: 'nobody',
      input: withGcp(cloudSql(), { transition: { to: 'zoe', phase: 'begin' } }),
      lines: [
        'error transition-target: gcp.transition.to: the switchover goes to zoe, which is no member. Allowed: nobody yet: a DR replica of ada; of SQL Server, a cascadable one. Fix: designate it first, in a deployment of its own.',
      ],
    },
    {
      of: 'the primary',
      input: withGcp(cloudSql(), { transition: { to: 'ada', phase: 'begin' } }),
      lines: [
        'error transition-target: gcp.transition.to: the switchover goes to ada, which is the primary already. Allowed: nobody yet: a DR replica of ada; of SQL Server, a cascadable one. Fix: take transition away, or name another.',
      ],
    },
    {
      of: 'a replica of a replica',
      input: withGcp(withNew(cloudSql(), 'cyd', beside('bab')), { transition: { to: 'cyd', phase: 'begin' } }),
      lines: [
        'error transition-target: gcp.transition.to: the switchover goes to cyd, which does not follow ada as a replica. Allowed: nobody yet: a DR replica of ada; of SQL Server, a cascadable one. Fix: designate it first, in a deployment of its own.',
      ],
    },
    {
      of: 'a read pool',
      input: withGcp(withNew(cloudSql(), 'reads', pool()), { transition: { to: 'reads', phase: 'begin' } }),
      lines: [
        'error transition-target: gcp.transition.to: the switchover goes to reads, which does not follow ada as a replica. Allowed: nobody yet: a DR replica of ada; of SQL Server, a cascadable one. Fix: designate it first, in a deployment of its own.',
      ],
    },
    {
      of: 'one that is not designated',
      input: withGcp(cloudSql(), { transition: { to: 'bab', phase: 'begin' } }),
      lines: [
        'error transition-target: gcp.transition.to: the switchover goes to bab, which is not the DR replica. Allowed: nobody yet: a DR replica of ada; of SQL Server, a cascadable one. Fix: designate it first, in a deployment of its own.',
      ],
    },
    {
      of: 'one that is not cascadable',
      input: withGcp(cloudSql('sqlserver'), { transition: { to: 'bab', phase: 'begin' } }),
      lines: [
        'error transition-target: gcp.transition.to: the switchover goes to bab, which is not cascadable. Allowed: nobody yet: a DR replica of ada; of SQL Server, a cascadable one. Fix: designate it first, in a deployment of its own.',
      ],
    },
  ],
  accepted: [
    { of: 'the DR replica', input: withDr(cloudSql(), { transition: { to: 'bab', phase: 'begin' } }) },
    {
      of: 'a cascadable replica of SQL Server',
      input: withGcp(withMemberGcp(cloudSql('sqlserver'), 'bab', { cascadable: true }), {
        transition: { to: 'bab', phase: 'begin' },
      }),
    },
    {
      of: 'the end, with the new primary already named',
      input: withGcp(switchedOver(cloudSql()), { transition: { to: 'bab', phase: 'finish' } }),
    },
    { of: 'the way back', input: withGcp(switchedOver(cloudSql()), { transition: { to: 'ada', phase: 'begin' } }) },
  ],
});

describeRule('switchover-edition', {
  breaches: [
    {
      of: 'a switchover of Enterprise',
      input: withGcp(enterprise(), { transition: { to: 'bab', phase: 'begin' } }),
      lines: [
        'error switchover-edition: gcp.transition: ada of the edition enterprise would have to become a replica of bab. Allowed: a switchover of Enterprise Plus; with Enterprise, a promotion makes two primaries. Fix: promote by hand, then set `primary` and `retired: kept` on ada.',
      ],
    },
    {
      of: 'an old primary that would follow',
      input: { ...enterprise(), primary: 'bab' },
      lines: [
        'error switchover-edition: members.ada: ada of the edition enterprise would have to become a replica of bab. Allowed: a switchover of Enterprise Plus; with Enterprise, a promotion makes two primaries. Fix: promote by hand, then set `primary` and `retired: kept` on ada.',
      ],
    },
  ],
  accepted: [
    { of: 'Enterprise Plus', input: withDr(cloudSql(), { transition: { to: 'bab', phase: 'begin' } }) },
    {
      of: 'an old primary that is retired',
      input: withMember({ ...enterprise(), primary: 'bab' }, 'ada', { retired: 'kept' }),
    },
  ],
  unknown: [{ of: 'the edition', erase: withoutEdition }],
});

describeRule('primary-unprotected', {
  breaches: [
    {
      of: 'all members',
      input: withGcp(cloudSql(), { deletionProtection: false }),
      lines: [
        'warning primary-unprotected: gcp.deletionProtection: ada and bab can be primary and are not protected from deletion: nothing stops a replacement from stale state. Allowed: deletion protection on every member that can be primary. Fix: take `deletionProtection: false` away.',
      ],
    },
    {
      of: 'one',
      input: withMemberGcp(cloudSql(), 'bab', { deletionProtection: false }),
      lines: [
        'warning primary-unprotected: gcp.deletionProtection: bab can be primary and is not protected from deletion: nothing stops a replacement from stale state. Allowed: deletion protection on every member that can be primary. Fix: take `deletionProtection: false` away.',
      ],
    },
  ],
  accepted: [
    { of: 'the default', input: cloudSql() },
    {
      of: 'one that is never promoted',
      input: withNew(cloudSql(), 'cyd', beside('ada', { gcp: { deletionProtection: false } })),
    },
  ],
});

describeRule('replica-smaller', {
  breaches: [
    {
      of: 'fewer cores',
      input: withMember(cloudSql(), 'bab', { size: 'db-perf-optimized-N-4' }),
      lines: [
        'warning replica-smaller: members.bab.size: bab is a db-perf-optimized-N-4 and the primary ada a db-perf-optimized-N-8. Allowed: replicas as large as the primary. Fix: make bab a db-perf-optimized-N-8, or accept that it lags under load.',
      ],
    },
    {
      of: 'less memory',
      input: withMember(withMember(enterprise(), 'ada', { size: 'db-custom-4-15360' }), 'bab', {
        size: 'db-custom-4-7680',
      }),
      lines: [
        'warning replica-smaller: members.bab.size: bab is a db-custom-4-7680 and the primary ada a db-custom-4-15360. Allowed: replicas as large as the primary. Fix: make bab a db-custom-4-15360, or accept that it lags under load.',
      ],
    },
    {
      of: 'a shared core',
      input: withMember(enterprise(), 'bab', { size: 'db-g1-small' }),
      lines: [
        'warning replica-smaller: members.bab.size: bab is a db-g1-small and the primary ada a db-custom-8-30720. Allowed: replicas as large as the primary. Fix: make bab a db-custom-8-30720, or accept that it lags under load.',
      ],
    },
  ],
  accepted: [
    { of: 'more cores', input: withMember(cloudSql(), 'bab', { size: 'db-perf-optimized-N-16' }) },
    {
      of: 'a DR replica, which is reported as such',
      input: withDr(withMember(cloudSql(), 'bab', { size: 'db-perf-optimized-N-4' })),
    },
    { of: 'a read pool', input: withNew(cloudSql(), 'reads', pool({ nodes: 2 }, { size: 'db-perf-optimized-N-2' })) },
  ],
  unknown: [{ of: 'the size', erase: withoutMemberFields('size') }],
});

describeRule('maintenance-on-replica', {
  breaches: [
    {
      of: 'a window of a replica',
      input: withMemberGcp(cloudSql(), 'bab', { maintenance: { day: 'sunday', hour: 3 } }),
      lines: [
        'warning maintenance-on-replica: members.bab.gcp.maintenance: bab is a replica with a maintenance window of its own, which Cloud SQL ignores. Allowed: a window of the primary; replicas are maintained in it, before the primary. Fix: take it away, or move it to gcp.maintenance of the topology.',
      ],
    },
  ],
  accepted: [
    { of: 'one of the primary', input: withMemberGcp(cloudSql(), 'ada', { maintenance: { day: 'sunday', hour: 3 } }) },
    { of: 'one of the topology', input: withGcp(cloudSql(), { maintenance: { day: 'sunday', hour: 3 } }) },
  ],
});
