import { ENGINES, type EngineName } from '../../../lib/topology';
import { withEngine, withMember } from '../../_arbitraries/edits';
import { describeRule, withoutVersions } from '../../_helpers/describe-rule';
import { promoted, sample } from '../../_helpers/sample-topology';

const unknownVersion = [{ of: 'the version', erase: withoutVersions }];

function title(engine: EngineName): string {
  return ENGINES[engine].title;
}

describeRule('engine-version-unknown', {
  breaches: [
    {
      of: 'PostgreSQL 17.0',
      input: sample('postgres', '17.0'),
      lines: [
        "error engine-version-unknown: engine.version: orders is to run PostgreSQL 17.0, which RDS does not offer. Allowed: a version of PostgreSQL 11, 12, 13, 14, 15, 16, 17, 18 that Amazon RDS offers, written like 18.6. Fix: write for example '17.11', in quotes.",
      ],
    },
    {
      of: 'PostgreSQL 19',
      input: sample('postgres', '19.1'),
      lines: [
        "error engine-version-unknown: engine.version: orders is to run PostgreSQL 19.1, which RDS does not offer. Allowed: a version of PostgreSQL 11, 12, 13, 14, 15, 16, 17, 18 that Amazon RDS offers, written like 18.6. Fix: write for example '18.6', in quotes.",
      ],
    },
    {
      of: 'a MySQL major alone',
      input: sample('mysql', '8.4'),
      lines: [
        "error engine-version-unknown: engine.version: orders is to run MySQL 8.4, which RDS does not offer. Allowed: a version of MySQL 5.7, 8.0, 8.4 that Amazon RDS offers, written like 8.4.11. Fix: write for example '8.4.11', in quotes.",
      ],
    },
    {
      of: 'a MariaDB minor that was left out',
      input: sample('mariadb', '11.4.6'),
      lines: [
        "error engine-version-unknown: engine.version: orders is to run MariaDB 11.4.6, which RDS does not offer. Allowed: a version of MariaDB 10.4, 10.5, 10.6, 10.11, 11.4, 11.8, 12.3 that Amazon RDS offers, written like 12.3.2. Fix: write for example '11.4.12', in quotes.",
      ],
    },
    {
      of: 'an Oracle year',
      input: sample('oracle', '19c'),
      lines: [
        "error engine-version-unknown: engine.version: orders is to run Oracle Database 19c, which RDS does not offer. Allowed: a version of Oracle Database 19, 21 that Amazon RDS offers, written like 19.0.0.0.ru-2025-10.rur-2025-10.r1. Fix: write for example '19.0.0.0.ru-2025-10.rur-2025-10.r1', in quotes.",
      ],
    },
    {
      of: 'a SQL Server year',
      input: sample('sqlserver', '2022'),
      lines: [
        "error engine-version-unknown: engine.version: orders is to run SQL Server 2022, which RDS does not offer. Allowed: a version of SQL Server 13, 14, 15, 16, 17 that Amazon RDS offers, written like 16.00.4236.2.v1. Fix: write for example '16.00.4236.2.v1', in quotes.",
      ],
    },
    {
      of: 'Db2 without its build',
      input: sample('db2', '12.1.4'),
      lines: [
        "error engine-version-unknown: engine.version: orders is to run Db2 12.1.4, which RDS does not offer. Allowed: a version of Db2 11.5, 12.1 that Amazon RDS offers, written like 12.1.4.0.sb00085812.r1. Fix: write for example '12.1.4.0.sb00085812.r1', in quotes.",
      ],
    },
    {
      of: 'the version of one replica',
      input: withMember(sample(), 'bab', { version: '17.0' }),
      lines: [
        "error engine-version-unknown: members.bab.version: bab is to run PostgreSQL 17.0, which RDS does not offer. Allowed: a version of PostgreSQL 11, 12, 13, 14, 15, 16, 17, 18 that Amazon RDS offers, written like 18.6. Fix: write for example '17.11', in quotes.",
      ],
    },
    {
      of: 'the version of a source and its replica once',
      input: withMember(sample(), 'ada', { version: '17.0' }),
      lines: [
        "error engine-version-unknown: members.ada.version: ada is to run PostgreSQL 17.0, which RDS does not offer. Allowed: a version of PostgreSQL 11, 12, 13, 14, 15, 16, 17, 18 that Amazon RDS offers, written like 18.6. Fix: write for example '17.11', in quotes.",
      ],
    },
  ],
  accepted: [
    { of: 'PostgreSQL 17.1, the first of its major', input: sample('postgres', '17.1') },
    { of: 'PostgreSQL 17, whose minor RDS chooses', input: sample('postgres', '17') },
    ...(['mysql', 'mariadb', 'postgres', 'oracle', 'sqlserver', 'db2'] as const).map((engine) => ({
      of: `the sample of ${title(engine)}`,
      input: sample(engine),
    })),
    { of: 'an extended-support release', input: sample('mysql', '8.0.46-rds.20260624') },
    {
      of: 'the version of a removed member',
      input: withMember(promoted(sample()), 'ada', { retired: 'removed', version: '9.6.1' }),
    },
  ],
  unknown: unknownVersion,
});

