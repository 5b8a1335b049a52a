import { withEngine, withMember } from '../../_arbitraries/edits';
import { describeRule, withoutMemberFields, withoutVersions } from '../../_helpers/describe-rule';
import { cloudSql, enterprise, withGcp, withMemberGcp, withoutEdition } from '../../_helpers/sample-cloud-sql';

describeRule('database-version-unknown', {
  breaches: [
    {
      of: 'a minor of PostgreSQL',
      input: withEngine(cloudSql(), { version: '17.6' }),
      lines: [
        "error database-version-unknown: engine.version: the engine is to run PostgreSQL 17.6, which Cloud SQL does not offer. Allowed: '9.6', '10', '11', '12', '13', '14', '15', '16', '17', '18'. Fix: write for example '17'.",
      ],
    },
    {
      of: 'an old minor of MySQL',
      input: withEngine(cloudSql('mysql'), { version: '8.0.11' }),
      lines: [
        "error database-version-unknown: engine.version: the engine is to run MySQL 8.0.11, which Cloud SQL does not offer. Allowed: '5.6', '5.7', '8.0', '8.4', or a minor such as '8.0.42'. Fix: write for example '8.0'.",
      ],
    },
    {
      of: 'a version of RDS',
      input: withEngine(cloudSql('sqlserver'), { version: '16.00.4236.2.v1' }),
      lines: [
        "error database-version-unknown: engine.version: the engine is to run SQL Server 16.00.4236.2.v1, which Cloud SQL does not offer. Allowed: '2017', '2019', '2022', '2025'. Fix: write for example '2025'.",
      ],
    },
    {
      of: 'a member',
      input: withMember(cloudSql(), 'bab', { version: '99' }),
      lines: [
        "error database-version-unknown: members.bab.version: bab is to run PostgreSQL 99, which Cloud SQL does not offer. Allowed: '9.6', '10', '11', '12', '13', '14', '15', '16', '17', '18'. Fix: write for example '18'.",
      ],
    },
  ],
  accepted: [
    { of: 'a minor of MySQL', input: withEngine(cloudSql('mysql'), { version: '8.0.42' }) },
    { of: 'a major', input: withEngine(cloudSql(), { version: '18' }) },
  ],
  unknown: [{ of: 'the version', erase: withoutVersions }],
});

describeRule('sql-server-edition', {
  breaches: [
    {
      of: 'no edition',
      input: withEngine(cloudSql('sqlserver'), { edition: undefined }),
      lines: [
        'error sql-server-edition: engine.edition: SQL Server is given without an edition. Allowed: enterprise, standard, express or web. Fix: write for example `edition: enterprise`.',
      ],
    },
    {
      of: 'one of RDS',
      input: withEngine(cloudSql('sqlserver'), { edition: 'ee' }),
      lines: [
        'error sql-server-edition: engine.edition: engine.edition is ee. Allowed: enterprise, standard, express or web. Fix: write for example `edition: enterprise`.',
      ],
    },
    {
      of: 'PostgreSQL with one',
      input: withEngine(cloudSql(), { edition: 'enterprise' }),
      lines: [
        'error sql-server-edition: engine.edition: engine.edition is enterprise. Allowed: no edition of PostgreSQL; that of Cloud SQL is gcp.edition. Fix: take engine.edition away.',
      ],
    },
  ],
  accepted: [{ of: 'enterprise', input: cloudSql('sqlserver') }],
});

describeRule('cloud-sql-edition-missing', {
  breaches: [
    {
      of: 'all members',
      input: withGcp(cloudSql(), { edition: undefined }),
      lines: [
        'error cloud-sql-edition-missing: gcp.edition: no Cloud SQL edition is given for ada and bab: the API would take one by the version. Allowed: enterprise or enterprise-plus. Fix: set gcp.edition.',
      ],
    },
    {
      of: 'those that do not say it',
      input: withMemberGcp(withGcp(cloudSql(), { edition: undefined }), 'bab', { edition: 'enterprise-plus' }),
      lines: [
        'error cloud-sql-edition-missing: gcp.edition: no Cloud SQL edition is given for ada: the API would take one by the version. Allowed: enterprise or enterprise-plus. Fix: set gcp.edition.',
      ],
    },
  ],
  accepted: [
    {
      of: 'what a source has',
      input: withGcp(withMemberGcp(cloudSql(), 'ada', { edition: 'enterprise-plus' }), { edition: undefined }),
    },
  ],
});

describeRule('tier-unknown', {
  breaches: [
    {
      of: 'a class of RDS, once for both',
      input: withMember(cloudSql(), 'ada', { size: 'db.r7g.large' }),
      lines: [
        'error tier-unknown: members.ada.size: size is db.r7g.large. Allowed: a tier: db-perf-optimized-N-CPUS or db-c4a-highmem-CPUS; of the edition enterprise db-custom-CPUS-MEBIBYTES, db-g1-small or db-f1-micro. Fix: write the tier as gcloud does, for example db-perf-optimized-N-8.',
      ],
    },
    {
      of: 'a replica',
      input: withMember(cloudSql(), 'bab', { size: 'perf-8' }),
      lines: [
        'error tier-unknown: members.bab.size: size is perf-8. Allowed: a tier: db-perf-optimized-N-CPUS or db-c4a-highmem-CPUS; of the edition enterprise db-custom-CPUS-MEBIBYTES, db-g1-small or db-f1-micro. Fix: write the tier as gcloud does, for example db-perf-optimized-N-8.',
      ],
    },
  ],
  accepted: [
    { of: 'C4A', input: withMember(cloudSql(), 'ada', { size: 'db-c4a-highmem-8' }) },
    { of: 'a custom tier', input: withMember(enterprise(), 'ada', { size: 'db-custom-4-15360' }) },
  ],
  unknown: [{ of: 'the size', erase: withoutMemberFields('size') }],
});

describeRule('tier-of-other-edition', {
  breaches: [
    {
      of: 'a custom tier, once for both',
      input: withMember(cloudSql(), 'ada', { size: 'db-custom-4-15360' }),
      lines: [
        'error tier-of-other-edition: members.ada.size: ada is to be a db-custom-4-15360 of the edition enterprise-plus. Allowed: db-perf-optimized-N-CPUS or db-c4a-highmem-CPUS. Fix: take one of these, or the edition enterprise.',
      ],
    },
    {
      of: 'a tier of Enterprise Plus',
      input: withMember(enterprise(), 'bab', { size: 'db-perf-optimized-N-8' }),
      lines: [
        'error tier-of-other-edition: members.bab.size: bab is to be a db-perf-optimized-N-8 of the edition enterprise. Allowed: db-custom-CPUS-MEBIBYTES, db-g1-small or db-f1-micro. Fix: take one of these, or the edition enterprise-plus.',
      ],
    },
  ],
  accepted: [
    { of: 'a tier of Enterprise', input: enterprise() },
    { of: 'a tier of Enterprise Plus', input: cloudSql() },
  ],
  unknown: [
    { of: 'the size', erase: withoutMemberFields('size') },
    { of: 'the edition', erase: withoutEdition },
  ],
});
