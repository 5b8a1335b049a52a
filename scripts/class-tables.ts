import { TABLED, type Offer } from './class-probe';

/** The classes that a version of an engine refuses although the engine has them. */
export interface Limit {
  readonly engine: string;
  readonly version: string;
  readonly refused: readonly string[];
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const SIZES = ['micro', 'small', 'medium', 'large'];
const SOURCE = 'of `@aws/cloudformation-validate` 1.9.0-beta (2026-09)';

const OFFERS_HEAD = `/**
 * The instance classes that Amazon RDS offers: engines, Regions, then family by family the sizes, of which \`2x\` is
 * \`2xlarge\`. An engine and a Region that no row names together are not known.
 * Written by scripts/write-offered-classes.ts from rules E3025 and E3694 ${SOURCE}.
 */
export const OFFERED_CLASSES_TABLE: {
  readonly engines: Readonly<Record<string, string>>;
  readonly regions: Readonly<Record<string, string>>;
  readonly rows: readonly string[];
} = {`;

const LIMITS_HEAD = `/**
 * The instance classes that versions of an engine take \`only\`, or do \`not\` take. A version stands for all that begin
 * with it, unless one says more; of others, nothing is known.
 *
 * Written by scripts/write-offered-classes.ts from rule E3062 ${SOURCE}.
 */
export const CLASS_LIMITS_TABLE: readonly string[] = [`;

/** The file of all offers: one line for the classes that the same engines have in the same Regions. */
export function offersText(offers: readonly Offer[]): string {
  const engines = letters(TABLED);
  const regions = letters(offers.map(({ region }) => region).toSorted());
  const places = grouped(
    offers.flatMap(({ engine, region, classes }) => classes.map((each) => [`${engine}|${each}`, region])),
  );
  const engineSets = grouped(
    [...places].map(([place, where]) => {
      const [engine = '', each = ''] = place.split('|');
      return [`${each}|${codes(where, regions)}`, engine];
    }),
  );
  const rows = grouped(
    [...engineSets].map(([place, who]) => {
      const [each = '', where = ''] = place.split('|');
      return [`${codes(who, engines)} ${where}`, each];
    }),
  );
  const lines = [...rows].map(([who, classes]) => `'${who} ${families(classes)}',`).toSorted();
  const legend = (of: ReadonlyMap<string, string>) => [...of].map(([name, letter]) => `    ${letter}: '${name}',`);
  return [
    OFFERS_HEAD,
    ...['  engines: {', ...legend(engines), '  },', '  regions: {', ...legend(regions), '  },'],
    ...['  rows: [', ...lines.map((line) => `    ${line}`), '  ],', '};', ''],
  ].join('\n');
}

/** The file of what versions refuse: one line for the versions that refuse the same. `known`: all classes of an engine. */
export function limitsText(limits: readonly Limit[], known: (engine: string) => readonly string[]): string {
  const rows = grouped(
    shortened(limits).map(({ engine, version, refused }) => [`${engine}|${refused.toSorted().join(' ')}`, version]),
  );
  const lines = [...rows].map(([place, versions]) => {
    const [engine = '', list = ''] = place.split('|');
    const refused = new Set(list.split(' '));
    const taken = known(engine).filter((each) => !refused.has(each));
    const [word, classes] = taken.length < refused.size ? ['only', taken] : ['not', [...refused]];
    return `  '${engine} ${versions.toSorted(byNumbers).join(' ')} ${word} ${families(classes)}',`;
  });
  return [LIMITS_HEAD, ...lines.toSorted(), '];', ''].join('\n');
}

/** A major for all its versions, where they agree; else each, except that builds of one version agree. */
function shortened(limits: readonly Limit[]): readonly Limit[] {
  const majors = [...new Set(limits.map(placeOf))];
  const short = majors.flatMap((major): readonly Limit[] => {
    const group = limits.filter((each) => placeOf(each) === major);
    const [first] = group;
    if (first === undefined) return [];
    const agree = group.every(({ refused }) => refused.toSorted().join() === first.refused.toSorted().join());
    if (agree) return [{ ...first, version: majorOf(first.engine, first.version) }];
    return group.map((each) => ({ ...each, version: each.version.replace(/-rds\..*$/, '-rds') }));
  });
  const unique = new Map(short.map((each) => [`${each.engine}|${each.version}`, each]));
  return [...unique.values()].filter(({ refused }) => refused.length > 0);
}

function placeOf({ engine, version }: Limit): string {
  return `${engine}|${majorOf(engine, version)}`;
}

function majorOf(engine: string, version: string): string {
  const parts = engine.startsWith('sqlserver') || engine.startsWith('oracle') || engine.includes('postgres') ? 1 : 2;
  return version.split('.').slice(0, parts).join('.');
}

function letters(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map([...new Set(names)].map((name, index) => [name, LETTERS.charAt(index)]));
}

function codes(names: readonly string[], of: ReadonlyMap<string, string>): string {
  const found = names.map((name) => of.get(name) ?? '');
  return found.toSorted((a, b) => LETTERS.indexOf(a) - LETTERS.indexOf(b)).join('');
}

function grouped(pairs: readonly (readonly string[])[]): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [key = '', value = ''] of pairs) groups.set(key, [...(groups.get(key) ?? []), value]);
  return groups;
}

/** For example `m7g.large,xlarge,2x r7g.large`. */
function families(classes: readonly string[]): string {
  const sizes = grouped(classes.map((each) => [each.slice(0, each.indexOf('.')), each.slice(each.indexOf('.') + 1)]));
  return [...sizes]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([family, each]) => [family, each.toSorted(bySize).map((size) => size.replace(/^(\d+)xlarge/, '$1x'))])
    .map(([family, each]) => `${String(family)}.${String(each)}`)
    .join(' ');
}

function bySize(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

function rank(size: string): number {
  const [step = ''] = size.split('.');
  const below = SIZES.indexOf(step);
  if (below >= 0) return below;
  return SIZES.length + (step === 'xlarge' ? 1 : step.startsWith('metal') ? 1000 : parseInt(step));
}

function byNumbers(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