describeRule('engine-version-newer', {
  breaches: [
    {
      of: 'a PostgreSQL minor',
      input: sample('postgres', '17.12'),
      lines: [
        'warning engine-version-newer: engine.version: orders is to run PostgreSQL 17.12, newer than any that this release knows. Allowed: up to 17.11. Fix: check the spelling; if RDS offers it, go on.',
      ],
    },
    {
      of: 'a MySQL minor',
      input: sample('mysql', '8.4.12'),
      lines: [
        'warning engine-version-newer: engine.version: orders is to run MySQL 8.4.12, newer than any that this release knows. Allowed: up to 8.4.11. Fix: check the spelling; if RDS offers it, go on.',
      ],
    },
    {
      of: 'a MariaDB minor of one replica',
      input: withMember(sample('mariadb'), 'bab', { version: '11.8.9' }),
      lines: [
        'warning engine-version-newer: members.bab.version: bab is to run MariaDB 11.8.9, newer than any that this release knows. Allowed: up to 11.8.8. Fix: check the spelling; if RDS offers it, go on.',
      ],
    },
  ],
  accepted: [
    { of: 'the newest known PostgreSQL 17', input: sample('postgres', '17.11') },
    { of: 'the newest known MySQL 8.4', input: sample('mysql', '8.4.11') },
    { of: 'any build of Db2', input: sample('db2', '12.1.4.0.sb99999999.r9') },
  ],
  unknown: unknownVersion,
});

describeRule('edition-unknown', {
  breaches: [
    {
      of: 'Oracle without one',
      input: withEngine(sample('oracle'), { edition: undefined }),
      lines: [
        'error edition-unknown: engine.edition: Oracle Database is given without an edition. Allowed: ee, ee-cdb, se2 or se2-cdb. Fix: write for example `edition: ee`.',
      ],
    },
    {
      of: 'SQL Server with another',
      input: withEngine(sample('sqlserver'), { edition: 'dev' }),
      lines: [
        'error edition-unknown: engine.edition: SQL Server has no edition dev. Allowed: ee, se, web or ex. Fix: write for example `edition: ee`.',
      ],
    },
    {
      of: 'Db2 with another',
      input: withEngine(sample('db2'), { edition: 'ee' }),
      lines: [
        'error edition-unknown: engine.edition: Db2 has no edition ee. Allowed: ae or se. Fix: write for example `edition: ae`.',
      ],
    },
    ...(['mysql', 'mariadb', 'postgres'] as const).map((engine) => ({
      of: `${title(engine)} with one`,
      input: withEngine(sample(engine), { edition: 'ee' }),
      lines: [
        `error edition-unknown: engine.edition: edition is ee, but ${title(engine)} has no editions. Allowed: no edition. Fix: take engine.edition away.`,
      ],
    })),
  ],
  accepted: (
    [
      ['oracle', ['ee', 'ee-cdb', 'se2', 'se2-cdb']],
      ['sqlserver', ['ee', 'se', 'web', 'ex']],
      ['db2', ['ae', 'se']],
    ] as const
  ).flatMap(([engine, editions]) =>
    editions.map((edition) => ({ of: `${title(engine)} ${edition}`, input: withEngine(sample(engine), { edition }) })),
  ),
});

describeRule('edition-cannot-replicate', {
  breaches: [
    {
      of: 'Oracle SE2',
      input: withEngine(sample('oracle'), { edition: 'se2' }),
      lines: [
        'error edition-cannot-replicate: engine.edition: Oracle Database edition se2 cannot have replicas. Allowed: ee or ee-cdb. Fix: take that edition, or remove the replicas.',
      ],
    },
    {
      of: 'SQL Server Web',
      input: withEngine(sample('sqlserver'), { edition: 'web' }),
      lines: [
        'error edition-cannot-replicate: engine.edition: SQL Server edition web cannot have replicas. Allowed: ee. Fix: take that edition, or remove the replicas.',
      ],
    },
  ],
  accepted: [
    { of: 'Oracle EE with containers', input: withEngine(sample('oracle'), { edition: 'ee-cdb' }) },
    { of: 'Db2 SE', input: withEngine(sample('db2'), { edition: 'se' }) },
    { of: 'Oracle SE2 that is alone', input: withEngine(promoted(sample('oracle')), { edition: 'se2' }) },
    {
      of: 'Oracle SE2 that is alone, with a misspelt primary',
      input: { ...withEngine(promoted(sample('oracle')), { edition: 'se2' }), primary: 'zed' },
    },
  ],
});

describeRule('version-cannot-replicate', {
  breaches: [
    {
      of: 'SQL Server 2025',
      input: sample('sqlserver', '17.00.1000.7.v1'),
      lines: [
        "error version-cannot-replicate: engine.version: SQL Server 17.00.1000.7.v1 cannot have replicas. Allowed: SQL Server 2016 to 2022, versions 13 to 16. Fix: take for example '16.00.4236.2.v1'.",
      ],
    },
  ],
  accepted: [
    { of: 'SQL Server 2022', input: sample('sqlserver', '16.00.4236.2.v1') },
    { of: 'SQL Server 2016', input: sample('sqlserver', '13.00.6300.2.v1') },
    { of: 'SQL Server 2025 that is alone', input: promoted(sample('sqlserver', '17.00.1000.7.v1')) },
    { of: 'PostgreSQL 17', input: sample('postgres', '17.6') },
  ],
  unknown: unknownVersion,
});
