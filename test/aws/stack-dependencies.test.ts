import { App } from 'aws-cdk-lib';
import { database, Place, world } from './_helpers/database';

function namesOf(place: Place): readonly string[] {
  return place.dependencies.map(({ stackName }) => stackName);
}

/** What the member of that identifier waits for in its own stack. */
function waitsFor(place: Place, identifier: string): unknown {
  const found = Object.values(place.template.findResources('AWS::RDS::DBInstance')).find(
    ({ Properties }) => (Properties as Record<string, unknown>)['DBInstanceIdentifier'] === identifier,
  );
  return (found as { DependsOn?: unknown } | undefined)?.DependsOn;
}

it('a replica waits for its source, in its stack and across stacks', () => {
  const { dublin, paris } = world();
  const orders = database(dublin);
  orders.addReplica('bab');
  orders.addReplica('cyd', { scope: paris, vpc: paris.vpc, encryptionKey: paris.key() });
  orders.addReplica('dee', { scope: paris, replicaOf: 'cyd' });
  expect(waitsFor(dublin, 'orders-ada')).toBeUndefined();
  expect(waitsFor(dublin, 'orders-bab')).toStrictEqual([
    dublin.getLogicalId(orders.primary.node.defaultChild as never),
  ]);
  expect(waitsFor(paris, 'orders-cyd')).toBeUndefined();
  expect(waitsFor(paris, 'orders-dee')).toStrictEqual([
    paris.getLogicalId(orders.member('cyd').node.defaultChild as never),
  ]);
  expect([namesOf(dublin), namesOf(paris)]).toStrictEqual([[], ['eu-west-1']]);
});

it('a promoted member waits for nobody: its history must not tie it to the Region that was lost', () => {
  const { dublin, paris } = world();
  const orders = database(dublin, { primary: 'cyd', of: { retired: 'kept' } });
  orders.addReplica('cyd', { scope: paris, vpc: paris.vpc, encryptionKey: paris.key(), promotion: 1 });
  orders.addReplica('dee', { scope: paris, replicaOf: 'cyd' });
  expect([namesOf(dublin), namesOf(paris)]).toStrictEqual([[], []]);
  expect(waitsFor(paris, 'orders-cyd')).toBeUndefined();
});

it('a newcomer in the old Region waits for the new primary', () => {
  const { dublin, paris } = world();
  const orders = database(dublin, { primary: 'cyd', of: { retired: 'kept' } });
  orders.addReplica('cyd', { scope: paris, vpc: paris.vpc, encryptionKey: paris.key(), promotion: 1 });
  orders.addReplica('eve', { replicaOf: 'cyd', promotion: 1, encryptionKey: dublin.key() });
  expect([namesOf(dublin), namesOf(paris)]).toStrictEqual([['eu-west-3'], []]);
});

it.each([
  ['over one other Region', ['eu-west-3']],
  ['over two other Regions', ['eu-west-3', 'eu-central-1']],
])('a chain that returns to a Region %s makes no cycle', (_, regions) => {
  const app = new App();
  const home = new Place(app, 'eu-west-1');
  const orders = database(home, {});
  const away = regions.map((region) => new Place(app, region));
  let last = 'ada';
  for (const [index, place] of away.entries()) {
    const id = `away-${index}`;
    orders.addReplica(id, { scope: place, vpc: place.vpc, encryptionKey: place.key(), replicaOf: last });
    last = id;
  }
  orders.addReplica('back', { replicaOf: last, encryptionKey: home.key() });
  expect(namesOf(home)).toStrictEqual([]);
  expect(app.synth().stacks.map(({ stackName }) => stackName)).toStrictEqual(['eu-west-1', ...regions]);
});
