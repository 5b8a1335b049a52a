import { ENGINES, type EngineName } from '../../../lib/topology';
import { withMember } from '../../_arbitraries/edits';
import { describeRule, withoutMemberFields, withoutVersions } from '../../_helpers/describe-rule';
import { follower, promoted, sample, withMembers } from '../../_helpers/sample-topology';

const ABROAD = { region: 'us-east-1', key: 'create' };
const unknownVersion = [{ of: 'the version', erase: withoutVersions }];

function title(engine: EngineName): string {
  return ENGINES[engine].title;
}

describeRule('cross-region-version', {
  breaches: [
    {
      of: 'Db2 12.1.3',
      input: withMember(sample('db2', '12.1.3.0.sb00000001.r1'), 'bab', ABROAD),
      lines: [
        'error cross-region-version: members.bab.region: bab on Db2 12.1.3.0.sb00000001.r1 is in another Region than ada. Allowed: cross-Region replicas from Db2 11.5.9 and 12.1.4 on. Fix: upgrade, or keep the replica in the Region of its source.',
      ],
    },
    {
      of: 'Db2 11.5.8',
      input: withMember(sample('db2', '11.5.8.0.sb00000001.r1'), 'bab', ABROAD),
      lines: [
        'error cross-region-version: members.bab.region: bab on Db2 11.5.8.0.sb00000001.r1 is in another Region than ada. Allowed: cross-Region replicas from Db2 11.5.9 and 12.1.4 on. Fix: upgrade, or keep the replica in the Region of its source.',
      ],
    },
  ],
  accepted: [
    { of: 'Db2 12.1.4', input: withMember(sample('db2'), 'bab', ABROAD) },
    { of: 'Db2 11.5.9', input: withMember(sample('db2', '11.5.9.0.sb00089214.r1'), 'bab', ABROAD) },
    { of: 'Db2 11.5.8 in one Region', input: sample('db2', '11.5.8.0.sb00000001.r1') },
    { of: 'MySQL 8.0.11', input: withMember(sample('mysql', '8.0.11'), 'bab', ABROAD) },
  ],
  unknown: [...unknownVersion, { of: 'the Region', erase: withoutMemberFields('region') }],
});

describeRule('replica-version-below-source', {
  breaches: [
    {
      of: 'a PostgreSQL minor',
      input: withMember(sample(), 'bab', { version: '17.5' }),
      lines: [
        'error replica-version-below-source: members.bab.version: bab is on 17.5, below ada on 17.6. Allowed: 17.6 or later. Fix: upgrade replicas first, then their source, in two deployments.',
      ],
    },
    {
      of: 'a MySQL major',
      input: withMember(sample('mysql'), 'bab', { version: '8.0.46' }),
      lines: [
        'error replica-version-below-source: members.bab.version: bab is on 8.0.46, below ada on 8.4.7. Allowed: 8.4.7 or later. Fix: upgrade replicas first, then their source, in two deployments.',
      ],
    },
    {
      of: 'a MariaDB minor',
      input: withMember(sample('mariadb'), 'bab', { version: '11.8.5' }),
      lines: [
        'error replica-version-below-source: members.bab.version: bab is on 11.8.5, below ada on 11.8.6. Allowed: 11.8.6 or later. Fix: upgrade replicas first, then their source, in two deployments.',
      ],
    },
  ],
  accepted: [
    { of: 'the same version', input: withMember(sample(), 'bab', { version: '17.6' }) },
    { of: 'a later minor', input: withMember(sample(), 'bab', { version: '17.7' }) },
    { of: 'a later MySQL major', input: withMember(sample('mysql', '8.0.46'), 'bab', { version: '8.4.7' }) },
    { of: 'a major alone, which says less', input: withMember(sample(), 'bab', { version: '17' }) },
    { of: 'an earlier major, which is reported as such', input: withMember(sample(), 'bab', { version: '16.10' }) },
    { of: 'a promoted replica', input: withMember(promoted(sample()), 'bab', { version: '17.5' }) },
  ],
  unknown: unknownVersion,
});

describeRule('replica-major-differs', {
  breaches: [
    {
      of: 'an earlier major',
      input: withMember(sample(), 'bab', { version: '16.10' }),
      lines: [
        'error replica-major-differs: members.bab.version: bab is on 16.10, ada on 17.6: physical replication needs one major version. Allowed: 17.x. Fix: give both the same major; a major upgrade of the source takes its replicas in the same Region along.',
      ],
    },
    {
      of: 'a later major',
      input: withMember(sample(), 'bab', { version: '18.3' }),
      lines: [
        'error replica-major-differs: members.bab.version: bab is on 18.3, ada on 17.6: physical replication needs one major version. Allowed: 17.x. Fix: give both the same major; a major upgrade of the source takes its replicas in the same Region along.',
      ],
    },
  ],
  accepted: [
    { of: 'another minor', input: withMember(sample(), 'bab', { version: '17.10' }) },
    { of: 'another MySQL major', input: withMember(sample('mysql', '8.0.46'), 'bab', { version: '8.4.7' }) },
    {
      of: 'a version that RDS does not offer, which is reported as such',
      input: withMember(sample(), 'bab', { version: 'latest' }),
    },
  ],
  unknown: unknownVersion,
});

