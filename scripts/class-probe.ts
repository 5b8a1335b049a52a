import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CelEngine, TemplateFile } from '@aws/cloudformation-validate';
import { RegionInfo } from 'aws-cdk-lib/region-info';

/** Engines as CloudFormation names them, with the licence under which the validator knows their classes. */
export const PROBED: Readonly<Record<string, { readonly Engine: string; readonly LicenseModel?: string }>> = {
  mysql: { Engine: 'mysql' },
  mariadb: { Engine: 'mariadb' },
  postgres: { Engine: 'postgres' },
  'oracle-ee': { Engine: 'oracle-ee', LicenseModel: 'bring-your-own-license' },
  'oracle-se2': { Engine: 'oracle-se2', LicenseModel: 'bring-your-own-license' },
  'oracle-se2 license-included': { Engine: 'oracle-se2', LicenseModel: 'license-included' },
  'sqlserver-ee': { Engine: 'sqlserver-ee', LicenseModel: 'license-included' },
  'sqlserver-se': { Engine: 'sqlserver-se', LicenseModel: 'license-included' },
  'sqlserver-web': { Engine: 'sqlserver-web', LicenseModel: 'license-included' },
  'sqlserver-ex': { Engine: 'sqlserver-ex', LicenseModel: 'license-included' },
  'db2-ae': { Engine: 'db2-ae', LicenseModel: 'bring-your-own-license' },
  'db2-se': { Engine: 'db2-se', LicenseModel: 'bring-your-own-license' },
  'aurora-mysql': { Engine: 'aurora-mysql' },
  'aurora-postgresql': { Engine: 'aurora-postgresql' },
};

/** Engines of Multi-AZ DB clusters, which have classes of their own. */
const PROBED_CLUSTERS: Readonly<Record<string, string>> = { 'mysql cluster': 'mysql', 'postgres cluster': 'postgres' };

/** All that the tables know of. */
export const TABLED: readonly string[] = [...Object.keys(PROBED), ...Object.keys(PROBED_CLUSTERS)];

/** The classes that are offered for an engine in a Region. */
export interface Offer {
  readonly engine: string;
  readonly region: string;
  /** Without `db.`, and without `db.serverless`, which has no size. */
  readonly classes: readonly string[];
}

/** A version of an engine, and a class without `db.` */
export type Pair = readonly [version: string, size: string];

interface Question {
  readonly rule: string;
  readonly region?: string;
  /** @default - a DB instance */
  readonly type?: string;
  /** Index of the first database that is asked about. @default 0 */
  readonly first?: number;
}

/** Asks `@aws/cloudformation-validate` what it knows of instance classes. */
export class ClassProbe {
  readonly #validator = new CelEngine();

  /** What its rules E3025 and E3694 list when a class is none: all that there are, for an engine in a Region. */
  offers(): readonly Offer[] {
    const instances = Object.values(PROBED).map((engine) => ({ ...engine, DBInstanceClass: 'none' }));
    const clusters = Object.values(PROBED_CLUSTERS).map((Engine) => ({ Engine, DBClusterInstanceClass: 'none' }));
    const found = RegionInfo.regions.flatMap(({ name: region }) =>
      [
        ...this.#ask(instances, { rule: 'E3025', region }),
        ...this.#ask(clusters, { rule: 'E3694', region, type: 'AWS::RDS::DBCluster', first: instances.length }),
      ].map(({ index, message }) => ({
        engine: TABLED[index] ?? '',
        region,
        classes: [...message.matchAll(/'db\.([^'.]+\.[^']+)'/g)].map(([, name = '']) => name),
      })),
    );
    return found.filter(({ classes }) => classes.length > 0);
  }

  /** What its rule E9006 lists when a version is none. */
  versions(engine: string): readonly string[] {
    const asked = { Engine: engine, EngineVersion: '0', DBInstanceClass: 'db.t3.large' };
    const [refused] = this.#ask([asked], { rule: 'E9006' });
    const listed = /\[(.*)\]/.exec(refused?.message ?? '')?.[1] ?? '';
    const all = listed.split(', ').map((version) => version.replaceAll("'", ''));
    // Aurora's Limitless Database is another product, with classes of its own.
    return all.filter((version) => !version.endsWith('-limitless'));
  }

  /** Those that its rule E3062 refuses, whatever the Region: a class for a version of the engine. */
  refused(engine: string, pairs: readonly Pair[]): readonly Pair[] {
    const asked = pairs.map(([version, size]) => ({
      ...PROBED[engine],
      EngineVersion: version,
      DBInstanceClass: `db.${size}`,
    }));
    return this.#ask(asked, { rule: 'E3062' }).flatMap(({ index }) => pairs.slice(index, index + 1));
  }

  #ask(
    databases: readonly object[],
    { rule, region, type = 'AWS::RDS::DBInstance', first = 0 }: Question,
  ): { index: number; message: string }[] {
    const folder = mkdtempSync(join(tmpdir(), 'understudy-'));
    const file = join(folder, 'template.json');
    const resources = databases.map((database, index) => [
      `Asked${first + index}`,
      { Type: type, Properties: { AllocatedStorage: 100, StorageEncrypted: true, ...database } },
    ]);
    writeFileSync(file, JSON.stringify({ Resources: Object.fromEntries(resources) as unknown }));
    const { diagnostics } = this.#validator.validateDetailed(new TemplateFile(file), {
      include: { ids: [rule] },
      pseudoParameterOverrides: { region },
    });
    rmSync(folder, { recursive: true });
    return diagnostics.map(({ entity, message }) => ({
      index: Number(entity?.logicalId.replace('Asked', '')),
      message,
    }));
  }
}
