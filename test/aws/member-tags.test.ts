import { Tags } from 'aws-cdk-lib';
import { database, world } from './_helpers/database';

/** As CloudFormation has them. */
function tagsOf(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const tags = properties['Tags'] as readonly { Key: string; Value: unknown }[];
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

const OWN = {
  'understudy:topology': 'orders',
  'understudy:quarantine': {
    'Fn::GetAtt': [expect.stringMatching(/^OrdersRegionQuarantine/) as unknown, 'GroupId'],
  },
};

it('every instance says which member it is, and what fences it off in its own Region', () => {
  const { dublin, paris } = world();
  database(dublin).addReplica('cyd', { scope: paris, vpc: paris.vpc, encryptionKey: paris.key() });
  expect(tagsOf(dublin.instance('orders-ada'))).toStrictEqual({ ...OWN, 'understudy:member': 'ada' });
  expect(tagsOf(paris.instance('orders-cyd'))).toStrictEqual({ ...OWN, 'understudy:member': 'cyd' });
});

it('says the same when it is promoted, and when it is retired', () => {
  const before = world();
  database(before.dublin).addReplica('bab', { promotion: 1 });
  const after = world();
  database(after.dublin, { primary: 'bab', of: { retired: 'kept' } }).addReplica('bab', { promotion: 1 });
  for (const name of ['orders-ada', 'orders-bab']) {
    expect(after.dublin.instance(name)['Tags']).toStrictEqual(before.dublin.instance(name)['Tags']);
  }
});

it('has the tags of its program beside them, which change none of them', () => {
  const { dublin } = world();
  const orders = database(dublin);
  Tags.of(dublin).add('team', 'orders');
  Tags.of(orders).add('understudy:member', 'somebody');
  expect(tagsOf(dublin.instance('orders-ada'))).toStrictEqual({
    ...OWN,
    team: 'orders',
    'understudy:member': 'ada',
  });
});
