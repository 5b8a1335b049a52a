import { ENGINE_NAMES, ENGINES, type Engine } from '../../lib/topology';
import { isOffered } from '../../lib/topology/offered-classes';

/** Every engine in every edition. */
const engines = ENGINE_NAMES.flatMap((name): readonly Engine[] => {
  const { editions } = ENGINES[name];
  return editions.length === 0 ? [{ name }] : editions.map((edition) => ({ name, edition }));
});

function nameOf({ name, edition }: Engine): string {
  return edition === undefined ? name : `${name}-${edition}`;
}

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
    ['aurora-postgresql eu-west-1 db.r7i.large 16.8', true],
    ['aurora-postgresql eu-west-1 db.m7g.large 16.8', false],
    ['aurora-mysql eu-west-1 db.m7g.large', false],
    ['aurora-mysql eu-west-1 db.r8g.large 5.7.mysql_aurora.2.11.5', false],
    ['aurora-mysql eu-west-1 db.r8g.large 8.0.mysql_aurora.3.08.2', true],
    ['aurora-postgresql eu-west-1 db.r7g.large 14.6', false],
    ['aurora-postgresql eu-west-1 db.r7g.large 14.7', true],
  ] as const)('%s: %s', (place, known) => {
    const [name = '', region = '', size = '', version] = place.split(' ');
    const engine = engines.find((each) => nameOf(each) === name) ?? { name: 'mysql' };
    expect(isOffered(size, { engine: { ...engine, version }, region })).toBe(known);
  });

  it('knows the classes of Multi-AZ DB clusters by themselves', () => {
    const place = { engine: { name: 'postgres' }, region: 'eu-west-1' } as const;
    const sizes = ['db.r6gd.large', 'db.r7g.large'];
    expect(sizes.map((size) => isOffered(size, { ...place, isCluster: true }))).toStrictEqual([true, false]);
    expect(sizes.map((size) => isOffered(size, place))).toStrictEqual([true, true]);
  });
});
