import fc from 'fast-check';
import { EmbeddedCloud, VirtualClock, type Instance, type Mishap } from '../../../lib/rehearsal';
import { ABROAD, arnOf, HOME, rdsRequest } from '../_helpers/stage';
import { runs } from '../../_proofs/_helpers/runs';

type Step =
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'back up'; readonly member: Member }
  | { readonly kind: 'call'; readonly region: string; readonly body: string; readonly mishap: Mishap | undefined };

interface Member {
  readonly region: string;
  readonly id: string;
}

const MEMBERS = [HOME, ABROAD].flatMap((region) => ['a', 'b', 'c', 'd', 'e'].map((id) => ({ region, id })));
const SEEDS = [
  { region: HOME, id: 'a' },
  { region: HOME, id: 'b', replicaOf: 'a', backupRetention: 3 },
  { region: ABROAD, id: 'c', replicaOf: 'a' },
  { region: ABROAD, id: 'd', replicaOf: 'b' },
];

const member = fc.constantFrom(...MEMBERS);
const query = (action: string, parameters: Record<string, string>): string =>
  new URLSearchParams({ Action: action, Version: '2014-10-31', ...parameters }).toString();
const about = (action: string, more: Record<string, string> = {}) =>
  member.map(({ region, id }) => ({ region, body: query(action, { DBInstanceIdentifier: id, ...more }) }));

const call = fc.oneof(
  about('DescribeDBInstances'),
  about('PromoteReadReplica'),
  about('PromoteReadReplica', { BackupRetentionPeriod: '0' }),
  about('RebootDBInstance'),
  about('StopDBInstance'),
  about('StartDBInstance'),
  about('DeleteDBInstance', { SkipFinalSnapshot: 'true' }),
  about('CreateDBInstance', { Engine: 'postgres', DBInstanceClass: 'db.m7g.large' }),
  about('ModifyDBInstance', { BackupRetentionPeriod: '7', ApplyImmediately: 'true' }),
  about('ModifyDBInstance', { MultiAZ: 'true', 'VpcSecurityGroupIds.VpcSecurityGroupId.1': 'sg-q' }),
  fc.tuple(member, member).map(([made, source]) => ({
    region: made.region,
    body: query('CreateDBInstanceReadReplica', {
      DBInstanceIdentifier: made.id,
      SourceDBInstanceIdentifier: arnOf(source.region, source.id),
    }),
  })),
);

const mishap = fc.option(
  fc.constantFrom<Mishap>(
    { kind: 'throttle' },
    { kind: 'access-denied' },
    { kind: 'timeout', effect: 'before' },
    { kind: 'timeout', effect: 'after' },
    { kind: 'reset', effect: 'before' },
    { kind: 'reset', effect: 'after' },
    { kind: 'slow', seconds: 3 },
    { kind: 'fails', status: 'failed' },
  ),
  { nil: undefined, freq: 3 },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 1200 }).map((seconds) => ({ kind: 'wait' as const, seconds })) },
  { weight: 1, arbitrary: fc.constantFrom(...SEEDS).map((seed) => ({ kind: 'back up' as const, member: seed })) },
  {
    weight: 6,
    arbitrary: fc.tuple(call, mishap).map(([made, met]) => ({ kind: 'call' as const, ...made, mishap: met })),
  },
);
const story = fc.array(step, { minLength: 1, maxLength: 25 });

interface Play {
  readonly cloud: EmbeddedCloud;
  readonly clock: VirtualClock;
}

function play(steps: readonly Step[], each: (play: Play) => void = () => undefined): Play {
  const clock = new VirtualClock();
  const cloud = new EmbeddedCloud({ clock, instances: SEEDS });
  for (const taken of steps) {
    if (taken.kind === 'wait') clock.advance(taken.seconds);
    if (taken.kind === 'back up') backUp(cloud, taken.member);
    if (taken.kind === 'call') answer(cloud, taken);
    each({ cloud, clock });
  }
  return { cloud, clock };
}

function backUp({ fleet }: EmbeddedCloud, { region, id }: Member): void {
  if (fleet.find(region, id)) fleet.backUp(region, id, 100);
}

function answer(cloud: EmbeddedCloud, { region, body, mishap: met }: Extract<Step, { kind: 'call' }>): string {
  cloud.clearFaults();
  if (met) cloud.inject({ mishap: met });
  const given = cloud.answer(rdsRequest(region, body));
  return given.kind === 'reply' ? given.body : '';
}

