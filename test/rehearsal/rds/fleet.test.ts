import { EmbeddedCloud } from '../../../lib/rehearsal';
import { ABROAD, HOME, TRIO } from '../_helpers/stage';

const problem = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
};

test('seeds inherit the engine of their source', () => {
  const instances = [
    { region: HOME, id: 'a', engine: 'mysql', engineVersion: '8.4.7' },
    { region: ABROAD, id: 'b', replicaOf: 'a' },
  ];
  const { fleet } = new EmbeddedCloud({ instances });
  expect(fleet.instance(ABROAD, 'b')).toMatchObject({ engine: 'mysql', engineVersion: '8.4.7', backupRetention: 0 });
});

test('of two with the name of a source, the one at home is meant', () => {
  const instances = [
    { region: ABROAD, id: 'a' },
    { region: HOME, id: 'a' },
    { region: HOME, id: 'b', replicaOf: 'a' },
  ];
  const { fleet } = new EmbeddedCloud({ instances });
  expect(fleet.instance(HOME, 'b').source).toBe(fleet.instance(HOME, 'a').arn);
});

test.each([
  [
    'nobody',
    [{ region: HOME, id: 'b', replicaOf: 'a' }],
    'b in eu-west-1 follows a, which is not there; allowed is an instance that comes before it in the list; correct replicaOf, or the order',
  ],
  [
    'ambiguous',
    [
      { region: ABROAD, id: 'a' },
      { region: 'eu-west-2', id: 'a' },
      { region: HOME, id: 'b', replicaOf: 'a' },
    ],
    'b in eu-west-1 follows a, which is in several other Regions; allowed is an instance that comes before it in the list; correct replicaOf, or the order',
  ],
  [
    'twice',
    [
      { region: HOME, id: 'a' },
      { region: HOME, id: 'a' },
    ],
    'a is twice in eu-west-1; allowed is once; rename one',
  ],
])('a seed that is %s', (_, instances, message) => {
  expect(problem(() => new EmbeddedCloud({ instances }))).toMatchObject({ code: 'seed-refused', message });
});

test('what is not there is said, with what is', () => {
  const { fleet } = new EmbeddedCloud({ instances: TRIO.slice(0, 2) });
  expect(problem(() => fleet.setStatus(HOME, 'x', 'failed'))).toMatchObject({
    code: 'no-such-instance',
    message: 'eu-west-1/x is not there; there are: eu-west-1/orders-a, eu-west-1/orders-b; correct the name',
  });
  expect(problem(() => new EmbeddedCloud().fleet.instance(HOME, 'x'))).toMatchObject({
    message: 'eu-west-1/x is not there; there are: none; correct the name',
  });
});

test('who follows nobody has no replication', () => {
  const { fleet } = new EmbeddedCloud({ instances: TRIO });
  expect(problem(() => fleet.setReplication(HOME, 'orders-a', 'error'))).toMatchObject({
    code: 'not-a-replica',
    message: 'eu-west-1/orders-a follows nobody; allowed is a replica; correct the name',
  });
});
