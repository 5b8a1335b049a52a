import {
  candidateList,
  candidatesIn,
  policyFor,
  type Kind,
  type MemberObservation,
  type Observation,
} from '../../../lib/runbook/decision';
import { sample, withFollowers } from '../../_helpers/sample-topology';
import { AT, INPUT, lost, LOST, scene, type Sights } from '../_helpers/scene';

function candidates(observation: Observation, kind: Kind = 'failover') {
  return candidatesIn(observation, kind, policyFor(observation.topology));
}

const order = (observation: Observation) => candidates(observation).eligible.map(({ member }) => member);
const asked = (ago: number, more: Partial<MemberObservation['position']> = {}): Partial<MemberObservation> => ({
  position: { appliedTo: AT - ago, error: 0, source: 'sql', ...more },
});
const log = (ordinal: number, unit: 'bytes' | 'transactions' = 'bytes') => ({ ordinal, unit });

test.each<[string, Sights, readonly string[]]>([
  [
    'the position, whatever the priorities',
    { bab: asked(302), cyd: asked(301), dot: asked(300) },
    ['dot', 'cyd', 'bab'],
  ],
  ['the priority in one step', { bab: asked(301.9), cyd: asked(301.5), dot: asked(301.1) }, ['bab', 'cyd', 'dot']],
  [
    'the position where a step ends between two',
    { bab: asked(301.1), cyd: asked(300.9), dot: asked(400) },
    ['cyd', 'bab', 'dot'],
  ],
  [
    'what is certain, not what is guessed',
    { bab: asked(310), cyd: { samples: [{ at: AT - 301, lag: 0 }] }, dot: asked(400) },
    ['bab', 'dot', 'cyd'],
  ],
  [
    'the log, where the clocks say otherwise',
    { bab: asked(350, log(7)), cyd: asked(302, log(5)), dot: asked(301, log(4)) },
    ['bab', 'cyd', 'dot'],
  ],
  [
    'the clocks, where only some have told their log',
    { bab: asked(350), cyd: asked(302, log(5)), dot: asked(301, log(4)) },
    ['cyd', 'dot', 'bab'],
  ],
  [
    'the clocks, where the log is a number of transactions, of which some may be their own',
    { bab: asked(350, log(7, 'transactions')), cyd: asked(302, log(5, 'transactions')), dot: asked(400) },
    ['cyd', 'bab', 'dot'],
  ],
  [
    'nothing of a member that somebody writes on',
    { bab: asked(350, log(7)), cyd: asked(302, log(5)), dot: { ...asked(1, log(1)), acceptsWrites: 'yes' } },
    ['bab', 'cyd'],
  ],
  ['those that are left when all others are sick', { bab: { isReady: false }, cyd: { isReady: false } }, ['dot']],
])('orders by %s', (_, sights, expected) => {
  expect(order(lost(sights))).toStrictEqual(expected);
});

test.each<[string, Partial<MemberObservation>, Kind, string]>([
  ['unreachable', { controlPlane: 'unreachable' }, 'failover', "the cloud's API does not answer for bab (unreachable)"],
  ['unknown', { controlPlane: 'unknown' }, 'switchover', "the cloud's API does not answer for bab (unknown)"],
  ['mute', { dataPlane: 'unreachable', lastSeenAlive: AT - 300 }, 'failover', 'the database of bab does not answer'],
  [
    'busy',
    { isReady: false, status: 'storage-full' },
    'failover',
    'bab is storage-full, and cannot be promoted in that condition',
  ],
  ['in an unknown condition', { isReady: false, status: undefined }, 'failover', 'bab is in an unknown condition'],
  ['written to', { acceptsWrites: 'yes' }, 'failover', 'bab takes writes: somebody has promoted it, or writes to it'],
  ['no replica', { replication: 'none' }, 'failover', 'bab follows nobody any more'],
  ['stopped in a switchover', { replication: 'stopped' }, 'switchover', 'replication into bab does not run (stopped)'],
  ['doubtful in a switchover', { replication: 'unknown' }, 'switchover', 'replication into bab does not run (unknown)'],
])('leaves out who is %s', (_, sight, kind, reason) => {
  const observation = kind === 'failover' ? lost({ bab: sight }) : scene({ bab: sight });
  const { eligible, excluded } = candidates(observation, kind);
  expect(excluded.filter(({ member }) => member !== 'ada').map((each) => each.reason)).toStrictEqual([reason]);
  expect(eligible.map(({ member }) => member)).toStrictEqual(['cyd', 'dot']);
});

