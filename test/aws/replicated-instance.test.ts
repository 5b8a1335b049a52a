import { Annotations as Added, App, Duration } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Origin, ReplicatedInstance, ReplicationLagAlarms, TopologyStacks } from '../../lib/aws';
import { define } from '../../lib/topology';
import { database, originProps, Place, POSTGRES, world } from './_helpers/database';

describe('a replica that cannot be', () => {
  it('has the id of another member', () => {
    const orders = database(world().dublin);
    expect(() => orders.addReplica('ada')).toThrow(
      'orders has a member ada already; allowed: each id once; fix: choose another id',
    );
  });

  it('has a source that nobody knows', () => {
    const orders = database(world().dublin);
    orders.addReplica('bab');
    expect(() => orders.addReplica('cyd', { replicaOf: 'zoe' })).toThrow(
      'cyd is a replica of zoe, which orders does not have; allowed: ada, bab; fix: add zoe first',
    );
  });

  it('is asked for', () => {
    const orders = database(world().dublin);
    expect(() => orders.member('zoe')).toThrow('orders has no member zoe; allowed: ada; fix: name one of them');
  });

  it('is to be primary', () => {
    const orders = database(world().dublin, { primary: 'zoe' });
    expect(() => orders.primary).toThrow('orders has no member zoe; allowed: ada; fix: name one of them');
  });
});

describe('an engine that cannot be', () => {
  it('is that of a cluster', () => {
    const { dublin } = world();
    const engine = rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.VER_3_08_0 });
    expect(() => database(dublin, { engine })).toThrow(
      'the engine is aurora-mysql; allowed: mysql, mariadb, postgres, oracle, sqlserver, db2 on RDS instances; fix: pass an engine of rds.DatabaseInstanceEngine, or Db2Engine',
    );
  });

  it('has no version', () => {
    const { dublin } = world();
    expect(() => database(dublin, { engine: rds.DatabaseInstanceEngine.POSTGRES })).toThrow(
      'the engine postgres has no version; allowed: a full version; fix: give the engine a version',
    );
  });
});

describe('synthesis', () => {
  it('stops with every mistake at once', () => {
    const { app, dublin, paris } = world();
    const orders = database(dublin, { of: { backupRetention: Duration.days(0) }, heartbeat: Duration.minutes(5) });
    orders.addReplica('cyd', { scope: paris, vpc: paris.vpc, engineVersion: '16.10' });
    expect(() => app.synth()).toThrow(
      new Error(
        [
          'Validation failed with the following errors:',
          '  [eu-west-1/Orders] error source-without-backups: members.ada.retention: ada has replicas (cyd) and its retention is 0d. Allowed: 1d to 35d: RDS creates replicas only from instances with automatic backups. Fix: set `retention: 7d`.',
          '  [eu-west-1/Orders] error heartbeat-above-lag: heartbeat: the primary commits every 5m and the lag objective is 30s: a healthy replica could look late. Allowed: a heartbeat below 30s. Fix: write a heartbeat more often, or raise objectives.lag.',
          '  [eu-west-1/Orders] error replica-major-differs: members.cyd.version: cyd is on 16.10, ada on 17.6: physical replication needs one major version. Allowed: 17.x. Fix: give both the same major; a major upgrade of the source takes its replicas in the same Region along.',
          '  [eu-west-1/Orders] error destination-key-missing: members.cyd.key: cyd in eu-west-3 is an encrypted replica of ada in eu-west-1 and has no key. Allowed: a KMS key of eu-west-3: keys do not leave their Region. Fix: set `key: create`, or name a key there, for example `key: alias/aws/rds`.',
        ].join('\n'),
      ),
    );
  });

  it('goes on with a warning for what is doubtful, once', () => {
    const { app, dublin } = world();
    database(dublin, { heartbeat: undefined }).addReplica('bab');
    app.synth();
    const warnings = Annotations.fromStack(dublin).findWarning('*', Match.anyValue());
    expect(warnings.map(({ id, entry }) => [id, entry.data])).toStrictEqual([
      [
        '/eu-west-1/Orders',
        'warning nothing-promotable: members: no replica may be promoted (bab: never). Allowed: at least one replica with a priority. Fix: give a replica `promotion: 1`, or add one. [ack: db-understudy:nothing-promotable]',
      ],
      [
        '/eu-west-1/Orders',
        "warning idle-lag-climb: objectives.lag: the lag objective is 30s, but PostgreSQL's ReplicaLag climbs to 300 s whenever the primary is idle, so the alarm cannot fire below that. Allowed: a lag above 5m, or a heartbeat. Fix: if the primary commits all the time, or a job writes a heartbeat, say how often: `heartbeat: 10s`. [ack: db-understudy:idle-lag-climb]",
      ],
    ]);
  });

  it('is silent about what is acknowledged', () => {
    const { dublin } = world();
    const orders = database(dublin);
    orders.addReplica('bab');
    Added.of(orders).acknowledgeWarning('db-understudy:nothing-promotable', 'The replica is for reports only.');
    Annotations.fromStack(dublin).hasNoWarning('*', Match.anyValue());
  });
});

