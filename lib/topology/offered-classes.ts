import { versionTakes } from './class-limits';
import { OFFERED_CLASSES_TABLE } from './offered-classes-table';
import { rowClasses } from './row-classes';
import type { Engine } from './topology';

/** By engine, then by Region. */
type Offers = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/** Read when it is first asked for: most programs that import this never ask. */
let offers: Offers | undefined;

/** Where a DB instance is to be, and with which licence. */
export interface ClassPlace {
  readonly engine: Engine;
  readonly region: string;
  /** Oracle SE2 has other classes with each. Unknown: those of both. */
  readonly license?: string;
  /** Whether it is a Multi-AZ DB cluster, which has classes of its own. */
  readonly isCluster?: boolean;
}

/** Whether Amazon RDS offers a DB instance class in a place; undefined when this release of the package does not know. */
export function isOffered(size: string, { engine, region, license, isCluster }: ClassPlace): boolean | undefined {
  const known = listsOf(listed(engine, isCluster), region, license);
  if (known.length === 0) return undefined;
  return known.some((list) => list.has(size)) && versionTakes(rdsName(engine), engine.version ?? '', size);
}

/** All classes that Amazon RDS offers in a place, as far as this release of the package knows. */
export function offeredClasses(place: ClassPlace): readonly string[] {
  const known = listsOf(listed(place.engine, place.isCluster), place.region, place.license);
  const all = new Set(known.flatMap((list) => [...list]));
  return [...all].filter((size) => isOffered(size, place) === true);
}

function listsOf(engine: string, region: string, license: string | undefined): readonly ReadonlySet<string>[] {
  offers ??= read();
  const own = offers.get(engine)?.get(region);
  const included = offers.get(`${engine} license-included`)?.get(region);
  const chosen = license === undefined ? [own, included] : license === 'license-included' ? [included ?? own] : [own];
  return chosen.filter((list) => list !== undefined);
}

/** Under which name the table has the classes. */
function listed(engine: Engine, isCluster = false): string {
  return isCluster ? `${rdsName(engine)} cluster` : rdsName(engine);
}

function rdsName({ name, edition }: Engine): string {
  return edition === undefined ? name : `${name}-${edition}`;
}

function read(): Offers {
  const { engines, regions, rows } = OFFERED_CLASSES_TABLE;
  const found = new Map<string, Map<string, Set<string>>>();
  for (const row of rows) {
    const [who = '', where = '', ...families] = row.split(' ');
    const classes = families.flatMap(rowClasses);
    for (const engine of who) {
      const byRegion = found.get(engines[engine] ?? '') ?? new Map<string, Set<string>>();
      found.set(engines[engine] ?? '', byRegion);
      for (const region of where) {
        const known = byRegion.get(regions[region] ?? '') ?? new Set<string>();
        byRegion.set(regions[region] ?? '', known);
        classes.forEach((each) => known.add(each));
      }
    }
  }
  return found;
}
