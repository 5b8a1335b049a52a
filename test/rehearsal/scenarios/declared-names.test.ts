import { forgetTemplate, type Rehearsal } from '../../../lib/rehearsal';
import { define, type Topology, type TopologyInput } from '../../../lib/topology';
import { expectKept, INPUT, play } from '../_helpers/play';

// Real servers, where other tests run beside.
jest.setTimeout(180_000);
afterAll(forgetTemplate);

type Endpoints = NonNullable<NonNullable<NonNullable<TopologyInput['aws']>['runbook']>['endpoints']>;

/** Of which nobody says how long it is kept. */
const RECORD = { zone: 'Z0123456789ABCDEFGHIJ', name: 'db.orders.example' };

const naming = (endpoints: Endpoints, input: TopologyInput = INPUT): Topology =>
  define({ ...input, aws: { runbook: { endpoints } } });

/** Calls that moved a name, and how they ended. */
const moves = ({ calls }: Rehearsal): readonly string[] =>
  calls.mutations
    .filter(({ service }) => ['route53', 'secretsmanager', 'ssm'].includes(service))
    .map(({ action, resource, outcome }) => `${action} ${resource}: ${outcome}`);

/** Whom faithful clients wrote to, in order. */
const writtenTo = ({ writes, hosts }: Rehearsal): readonly string[] => {
  const ids = new Map(Object.entries(hosts).map(([id, host]) => [host, id]));
  const taken = writes.filter(({ client, end }) => end === 'acknowledged' && client !== 'stubborn client');
  return [...new Set(taken.map(({ host }) => ids.get(host) ?? host))];
};

const seen = (rehearsal: Rehearsal) => ({ moves: moves(rehearsal), writtenTo: writtenTo(rehearsal) });

test.concurrent('a record leads applications, however long they keep what it said', async () => {
  const topology = naming([{ record: { ...RECORD, ttl: '3m' } }, { secret: 'orders/app', role: 'reader' }]);
  const rehearsal = await play('planned-switchover', { topology });
  expectKept(rehearsal, seen(rehearsal), {
    moves: ['ChangeResourceRecordSets Z0123456789ABCDEFGHIJ: ok'],
    writtenTo: ['ada', 'bab'],
  });
});

test.concurrent('a secret leads applications', async () => {
  const rehearsal = await play('primary-killed', { topology: naming([{ secret: 'orders/app' }]) });
  expectKept(rehearsal, seen(rehearsal), { moves: ['PutSecretValue orders/app: ok'], writtenTo: ['ada', 'bab'] });
});

test.concurrent('a record is known in a Region that is cut off, too', async () => {
  const { ada, bab, cyd } = INPUT.members;
  const members = {
    ada: { ...ada, region: 'eu-west-1' },
    bab: { ...bab, region: 'us-east-1' },
    cyd: { ...cyd, region: 'eu-west-1' },
  };
  const topology = naming([{ record: RECORD }], { ...INPUT, members });
  const rehearsal = await play('region-cut-off', { topology });
  expectKept(rehearsal, seen(rehearsal), {
    moves: ['ChangeResourceRecordSets Z0123456789ABCDEFGHIJ: ok'],
    writtenTo: ['ada', 'bab'],
  });
});