describe('a Region whose lag nobody watches', () => {
  function twoRegions(watched: readonly ('dublin' | 'paris')[]): ReturnType<typeof world> {
    const places = world();
    const { dublin, paris } = places;
    const orders = database(dublin);
    orders.addReplica('bab', { promotion: 1 });
    orders.addReplica('cyd', { scope: paris, vpc: paris.vpc, encryptionKey: paris.key() });
    orders.addReplica('dee', { scope: paris, replicaOf: 'cyd' });
    for (const name of watched) new ReplicationLagAlarms(places[name], 'Alarms', { database: orders });
    return places;
  }

  it('is warned of when another is watched', () => {
    Annotations.fromStack(twoRegions(['dublin']).dublin).hasWarning(
      '/eu-west-1/Orders',
      'nobody watches the lag of cyd, dee in eu-west-3. Allowed: ReplicationLagAlarms in each Region with replicas, where their metrics are. Fix: add one to the stack of eu-west-3. [ack: db-understudy:region-without-lag-alarms]',
    );
  });

  it.each([[[]], [['dublin', 'paris']]] as const)('is no matter when %j are watched', (watched) => {
    Annotations.fromStack(twoRegions(watched).dublin).hasNoWarning('*', Match.anyValue());
  });

  it('is no matter where nobody follows anybody', () => {
    const { dublin, paris } = world();
    const orders = database(dublin, { primary: 'cyd', of: { retired: 'kept' } });
    orders.addReplica('bab', { retired: 'kept' });
    orders.addReplica('cyd', { scope: paris, vpc: paris.vpc, encryptionKey: paris.key(), promotion: 1 });
    orders.addReplica('dee', { scope: paris, replicaOf: 'cyd', promotion: 2 });
    new ReplicationLagAlarms(paris, 'Alarms', { database: orders });
    Annotations.fromStack(dublin).hasNoWarning('*', Match.anyValue());
  });
});

describe('a stack without a Region', () => {
  it('can hold a whole database', () => {
    const anywhere = new Place(new App());
    const orders = database(anywhere);
    orders.addReplica('bab', { promotion: 1 });
    new ReplicationLagAlarms(anywhere, 'Alarms', { database: orders });
    expect(anywhere.instance('orders-bab')).toMatchObject({
      SourceDBInstanceIdentifier: {
        'Fn::Join': [
          '',
          [
            'arn:',
            { Ref: 'AWS::Partition' },
            ':rds:',
            { Ref: 'AWS::Region' },
            ':',
            { Ref: 'AWS::AccountId' },
            ':db:orders-ada',
          ],
        ],
      },
    });
    anywhere.template.resourceCountIs('AWS::CloudWatch::Alarm', 5);
    Annotations.fromStack(anywhere).hasNoWarning('*', Match.anyValue());
  });

  const message =
    'ada and its replica are in different stacks, and the Region of one is not known; allowed: stacks with a literal env.region; fix: set env.region on both';

  it('can have no replica in another stack', () => {
    const { app, dublin } = world();
    const anywhere = new Place(app);
    const orders = database(anywhere);
    expect(() => orders.addReplica('bab', { scope: dublin, vpc: dublin.vpc })).toThrow(message);
  });

  it('can hold no replica of another stack', () => {
    const { app, dublin } = world();
    const anywhere = new Place(app);
    const orders = database(dublin);
    expect(() => orders.addReplica('bab', { scope: anywhere, vpc: anywhere.vpc })).toThrow(message);
  });

  it('nor of another stack without one', () => {
    const app = new App();
    const [anywhere, elsewhere] = [new Place(app), new Place(app, undefined, 'elsewhere')];
    const orders = database(anywhere);
    expect(() => orders.addReplica('bab', { scope: elsewhere, vpc: elsewhere.vpc })).toThrow(message);
  });
});

it('is named after its construct', () => {
  const { dublin } = world();
  const shop = new ReplicatedInstance(dublin, 'Shop', {
    engine: POSTGRES,
    origin: Origin.create('ada', originProps()),
    objectives: { lag: Duration.minutes(10) },
    vpc: dublin.vpc,
  });
  expect([shop.topologyName, shop.primaryId, shop.primary.physicalInstanceIdentifier]).toStrictEqual([
    'shop',
    'ada',
    'shop-ada',
  ]);
});

it('tells of every member, whether it was there before or comes later', () => {
  const orders = database(world().dublin);
  orders.addReplica('bab');
  const seen: string[] = [];
  orders.onMember(({ memberId }) => seen.push(memberId));
  orders.addReplica('cyd');
  expect(seen).toStrictEqual(['ada', 'bab', 'cyd']);
  expect(orders.members.map(({ memberId, role }) => [memberId, role])).toStrictEqual([
    ['ada', 'primary'],
    ['bab', 'replica'],
    ['cyd', 'replica'],
  ]);
});

it('has the topology that it was made from', () => {
  const topology = define({
    name: 'orders',
    engine: { name: 'oracle', edition: 'ee', version: '19.0.0.0.ru-2025-10.rur-2025-10.r1' },
    primary: 'ada',
    objectives: { lag: '10m', dataLoss: '15m', recovery: { member: '5m', region: '1h' } },
    members: {
      ada: { region: 'eu-west-1', size: 'db.r6i.xlarge', storage: { gib: 100 }, standby: 'multi-az' },
      bab: {
        region: 'eu-west-3',
        replicaOf: 'ada',
        key: 'arn:aws:kms:eu-west-3:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
        promotion: 1,
        aws: { replicaMode: 'mounted' },
      },
    },
    aws: { license: 'bring-your-own-license', deletionProtection: false },
  });
  const { database: made } = new TopologyStacks(new App(), 'orders', { topology });
  // Without what is left out: the two spell it differently.
  expect(JSON.parse(JSON.stringify(made.topology))).toStrictEqual(JSON.parse(JSON.stringify(topology)));
});

it('adds nothing to a stack in which it has no member', () => {
  const { dublin, paris } = world();
  database(dublin);
  Template.fromStack(paris).resourceCountIs('AWS::RDS::DBSubnetGroup', 0);
});
