import { isOfferedVersion, meantVersion, offeredVersions, SQL_SERVER_EDITIONS } from '../gcp/database-version';
import { parseTier } from '../gcp/tier';
import { ENGINES } from '../engines';
import { gcpMemberRule, gcpRule } from './gcp-rule';
import { listOf } from './list-of';
import type { Rule } from './rule';

const TIERS = {
  enterprise: 'db-custom-CPUS-MEBIBYTES, db-g1-small or db-f1-micro',
  'enterprise-plus': 'db-perf-optimized-N-CPUS or db-c4a-highmem-CPUS',
} as const;

/** Versions, editions and tiers. Source: @pulumi/gcp 9.37.0 and Google's pages on editions. */
export const GCP_EDITION_RULES: readonly Rule[] = [
  gcpRule(
    { code: 'database-version-unknown', severity: 'error', about: 'the engine version is one that Cloud SQL offers' },
    ({ engine, present }) => {
      const written = [
        { at: ['engine', 'version'], id: undefined, version: engine.version },
        ...present
          .filter(({ version }) => version !== engine.version)
          .map(({ id, version }) => ({ at: ['members', id, 'version'], id, version })),
      ];
      return written.flatMap(({ at, id, version }) =>
        version === undefined || isOfferedVersion(engine.name, version)
          ? []
          : [
              {
                at,
                problem: `${id ?? 'the engine'} is to run ${ENGINES[engine.name].title} ${version}, which Cloud SQL does not offer`,
                allowed: offeredVersions(engine.name),
                fix: `write for example '${meantVersion(engine.name, version)}'`,
              },
            ],
      );
    },
  ),
  gcpRule(
    {
      code: 'sql-server-edition',
      severity: 'error',
      about: 'SQL Server on Cloud SQL has the edition enterprise, standard, express or web; others none',
    },
    ({ engine: { name, edition } }) => {
      const editions: readonly string[] = name === 'sqlserver' ? SQL_SERVER_EDITIONS : [];
      if (editions.length === 0 ? edition === undefined : editions.includes(edition ?? '')) return [];
      return [
        {
          at: ['engine', 'edition'],
          problem: edition === undefined ? 'SQL Server is given without an edition' : `engine.edition is ${edition}`,
          allowed: listOf(editions, 'or') || `no edition of ${ENGINES[name].title}; that of Cloud SQL is gcp.edition`,
          fix: editions.length === 0 ? 'take engine.edition away' : 'write for example `edition: enterprise`',
        },
      ];
    },
  ),
  gcpRule(
    { code: 'cloud-sql-edition-missing', severity: 'error', about: 'the Cloud SQL edition of every member is said' },
    (view) => {
      const silent = view.present.filter((member) => view.of(member).edition === undefined);
      return silent.length === 0
        ? []
        : [
            {
              at: ['gcp', 'edition'],
              problem: `no Cloud SQL edition is given for ${listOf(silent.map(({ id }) => id))}: the API would take one by the version`,
              allowed: 'enterprise or enterprise-plus',
              fix: 'set gcp.edition',
            },
          ];
    },
  ),
  gcpMemberRule(
    { code: 'tier-unknown', severity: 'error', about: 'the size is a Cloud SQL tier' },
    (member, { view }) =>
      member.size === undefined || parseTier(member.size) !== undefined || view.sourceOf(member)?.size === member.size
        ? []
        : [
            {
              at: ['size'],
              problem: `size is ${member.size}`,
              allowed: `a tier: ${TIERS['enterprise-plus']}; of the edition enterprise ${TIERS.enterprise}`,
              fix: 'write the tier as gcloud does, for example db-perf-optimized-N-8',
            },
          ],
  ),
  gcpMemberRule(
    { code: 'tier-of-other-edition', severity: 'error', about: 'the tier is one of the Cloud SQL edition' },
    (member, view) => {
      const { edition } = view.of(member);
      const tier = member.size === undefined ? undefined : parseTier(member.size);
      if (edition === undefined || tier === undefined || tier.edition === edition) return [];
      const source = view.view.sourceOf(member);
      // Both taken from a source that was reported already.
      if (source !== undefined && source.size === member.size && view.of(source).edition === edition) return [];
      return [
        {
          at: ['size'],
          problem: `${member.id} is to be a ${member.size ?? ''} of the edition ${edition}`,
          allowed: TIERS[edition],
          fix: `take one of these, or the edition ${tier.edition}`,
        },
      ];
    },
  ),
];