const ARN = /^arn:/;
const named = (region: string, name: string): string => (ARN.test(name) ? name : arnOf(region, name));
const all = (text: string, element: string): string[] =>
  [...text.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, value = '']) => value);

/** Who follows whom, as sources say and as replicas say, read from the API. */
function links(cloud: EmbeddedCloud): { bySource: string[]; byReplica: string[] } {
  const bySource: string[] = [];
  const byReplica: string[] = [];
  for (const { region, id, arn } of cloud.fleet.instances) {
    const body = query('DescribeDBInstances', { DBInstanceIdentifier: id });
    const text = answer(cloud, { kind: 'call', region, body, mishap: undefined });
    const replicas = all(text, 'ReadReplicaDBInstanceIdentifier').map((name) => named(region, name));
    const sources = all(text, 'ReadReplicaSourceDBInstanceIdentifier').map((name) => named(region, name));
    expect(sources.length).toBeLessThanOrEqual(1);
    bySource.push(...replicas.map((replica) => `${replica} < ${arn}`));
    byReplica.push(...sources.filter((source) => cloud.fleet.byArn(source)).map((source) => `${arn} < ${source}`));
  }
  return { bySource: bySource.sort(), byReplica: byReplica.sort() };
}

test('what sources say and what replicas say is the same, and nobody has two sources', () => {
  fc.assert(
    fc.property(story, (steps) => {
      play(steps, ({ cloud }) => {
        const { bySource, byReplica } = links(cloud);
        expect(bySource).toEqual(byReplica);
      });
    }),
    runs(30),
  );
});

test('nobody follows itself, not even through others', () => {
  fc.assert(
    fc.property(story, (steps) => {
      play(steps, ({ cloud }) => {
        for (const instance of cloud.fleet.instances) {
          const above: string[] = [];
          for (let at: Instance | undefined = instance; at; at = at.source ? cloud.fleet.byArn(at.source) : undefined) {
            expect(above).not.toContain(at.arn);
            above.push(at.arn);
          }
        }
      });
    }),
  );
});

const SETTLED = new Set(['available', 'stopped', 'failed']);

test('everything settles, and a replica without its source is terminated', () => {
  fc.assert(
    fc.property(story, (steps) => {
      const { cloud, clock } = play(steps);
      clock.advance(1_000_000);
      for (const instance of cloud.fleet.instances) {
        expect(instance).toMatchObject({ procedure: undefined, timers: {} });
        expect(SETTLED).toContain(instance.status);
      }
      const orphans = cloud.fleet.instances
        .filter(({ status }) => status !== 'failed')
        .filter(({ source }) => source !== undefined && !cloud.fleet.byArn(source));
      expect(orphans.filter(({ replication }) => replication?.status !== 'terminated')).toEqual([]);
    }),
    runs(60),
  );
});

test('a call without effect changes nothing; only calls that mutate change anything', () => {
  fc.assert(
    fc.property(story, (steps) => {
      const clock = new VirtualClock();
      const cloud = new EmbeddedCloud({ clock, instances: SEEDS });
      for (const taken of steps) {
        const before = cloud.fleet.instances;
        if (taken.kind === 'wait') clock.advance(taken.seconds);
        if (taken.kind !== 'call') continue;
        answer(cloud, taken);
        const made = cloud.calls.at(-1);
        const may = made?.effect === true && made.mutating;
        expect(may ? before : cloud.fleet.instances).toEqual(before);
      }
    }),
    runs(60),
  );
});

test('the same story ends the same', () => {
  fc.assert(
    fc.property(story, (steps) => {
      const [one, other] = [play(steps).cloud, play(steps).cloud];
      expect(one.calls).toEqual(other.calls);
      expect(one.fleet.instances).toEqual(other.fleet.instances);
    }),
    runs(20),
  );
});

test('it does not matter in how many steps time passes', () => {
  fc.assert(
    fc.property(story, fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 8 }), (steps, waits) => {
      const [once, often] = [play(steps), play(steps)];
      once.clock.advance(waits.reduce((sum, seconds) => sum + seconds, 0));
      waits.forEach((seconds) => {
        often.clock.advance(seconds);
        often.cloud.fleet.settle();
      });
      expect(once.cloud.fleet.instances).toEqual(often.cloud.fleet.instances);
    }),
    runs(30),
  );
});
