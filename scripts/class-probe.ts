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
};

/** The classes that are offered for an engine in a Region. */
export interface Offer {
  readonly engine: string;
  readonly region: string;
  /** Without `db.` */
  readonly classes: readonly string[];
}

/** A version of an engine, and a class without `db.` */
export type Pair = readonly [version: string, size: string];

/** Asks `@aws/cloudformation-validate` what it knows of instance classes. */
export class ClassProbe {
  readonly #validator = new CelEngine();

  /** What its rule E3025 lists when a class is none: all that there are, for an engine in a Region. */
  offers(): readonly Offer[] {
    const names = Object.keys(PROBED);
    const found = RegionInfo.regions.flatMap(({ name: region }) =>
      this.#ask(
        names.map((name) => ({ ...PROBED[name], DBInstanceClass: 'none' })),
        'E3025',
        region,
      ).map(({ index, message }) => ({
        engine: names[index] ?? '',
        region,
        classes: [...message.matchAll(/'db\.([^']+)'/g)].map(([, name = '']) => name),
      })),
    );
    return found.filter(({ classes }) => classes.length > 0);
  }

  /** What its rule E9006 lists when a version is none. */
  versions(engine: string): readonly string[] {
    const [refused] = this.#ask([{ Engine: engine, EngineVersion: '0', DBInstanceClass: 'db.t3.large' }], 'E9006');
    const listed = /\[(.*)\]/.exec(refused?.message ?? '')?.[1] ?? '';
    return listed.split(', ').map((version) => version.replaceAll("'", ''));
  }

  /** Those that its rule E3062 refuses, whatever the Region: a class for a version of the engine. */
  refused(engine: string, pairs: readonly Pair[]): readonly Pair[] {
    const asked = pairs.map(([version, size]) => ({
      ...PROBED[engine],
      EngineVersion: version,
      DBInstanceClass: `db.${size}`,
    }));
    return this.#ask(asked, 'E3062').flatMap(({ index }) => pairs.slice(index, index + 1));
  }

  #ask(instances: readonly object[], rule: string, region?: string): { index: number; message: string }[] {
    const folder = mkdtempSync(join(tmpdir(), 'understudy-'));
    const file = join(folder, 'template.json');
    const resources = instances.map((instance, index) => [
      `Asked${index}`,
      { Type: 'AWS::RDS::DBInstance', Properties: { AllocatedStorage: '100', StorageEncrypted: true, ...instance } },
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