describeRule('replica-major-skips', {
  breaches: [
    {
      of: 'MySQL 8.4 below 5.7',
      input: withMember(sample('mysql', '5.7.44'), 'bab', { version: '8.4.7' }),
      lines: [
        'error replica-major-skips: members.bab.version: bab is on 8.4.7, ada on 5.7.44: MySQL replicates to the next series, and not beyond. Allowed: MySQL 5.7 or 8.0. Fix: upgrade in two steps.',
      ],
    },
  ],
  accepted: [
    { of: 'MySQL 8.0 below 5.7', input: withMember(sample('mysql', '5.7.44'), 'bab', { version: '8.0.46' }) },
    { of: 'MySQL 8.4 below 8.0', input: withMember(sample('mysql', '8.0.46'), 'bab', { version: '8.4.7' }) },
    { of: 'MariaDB of any series', input: withMember(sample('mariadb', '10.6.25'), 'bab', { version: '11.8.6' }) },
    {
      of: 'who was promoted and follows nobody',
      input: withMember(promoted(sample('mysql', '5.7.44')), 'bab', { version: '8.4.7' }),
    },
  ],
  unknown: [{ of: 'the version', erase: withoutVersions }],
});

describeRule('replica-version-differs', {
  breaches: [
    {
      of: 'an earlier Oracle update',
      input: withMember(sample('oracle'), 'bab', { version: '19.0.0.0.ru-2025-07.rur-2025-07.r1' }),
      lines: [
        'error replica-version-differs: members.bab.version: bab is on 19.0.0.0.ru-2025-07.rur-2025-07.r1, ada on 19.0.0.0.ru-2025-10.rur-2025-10.r1. Allowed: exactly 19.0.0.0.ru-2025-10.rur-2025-10.r1: RDS upgrades Oracle Database replicas with their source. Fix: write the version once, in engine.version.',
      ],
    },
    {
      of: 'a later SQL Server build',
      input: withMember(sample('sqlserver'), 'bab', { version: '16.00.4240.1.v1' }),
      lines: [
        'error replica-version-differs: members.bab.version: bab is on 16.00.4240.1.v1, ada on 16.00.4236.2.v1. Allowed: exactly 16.00.4236.2.v1: RDS upgrades SQL Server replicas with their source. Fix: write the version once, in engine.version.',
      ],
    },
    {
      of: 'another Db2 build',
      input: withMember(sample('db2'), 'bab', { version: '12.1.4.0.sb00080714.r1' }),
      lines: [
        'error replica-version-differs: members.bab.version: bab is on 12.1.4.0.sb00080714.r1, ada on 12.1.4.0.sb00085812.r1. Allowed: exactly 12.1.4.0.sb00085812.r1: RDS upgrades Db2 replicas with their source. Fix: write the version once, in engine.version.',
      ],
    },
  ],
  accepted: [
    { of: 'the same build', input: withMember(sample('sqlserver'), 'bab', { version: '16.00.4236.2.v1' }) },
    { of: 'a later PostgreSQL minor', input: withMember(sample(), 'bab', { version: '17.7' }) },
    { of: 'an Oracle major alone, which says less', input: withMember(sample('oracle'), 'bab', { version: '19' }) },
  ],
  unknown: unknownVersion,
});

describeRule('replica-too-small', {
  breaches: [
    {
      of: '2 vCPUs on SQL Server',
      input: withMember(sample('sqlserver'), 'bab', { size: 'db.r6i.large' }),
      lines: [
        'error replica-too-small: members.bab.size: bab is a db.r6i.large with 2 vCPUs. Allowed: 4 vCPUs or more for a replica of SQL Server. Fix: take an xlarge or larger class.',
      ],
    },
  ],
  accepted: [
    { of: '4 vCPUs on SQL Server', input: withMember(sample('sqlserver'), 'bab', { size: 'db.m6i.xlarge' }) },
    { of: '2 vCPUs on Oracle', input: withMember(sample('oracle'), 'bab', { size: 'db.r6i.large' }) },
    ...(['mysql', 'mariadb', 'postgres', 'db2'] as const).map((engine) => ({
      of: `a small class on ${title(engine)}`,
      input: withMember(sample(engine), 'bab', { size: 'db.t3.micro' }),
    })),
    { of: 'a small primary', input: withMember(promoted(sample('sqlserver')), 'bab', { size: 'db.r6i.large' }) },
  ],
  unknown: [{ of: 'the size', erase: withoutMemberFields('size') }],
});

describeRule('source-needs-standby', {
  breaches: [
    {
      of: 'a SQL Server source without one',
      input: withMember(sample('sqlserver'), 'ada', { standby: 'none' }),
      lines: [
        'error source-needs-standby: members.ada.standby: ada has replicas and standby none. Allowed: standby multi-az: SQL Server replicates only from a Multi-AZ instance with Always On availability groups. Fix: set `standby: multi-az`.',
      ],
    },
    {
      of: 'a SQL Server source that says nothing',
      input: withMember(sample('sqlserver'), 'ada', { standby: undefined }),
      lines: [
        'error source-needs-standby: members.ada.standby: ada has replicas and standby none. Allowed: standby multi-az: SQL Server replicates only from a Multi-AZ instance with Always On availability groups. Fix: set `standby: multi-az`.',
      ],
    },
  ],
  accepted: [
    { of: 'a SQL Server source with one', input: sample('sqlserver') },
    { of: 'SQL Server that is alone', input: promoted(sample('sqlserver')) },
    {
      of: 'a replica with replicas, for which they are the error',
      input: withMembers(sample('sqlserver'), { cyd: follower('bab') }),
    },
    ...(['mysql', 'mariadb', 'postgres', 'oracle', 'db2'] as const).map((engine) => ({
      of: `a source without one on ${title(engine)}`,
      input: withMember(sample(engine), 'ada', { standby: 'none' }),
    })),
  ],
  unknown: [{ of: 'the standby', erase: withoutMemberFields('standby') }],
});
