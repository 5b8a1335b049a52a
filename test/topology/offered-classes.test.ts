import { readFileSync } from 'node:fs';
import { ENGINE_NAMES, ENGINES, type Engine } from '../../lib/topology';
import { versionTakes } from '../../lib/topology/class-limits';
import { parseInstanceClass } from '../../lib/topology/instance-class';
import { isOffered, offeredClasses } from '../../lib/topology/offered-classes';
import { awsRegions } from '../../lib/topology/regions';
import { ClassProbe, type Offer } from '../../scripts/class-probe';
import { offersText } from '../../scripts/class-tables';

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
  /** Some of the versions that are listed: they go by major, but those of PostgreSQL. With SOAK, all. */
  function tried(engine: string): readonly string[] {
    const step = process.env['SOAK'] === undefined ? { postgres: 3 }[engine] : 1;
    return probe.versions(engine).filter((_, index) => index % (step ?? 32) === 0);
  }

  it.each(['mysql', 'mariadb', 'postgres', 'sqlserver-ee', 'sqlserver-se', 'sqlserver-web', 'sqlserver-ex', 'db2-ae'])(
    'says of versions of %s what cloudformation-validate says',
    (engine) => {
      const classes = listed(engine).filter((each) => /\.(micro|large|xlarge)$/.test(each));
      const lists = tried(engine).map((version) => [version, probe.refused(engine, version, classes).toSorted()]);
      const ours = tried(engine).map((version) => [
        version,
        classes.filter((each) => !versionTakes(engine, version, `db.${each}`)),
      ]);
      expect(ours).toStrictEqual(lists);
      expect(ours.some(([, refused]) => refused?.length !== 0)).toBe(true);
    },
    60_000,
  );
});

describe('isOffered', () => {
  it.each([
    ['postgres us-west-2 db.r8g.large', true],
    ['postgres us-west-2 db.r8g.huge', false],
    ['postgres me-central-1 db.r8g.large', false],
    ['mysql us-west-2 db.m9g.48xlarge', true],
    ['mysql us-west-2 db.t2.large 8.4.7', false],
    ['mysql us-west-2 db.t2.large 9.0.1', true],
    ['postgres us-west-2 db.m7g.large 17.4', false],
    ['postgres us-west-2 db.t2.large 17.3', true],
    ['postgres us-west-2 db.t2.large 17', true],
    ['postgres us-west-2 db.m7g.large 11.22-rds.20240418', false],
    ['postgres us-west-2 db.m7g.large 11.22', true],
    ['oracle-ee eu-west-1 db.r5.4xlarge.tpc2.mem2x', true],
    ['sqlserver-ex eu-west-1 db.r6i.large', false],
    ['db2-se eu-west-1 db.r7i.large 11.5.9.0.sb00089214.r1', true],
    ['db2-se eu-west-1 db.m6idn.large 11.5.9.0.sb00089214.r1', false],
    ['db2-se cn-north-1 db.r7i.large', undefined],
    ['oracle-ee-cdb eu-west-1 db.r7i.large', undefined],
    ['postgres us-iso-east-1 db.r7i.large', undefined],
    ['postgres nowhere-1 db.r7i.large', undefined],
  ] as const)('%s: %s', (place, known) => {
    const [name = '', region = '', size = '', version] = place.split(' ');
    const engine = engines.find((each) => nameOf(each) === name) ?? { name: 'mysql' };
    expect(isOffered(size, { engine: { ...engine, version }, region })).toBe(known);
  });

  it.each([
    ['bring-your-own-license', true, false],
    ['license-included', false, true],
    [undefined, true, true],
  ])('of Oracle SE2 with the licence %s', (license, own, included) => {
    const place = { engine: { name: 'oracle', edition: 'se2' }, region: 'eu-west-1', license } as const;
    const of = (engine: string) => theirs.find((each) => each.engine === engine && each.region === place.region);
    const [one, other] = [of('oracle-se2')?.classes ?? [], of('oracle-se2 license-included')?.classes ?? []];
    const [first = ''] = one.filter((each) => !other.includes(each));
    const [second = ''] = other.filter((each) => !one.includes(each));
    expect([isOffered(`db.${first}`, place), isOffered(`db.${second}`, place)]).toStrictEqual([own, included]);
  });
});