test('a member that nobody looked at is left out, and holds up nobody', () => {
  const observation = { ...lost(), members: lost().members.filter(({ id }) => id !== 'bab') };
  // Nor can the lag of dot be trusted, which follows bab.
  expect(order(observation)).toStrictEqual(['cyd']);
});

test('all that are left may follow a replica that is lost, too', () => {
  const gone = { controlPlane: 'unreachable', dataPlane: 'unreachable' } as const;
  const dot = { replication: 'stopped', samples: [{ at: AT - 610, lag: 2 }] } as const;
  const observation = lost({ bab: { ...gone, lastSeenAlive: AT - 600 }, cyd: gone, dot });
  expect(candidates(observation).eligible).toStrictEqual([
    {
      member: 'dot',
      rank: 1,
      reason: 'has applied all writes up to 2026-11-23T02:47:47.000Z (by its last lag that can be trusted), priority 3',
      position: { appliedTo: AT - 612, error: 121, source: 'metric' },
      loss: { seconds: 312, error: 124, source: 'metric', from: AT - 733, to: AT - 297 },
    },
  ]);
});

test('in one step and of one priority, the further one', () => {
  const { bab, cyd, ...others } = INPUT.members;
  const members = { ...others, bab: { ...bab, promotion: 1 }, cyd: { ...cyd, promotion: 1 } } as typeof INPUT.members;
  const sights = { bab: asked(301.9), cyd: asked(301.1), dot: { isReady: false } };
  expect(order(lost(sights, {}, { ...INPUT, members }))).toStrictEqual(['cyd', 'bab']);
});

test("the primary's Region goes before another, then the id decides", () => {
  const input = {
    ...INPUT,
    members: {
      ...INPUT.members,
      bab: { region: 'eu-west-3', replicaOf: 'ada', promotion: 1 },
      cyd: { region: 'eu-west-1', replicaOf: 'ada', promotion: 1 },
      abe: { region: 'eu-west-3', replicaOf: 'ada', promotion: 1 },
    },
  };
  const same = asked(301);
  const observation = lost({ abe: same, bab: same, cyd: same, dot: { isReady: false } }, {}, input);
  expect(order(observation)).toStrictEqual(['cyd', 'abe', 'bab']);
});

test('15 replicas: the one that is furthest', () => {
  const input = withFollowers(sample('mysql'), 15, { promotion: 1 });
  const ids = Object.keys(input.members).filter((id) => id !== 'ada');
  const sights = Object.fromEntries(ids.map((id, index) => [id, asked(400 - ((index * 7) % 15) * 2)]));
  const ranked = order(scene({ ada: LOST, ...sights }, {}, input));
  expect(ranked).toStrictEqual(ids.toSorted((a, b) => position(sights[b]) - position(sights[a])));
  expect(ranked).toHaveLength(15);
});

function position(sight: Partial<MemberObservation> | undefined): number {
  return sight?.position?.appliedTo ?? 0;
}

test('are told as the contract carries them', () => {
  const observation = lost({ cyd: { isReady: false, status: 'backing-up' }, dot: { samples: [] } });
  expect(candidateList(candidates(observation))).toStrictEqual([
    {
      member: 'bab',
      rank: 1,
      reason: 'has applied all writes up to 2026-11-23T02:52:45.000Z (by its last lag that can be trusted), priority 1',
      loss: {
        seconds: 14,
        error: 124,
        source: 'metric',
        from: '2026-11-23T02:52:45.000Z',
        to: '2026-11-23T02:55:03.000Z',
      },
    },
    { member: 'ada', reason: 'ada is the primary already' },
    { member: 'cyd', reason: 'cyd is backing-up, and cannot be promoted in that condition' },
    {
      member: 'dot',
      reason:
        'nobody knows how far dot is: it was not asked, and its lag was not sampled before 2026-11-23T02:55:00.000Z',
    },
  ]);
});
