import { App, Duration, Size, Tags } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AlarmTopic, Origin, ReplicatedInstance, ReplicationDashboard, ReplicationLagAlarms } from '../../lib/aws';
import { afterPromotion, define, type MemberInput, type Topology, type TopologyInput } from '../../lib/topology';
import { LARGE, Place, POSTGRES, world } from './_helpers/database';

const ORDERS: TopologyInput = {
  name: 'orders',
  engine: { name: 'postgres', version: '17.6' },
  primary: 'virginia-a',
  objectives: { lag: '30s', dataLoss: '1m', recovery: { member: '10m', region: '30m' } },
  heartbeat: '10s',
  tags: { team: 'orders' },
  members: {
    'virginia-a': {
      region: 'us-east-1',
      size: 'db.r6i.large',
      storage: { gib: 200, growTo: 1000 },
      standby: 'multi-az',
      key: 'create',
    },
    'virginia-reports': { region: 'us-east-1', replicaOf: 'virginia-a', tags: { team: 'analysts' } },
    'dublin-a': { region: 'eu-west-1', replicaOf: 'virginia-a', key: 'create', promotion: 2 },
    'dublin-b': { region: 'eu-west-1', replicaOf: 'dublin-a', promotion: 3, retention: '3d', aws: { delay: '1h' } },
  },
};

interface Places {
  readonly app: App;
  readonly virginia: Place;
  readonly dublin: Place;
}

function places(): Places {
  const app = new App();
  return { app, virginia: new Place(app, 'us-east-1'), dublin: new Place(app, 'eu-west-1') };
}

function around(database: ReplicatedInstance, { virginia, dublin }: Places): void {
  for (const place of [virginia, dublin]) {
    const { topic } = new AlarmTopic(place, 'Alarms', { topicName: 'orders-alarms' });
    new ReplicationLagAlarms(place, 'LagAlarms', { database, topic });
    new ReplicationDashboard(place, 'Dashboard', { database });
  }
}

function templatesOf({ virginia, dublin }: Places): readonly unknown[] {
  return [virginia.template.toJSON(), dublin.template.toJSON()];
}

function fromTopology(topology: Topology): readonly unknown[] {
  const made = places();
  const regions = Object.fromEntries(
    [made.virginia, made.dublin].map((place) => [place.region, { scope: place, vpc: place.vpc }]),
  );
  around(ReplicatedInstance.fromTopology(made.virginia, 'Orders', { topology, regions }), made);
  return templatesOf(made);
}

function keyOf(place: Place): kms.Key {
  return new kms.Key(place, 'OrdersKey', {
    alias: 'understudy/orders',
    description: 'Volumes of orders',
    enableKeyRotation: true,
  });
}

/** The same, written by hand; the alarms first where `early` says so. */
function byHand({ primary, members }: Topology, early: boolean): readonly unknown[] {
  const made = places();
  const { virginia, dublin } = made;
  const retired = (id: string) => members.find((member) => member.id === id)?.retired;
  const orders = new ReplicatedInstance(virginia, 'Orders', {
    engine: POSTGRES,
    primary,
    origin: Origin.create('virginia-a', {
      instanceType: LARGE,
      storage: { allocated: Size.gibibytes(200), growTo: Size.gibibytes(1000) },
      multiAz: true,
      encryptionKey: keyOf(virginia),
      retired: retired('virginia-a'),
    }),
    objectives: {
      lag: Duration.seconds(30),
      dataLoss: Duration.minutes(1),
      recovery: Duration.minutes(10),
      regionRecovery: Duration.minutes(30),
    },
    heartbeat: Duration.seconds(10),
    vpc: virginia.vpc,
  });
  if (early) around(orders, made);
  const reports = orders.addReplica('virginia-reports', { retired: retired('virginia-reports') });
  const dublinA = orders.addReplica('dublin-a', {
    scope: dublin,
    vpc: dublin.vpc,
    encryptionKey: keyOf(dublin),
    promotion: 2,
    retired: retired('dublin-a'),
  });
  orders.addReplica('dublin-b', {
    scope: dublin,
    replicaOf: 'dublin-a',
    promotion: 3,
    backupRetention: Duration.days(3),
    delay: Duration.hours(1),
    retired: retired('dublin-b'),
  });
  if (!early) around(orders, made);
  Tags.of(orders).add('team', 'orders');
  Tags.of(dublinA.node.scope ?? dublinA).add('team', 'orders');
  Tags.of(reports).add('team', 'analysts');
  return templatesOf(made);
}

