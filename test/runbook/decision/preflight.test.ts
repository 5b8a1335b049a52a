import { decide, type Obstacle, type Request } from '../../../lib/runbook/decision';
import { CHECKS } from '../../../lib/runbook/decision/preflight';
import { AT, FAILOVER, lost, LOST, scene, SWITCHOVER } from '../_helpers/scene';

const BY = { by: 'Ada L.', reason: 'the Region burns' };
const obstacle = (acceptance: Obstacle['acceptance']): Obstacle => ({
  id: 'secret-unreadable',
  severity: 'block',
  acceptance,
  problem: 'p',
  fix: 'f',
});
const UNKNOWN = { ...LOST, dataPlane: 'unknown', stoppedAt: undefined } as const;
const HEARD = { replication: 'running', lastHeard: AT - 1 } as const;
const BY_LAG = { replication: 'running', samples: [{ at: AT - 60, lag: 0 }] } as const;

interface Case {
  readonly of: string;
  readonly request: Request;
  readonly observation: ReturnType<typeof scene>;
  /** `id`, with `+` when accepted, `!` when it blocks, nothing when it only warns. */
  readonly verdicts: readonly string[];
}

const CASES: readonly Case[] = [
  {
    of: 'a finding that is named',
    request: { ...SWITCHOVER, override: ['cooling-down'] },
    observation: scene({}, { lastPromotion: AT - 5 }),
    verdicts: ['+cooling-down'],
  },
  {
    of: 'another finding that is named',
    request: { ...SWITCHOVER, override: ['colling-down'] },
    observation: scene({}, { lastPromotion: AT - 5 }),
    verdicts: ['!cooling-down', 'override-in-vain'],
  },
  {
    of: 'a living primary, whatever is accepted',
    request: {
      ...FAILOVER,
      override: ['primary-alive', 'second-witness'],
      acceptDataLoss: 1e6,
      acceptSplitBrainRisk: BY,
    },
    observation: scene(),
    verdicts: ['!primary-alive', 'override-in-vain', 'override-in-vain'],
  },
  {
    of: 'a second witness, whatever is accepted',
    request: { ...FAILOVER, override: ['second-witness'], acceptDataLoss: 1e6, acceptSplitBrainRisk: BY },
    observation: lost({ ada: { stoppedAt: undefined }, bab: HEARD }),
    verdicts: ['!second-witness', '+loss-too-large', 'override-in-vain'],
  },
  {
    of: 'a possible witness, by its id',
    request: { ...FAILOVER, override: ['possible-witness'], acceptDataLoss: 1e6 },
    observation: lost({ ada: { stoppedAt: undefined }, bab: BY_LAG }),
    verdicts: ['!possible-witness', '+loss-too-large', 'unseen-sibling', 'override-in-vain'],
  },
  {
    of: 'a possible witness, by name',
    request: { ...FAILOVER, acceptSplitBrainRisk: BY, acceptDataLoss: 1e6 },
    observation: lost({ ada: { stoppedAt: undefined }, bab: BY_LAG }),
    verdicts: ['+possible-witness', '+loss-too-large', 'unseen-sibling'],
  },
  {
    of: 'a loss that is accepted',
    request: { ...FAILOVER, acceptDataLoss: 434, override: ['primary-unknown'] },
    observation: lost({ ada: UNKNOWN }),
    verdicts: ['+primary-unknown', '+loss-too-large'],
  },
  {
    of: 'a loss that is accepted, and one second too little',
    request: { ...FAILOVER, acceptDataLoss: 432, override: ['primary-unknown', 'loss-too-large'] },
    observation: lost({ ada: UNKNOWN }),
    verdicts: ['+primary-unknown', '!loss-too-large', 'override-in-vain'],
  },
  {
    of: 'a person who accepts less than the objective',
    request: { ...FAILOVER, acceptDataLoss: 0 },
    observation: lost(),
    verdicts: ['!loss-too-large'],
  },
  {
    of: 'an obstacle that can be overridden',
    request: { ...SWITCHOVER, override: ['secret-unreadable'] },
    observation: scene({}, { obstacles: [obstacle('override')] }),
    verdicts: ['+secret-unreadable'],
  },
  {
    of: 'an obstacle that cannot',
    request: { ...SWITCHOVER, override: ['secret-unreadable'] },
    observation: scene({}, { obstacles: [obstacle('none')] }),
    verdicts: ['!secret-unreadable', 'override-in-vain'],
  },
];

test.each(CASES)('judges $of', ({ request, observation, verdicts }) => {
  const { findings, isBlocked } = decide(request, observation);
  const told = findings.map(({ id, severity, accepted }) => `${accepted ? '+' : severity === 'block' ? '!' : ''}${id}`);
  expect({ told, isBlocked }).toStrictEqual({
    told: verdicts,
    isBlocked: verdicts.some((each) => each.startsWith('!')),
  });
});

test('tells why an override is in vain', () => {
  const { findings } = decide({ ...FAILOVER, override: ['loss-too-large', 'los-unknown', 'primary-alive'] }, scene());
  expect(
    findings.filter(({ id }) => id === 'override-in-vain').map(({ problem, fix }) => `${problem}: ${fix}`),
  ).toStrictEqual([
    'override names los-unknown, and there is no such finding now: take it away',
    'override names loss-too-large, and there is no such finding now: take it away',
    'override names primary-alive, which cannot be accepted so: take it away',
  ]);
  const late = decide({ ...FAILOVER, override: ['loss-too-large'] }, lost({ ada: UNKNOWN })).findings;
  expect(late.at(-1)).toStrictEqual({
    id: 'override-in-vain',
    severity: 'warn',
    acceptance: 'none',
    accepted: false,
    problem: 'override names loss-too-large, which cannot be accepted so',
    fix: 'use acceptDataLoss',
  });
});

test('what would make two primaries, or promote nobody, cannot be overridden by its id', () => {
  const overridable = CHECKS.filter(({ acceptance }) => acceptance === 'override').map(({ id }) => id);
  expect(overridable).toStrictEqual([
    // Not known to be one: a person who has looked says so.
    'possible-primary',
    'primary-unclear',
    'primary-unknown',
    'cooling-down',
    // Whether the old primary still writes is a finding of its own, and is taken by name.
    'detach-and-promote',
    'stale-target',
    'target-behind',
    'loss-unknown',
    'fresher-sibling',
  ]);
});

test('each check has an id of its own', () => {
  expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
});
