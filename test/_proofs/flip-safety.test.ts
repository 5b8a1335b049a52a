import '../aws/_helpers/quiet-synthesis';
import { EXAMPLES, ordersInput } from './_helpers/example-generations';
import { damages } from './_helpers/flip-safety';
import { TopologyGeneration } from './_helpers/generation';
import { resourcesIn, type PlacedResource, type Templates } from './_helpers/templates';

/** Databases of a set of templates, whole: with properties, policies and dependencies. */
function databases(templates: Templates): ReadonlyMap<string, PlacedResource> {
  const instances = resourcesIn(templates).filter(({ Type }) => Type === 'AWS::RDS::DBInstance');
  return new Map(instances.map((resource) => [`${resource.stack}/${resource.logicalId}`, resource]));
}

describe.each(Object.entries(EXAMPLES))('a promotion in %s removes and replaces nothing', (_, example) => {
  const first = example();

  it.each(first.promotable)('of %s', (id) => {
    expect(damages(first.templates, first.promote(id).templates)).toStrictEqual([]);
  });

  it('and changes something: else there was nothing to prove', () => {
    for (const id of first.promotable) expect(first.promote(id).templates).not.toEqual(first.templates);
  });
});

describe.each(Object.entries(EXAMPLES).filter(([name]) => name !== 'shards.ts'))(
  'after a promotion in %s',
  (_, example) => {
    const first = example();

    it.each(first.promotable)('%s gets a new replica, which is promoted in turn', (id) => {
      const promoted = first.promote(id);
      const joined = promoted.join('newcomer');
      expect(joined.promotable).toContain('newcomer');
      expect(damages(promoted.templates, joined.templates)).toStrictEqual([]);
      const second = joined.promote('newcomer');
      expect(second.primary).toBe('newcomer');
      expect(damages(joined.templates, second.templates)).toStrictEqual([]);
    });
  },
);

describe('the primary moves to another Region and back', () => {
  const moved = new TopologyGeneration(ordersInput()).promote('dublin-a');
  const joined = moved.join('virginia-c', { region: 'us-east-1', key: 'create' });
  const back = joined.promote('virginia-c');

  it('without a loss on the way', () => {
    expect(damages(moved.templates, joined.templates)).toStrictEqual([]);
    expect(damages(joined.templates, back.templates)).toStrictEqual([]);
  });

  it('and those who were retired in between leave, and the others stay as they are', () => {
    const alone = back.withoutRetired();
    const [before, after] = [databases(back.templates), databases(alone.templates)];
    expect([...after.keys()]).toStrictEqual(['orders-us-east-1/Databasevirginiac516A3B57']);
    for (const [place, instance] of after) expect(instance).toStrictEqual(before.get(place));
  });
});

describe('the origin is removed when it is long retired', () => {
  it('with its whole Region', () => {
    const promoted = new TopologyGeneration(ordersInput()).promote('dublin-a');
    const without = promoted.withoutRetired();
    const [before, after] = [databases(promoted.templates), databases(without.templates)];
    expect([...after.values()].map(({ Properties }) => Properties?.['DBInstanceIdentifier'])).toStrictEqual([
      'orders-dublin-a',
      'orders-dublin-b',
    ]);
    for (const [place, instance] of after) expect(instance).toStrictEqual(before.get(place));
  });

  it('and nothing else of a Region in which others stay', () => {
    const promoted = new TopologyGeneration(ordersInput()).promote('dublin-b');
    const dublin = damages(promoted.templates, promoted.withoutRetired().templates).filter((damage) =>
      damage.startsWith('orders-eu-west-1/'),
    );
    expect(dublin).toStrictEqual([
      expect.stringMatching(/^orders-eu-west-1\/Databasedublina\w+ \(AWS::RDS::DBInstance\) is removed$/),
    ]);
  });

  it('and the secret stays, for whoever is primary', () => {
    const without = new TopologyGeneration(ordersInput()).promote('dublin-a').withoutRetired();
    expect(
      resourcesIn(without.templates)
        .filter(({ Type }) => Type === 'AWS::SecretsManager::Secret')
        .map(({ Properties, DeletionPolicy }) => [
          Properties?.['Name'],
          Properties?.['ReplicaRegions'],
          DeletionPolicy,
        ]),
    ).toStrictEqual([['understudy/orders/master', [{ Region: 'eu-west-1' }], 'Retain']]);
  });
});

it('says so itself when somebody is promoted whose lineage ends at a member that is gone', () => {
  const promoted = new TopologyGeneration(ordersInput()).promote('dublin-a').withoutRetired();
  const [dublin] = [...databases(promoted.templates).values()];
  expect(dublin?.Properties).toMatchObject({
    SourceDBInstanceIdentifier: {
      'Fn::Join': [
        '',
        ['arn:', { Ref: 'AWS::Partition' }, ':rds:us-east-1:', { Ref: 'AWS::AccountId' }, ':db:orders-virginia-a'],
      ],
    },
    SourceRegion: 'us-east-1',
  });
});