describe('a topology gives the templates that its constructs give', () => {
  it.each(['virginia-a', 'dublin-a', 'dublin-b'])('while %s is primary, whatever is added first', (primary) => {
    const topology = define(afterPromotion(ORDERS, primary));
    const templates = fromTopology(topology);
    expect(byHand(topology, false)).toStrictEqual(templates);
    expect(byHand(topology, true)).toStrictEqual(templates);
  });

  it('and another one when something differs', () => {
    const other = define({ ...ORDERS, objectives: { lag: '31s' } });
    expect(byHand(define(ORDERS), false)).not.toEqual(fromTopology(other));
  });
});

describe('a key can be written', () => {
  function keyIn(key: string): unknown {
    const made = places();
    const member: MemberInput = { region: 'eu-west-1', replicaOf: 'virginia-a', key };
    const topology = define({ ...ORDERS, members: { ...ORDERS.members, 'dublin-c': member } });
    const regions = Object.fromEntries(
      [made.virginia, made.dublin].map((place) => [place.region, { scope: place, vpc: place.vpc }]),
    );
    ReplicatedInstance.fromTopology(made.virginia, 'Orders', { topology, regions });
    return made.dublin.instance('orders-dublin-c')['KmsKeyId'];
  }

  const inDublin = (resource: string) => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':kms:eu-west-1:', { Ref: 'AWS::AccountId' }, `:${resource}`]],
  });

  it.each([
    ['create', { 'Fn::GetAtt': [expect.stringMatching(/^OrdersKey/) as unknown, 'Arn'] }],
    [
      'arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      {
        'Fn::Join': [
          '',
          ['arn:', { Ref: 'AWS::Partition' }, ':kms:eu-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
        ],
      },
    ],
    ['alias/aws/rds', inDublin('alias/aws/rds')],
    ['1234abcd-12ab-34cd-56ef-1234567890ab', inDublin('key/1234abcd-12ab-34cd-56ef-1234567890ab')],
  ])('%s', (key, expected) => {
    expect(keyIn(key)).toStrictEqual(expected);
  });
});

it('every Region needs a place', () => {
  const { dublin } = world();
  const regions = { 'us-east-1': { scope: dublin, vpc: dublin.vpc } };
  expect(() => ReplicatedInstance.fromTopology(dublin, 'Orders', { topology: define(ORDERS), regions })).toThrow(
    "dublin-a is in eu-west-1, for which there is no scope; allowed: a scope and a VPC for each Region; fix: pass regions['eu-west-1']",
  );
});

it('a Region whose members are all removed needs none', () => {
  const promoted = afterPromotion(ORDERS, 'virginia-a');
  const gone = Object.entries(promoted.members).map(([id, member]) => [
    id,
    id.startsWith('dublin') ? { ...member, retired: 'removed' as const } : member,
  ]);
  const topology = define({
    ...ORDERS,
    members: Object.fromEntries(gone) as TopologyInput['members'],
    objectives: { lag: '30s' },
  });
  const { virginia } = places();
  const orders = ReplicatedInstance.fromTopology(virginia, 'Orders', {
    topology,
    regions: { 'us-east-1': { scope: virginia, vpc: virginia.vpc } },
  });
  expect(
    orders.members.map(({ memberId, role, resource, declared }) => [
      memberId,
      role,
      resource === undefined,
      declared.region,
    ]),
  ).toStrictEqual([
    ['virginia-a', 'primary', false, 'us-east-1'],
    ['virginia-reports', 'replica', false, 'us-east-1'],
    ['dublin-a', 'retired', true, 'eu-west-1'],
    ['dublin-b', 'retired', true, 'eu-west-1'],
  ]);
});

it('a topology that was never checked is refused', () => {
  const { virginia } = places();
  const topology: Topology = { ...define(ORDERS), members: [] };
  expect(() => ReplicatedInstance.fromTopology(virginia, 'Orders', { topology, regions: {} })).toThrow(
    'the topology orders has no origin with size and storage; allowed: a checked topology; fix: make it with define() or parse()',
  );
});
