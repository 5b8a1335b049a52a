import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ENGINE_NAMES, engineMajor, ENGINES, type Engine, type EngineName } from '../../lib/topology';
import { versionTakes } from '../../lib/topology/class-limits';
import { parseInstanceClass } from '../../lib/topology/instance-class';
import { knownMajors, standingOf } from '../../lib/topology/known-versions';
import { isOffered, offeredClasses } from '../../lib/topology/offered-classes';
import { awsRegions } from '../../lib/topology/regions';
import { ClassProbe, type Offer } from '../../scripts/class-probe';
import { offersText } from '../../scripts/class-tables';
import { PATIENCE, runs } from './_helpers/runs';

/** Loading its rules takes seconds: one for all that the topology knows of what RDS offers. */
const probe = new ClassProbe();
let theirs: readonly Offer[] = [];

beforeAll(() => {
  theirs = probe.offers();
}, 120_000);

/** Every engine in every edition. */
const engines = ENGINE_NAMES.flatMap((name): readonly Engine[] => {
  const { editions } = ENGINES[name];
  return editions.length === 0 ? [{ name }] : editions.map((edition) => ({ name, edition }));
});

function nameOf({ name, edition }: Engine): string {
  return edition === undefined ? name : `${name}-${edition}`;
}

function listed(engine: string): readonly string[] {
  return [...new Set(theirs.flatMap((offer) => (offer.engine === engine ? offer.classes : [])))].toSorted();
}

describe('the table of classes', () => {
  it('is as its script writes it', () => {
    expect(readFileSync('lib/topology/offered-classes-table.ts', 'utf8')).toBe(offersText(theirs));
  });

  it('says of each engine and Region exactly what cloudformation-validate lists', () => {
    const places = engines.flatMap((engine) => awsRegions().map((region) => ({ engine, region })));
    const lists = places.map(({ engine, region }) => {
      const found = theirs.find((offer) => offer.engine === nameOf(engine) && offer.region === region);
      return [nameOf(engine), region, (found?.classes ?? []).map((each) => `db.${each}`).toSorted()];
    });
    const ours = places.map(({ engine, region }) => {
      const classes = offeredClasses({ engine, region, license: 'bring-your-own-license' });
      return [nameOf(engine), region, classes.toSorted()];
    });
    expect(ours).toStrictEqual(lists);
    expect(ours.filter(([, , classes]) => classes?.length === 0).length).toBeLessThan(places.length / 3);
  });

  it('has no class that cannot be taken apart', () => {
    const classes = theirs.flatMap((offer) => offer.classes.map((each) => `db.${each}`));
    expect(classes.filter((each) => parseInstanceClass(each) === undefined)).toStrictEqual([]);
  });
});

describe('the table of limits', () => {
  const ENGINES_WITH_LIMITS = [
    ...['mysql', 'mariadb', 'postgres', 'db2-ae', 'db2-se'],
    ...['sqlserver-ee', 'sqlserver-se', 'sqlserver-web', 'sqlserver-ex'],
    ...['aurora-mysql', 'aurora-postgresql'],
  ];

  it.each(ENGINES_WITH_LIMITS)(
    'says what cloudformation-validate says of any class for any version of %s',
    (engine) => {
      const pair = fc.tuple(fc.constantFrom(...probe.versions(engine)), fc.constantFrom(...listed(engine)));
      const pairs = fc.sample(pair, runs(25)).toSorted();
      const ours = pairs.filter(([version, size]) => !versionTakes(engine, version, `db.${size}`));
      expect(ours).toStrictEqual(probe.refused(engine, pairs).toSorted());
    },
    PATIENCE,
  );

  it.each([
    ['postgres', '17.4', 'm7g.large'],
    ['mysql', '8.4.7', 't2.large'],
    ['sqlserver-se', '16.00.4236.2.v1', 'm4.large'],
    ['aurora-mysql', '5.7.mysql_aurora.2.11.5', 'r8g.large'],
    ['aurora-postgresql', '14.6', 'r7g.large'],
  ])('of %s, which has some: %s refuses %s', (engine, version, size) => {
    expect(probe.refused(engine, [[version, size]])).toStrictEqual([[version, size]]);
    expect(versionTakes(engine, version, `db.${size}`)).toBe(false);
  });
});

describe('the licence of Oracle SE2', () => {
  it.each([
    ['bring-your-own-license', true, false],
    ['license-included', false, true],
    [undefined, true, true],
  ])('%s, has its own classes', (license, own, included) => {
    const place = { engine: { name: 'oracle', edition: 'se2' }, region: 'eu-west-1', license } as const;
    const of = (engine: string) => theirs.find((each) => each.engine === engine && each.region === place.region);
    const [one, other] = [of('oracle-se2')?.classes ?? [], of('oracle-se2 license-included')?.classes ?? []];
    const [first = ''] = one.filter((each) => !other.includes(each));
    const [second = ''] = other.filter((each) => !one.includes(each));
    expect([isOffered(`db.${first}`, place), isOffered(`db.${second}`, place)]).toStrictEqual([own, included]);
  });
});

describe('the table of versions', () => {
  const names: Readonly<Partial<Record<EngineName, readonly string[]>>> = {
    mysql: ['mysql'],
    mariadb: ['mariadb'],
    postgres: ['postgres'],
    sqlserver: ['sqlserver-ee', 'sqlserver-se', 'sqlserver-web'],
    db2: ['db2-ae', 'db2-se'],
    'aurora-mysql': ['aurora-mysql'],
    'aurora-postgresql': ['aurora-postgresql'],
  };

  /** The versions of an engine that are listed under one of its majors. */
  function listedVersions(name: EngineName): readonly string[] {
    return (names[name] ?? [])
      .flatMap((each) => probe.versions(each))
      .filter((version) => knownMajors(name).includes(engineMajor(name, version)));
  }

  it.each(['mysql', 'mariadb', 'postgres', 'aurora-postgresql'] as const)(
    'knows exactly the versions of %s that cloudformation-validate lists',
    (name) => {
      const listedPlain = listedVersions(name).filter(
        (version) => !/-rds\.|-r\d/.test(version) && knownMajors(name).every((major) => major !== version),
      );
      const ours = knownMajors(name)
        .flatMap((major) => Array.from({ length: 60 }, (_, minor) => `${major}.${minor}`))
        .filter((version) => standingOf(name, version) === 'known');
      expect(ours.toSorted()).toStrictEqual([...new Set(listedPlain)].toSorted());
    },
  );

  it.each(['mysql', 'mariadb', 'postgres', 'sqlserver', 'db2', 'aurora-mysql'] as const)(
    'knows every build of %s that cloudformation-validate lists',
    (name) => {
      const builds = listedVersions(name).filter(
        // 5.7.12 was before Aurora MySQL had versions of its own.
        (version) => version.split('.').length > 1 && ![...knownMajors(name), '5.7.12'].includes(version),
      );
      const unknown = builds.filter((version) => standingOf(name, version) !== 'known');
      expect({ some: builds.length > 10, unknown }).toStrictEqual({ some: true, unknown: [] });
    },
  );
});
