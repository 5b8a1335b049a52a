import {
  candidatesIn,
  decide,
  policyFor,
  preflight,
  type EligibleCandidate,
  type MemberObservation,
  type Observation,
  type Request,
} from '../../../lib/runbook/decision';
import type { RunbookFinding } from '../../../lib/runbook/contract';
import { AT, FAILOVER, INPUT, lost, LOST, scene, SWITCHOVER } from '../_helpers/scene';

interface Case {
  readonly of: string;
  readonly request: Request;
  readonly observation: Observation;
  readonly findings: readonly Omit<RunbookFinding, 'accepted'>[];
}

const block = (id: string, problem: string, fix: string, acceptance: RunbookFinding['acceptance'] = 'none') =>
  ({ id, severity: 'block', acceptance, problem, fix }) as const;
const warn = (id: string, problem: string, fix: string) =>
  ({ id, severity: 'warn', acceptance: 'none', problem, fix }) as const;

const asked = (ago: number): Partial<MemberObservation> => ({
  position: { appliedTo: AT - ago, error: 1, source: 'sql' },
});
const UNSEEN = 'have them answer again, if there is time';

const CASES: readonly Case[] = [
  {
    of: 'a target that is no member',
    request: { ...FAILOVER, target: 'eve' },
    observation: lost(),
    findings: [block('unknown-member', 'eve is no member of orders', 'choose cyd, bab or dot')],
  },
  {
    of: 'a target that is the primary',
    request: { ...SWITCHOVER, target: 'ada' },
    observation: scene(),
    findings: [block('target-not-eligible', 'ada is the primary already', 'choose bab, cyd or dot')],
  },
  {
    of: 'a target whose promotion rule is never',
    request: { ...SWITCHOVER, target: 'cyd' },
    observation: scene(
      {},
      {},
      {
        ...INPUT,
        members: { ...INPUT.members, cyd: { region: 'eu-west-1', replicaOf: 'ada', promotion: 'never' } },
      },
    ),
    findings: [
      block('target-not-eligible', 'cyd is never to be promoted: its promotion rule is never', 'choose bab or dot'),
    ],
  },
  {
    of: 'a target that is being backed up',
    request: { ...FAILOVER, target: 'dot' },
    observation: lost({ dot: { isReady: false, status: 'backing-up' } }),
    findings: [
      block('target-not-eligible', 'dot is backing-up, and cannot be promoted in that condition', 'choose cyd or bab'),
    ],
  },
  {
    of: 'a target that did not replicate when it was last sampled',
    request: { ...FAILOVER, target: 'bab' },
    observation: lost({
      bab: {
        samples: [
          { at: AT - 370, lag: 0 },
          { at: AT - 310, lag: -1 },
        ],
      },
    }),
    findings: [
      block(
        'target-not-eligible',
        'bab did not replicate at 2026-11-23T02:54:50.000Z, when its lag was last sampled before 2026-11-23T02:55:00.000Z',
        'choose cyd or dot',
      ),
    ],
  },
  {
    of: 'nobody that can be promoted',
    request: FAILOVER,
    observation: lost({
      bab: { controlPlane: 'unreachable' },
      cyd: { samples: [] },
      dot: { isReady: false, status: undefined },
    }),
    findings: [
      block(
        'no-candidate',
        "no member can be promoted: ada is the primary already; the cloud's API does not answer for bab (unreachable); nobody knows how far cyd is: it was not asked, and its lag was not sampled before 2026-11-23T02:55:00.000Z; dot is in an unknown condition",
        'mend one of them, or restore a backup',
      ),
    ],
  },
  {
    of: 'a target that is stale',
    request: { ...FAILOVER, target: 'bab' },
    observation: lost({ bab: asked(420), cyd: asked(301), dot: asked(305) }),
    findings: [
      block(
        'stale-target',
        'bab lacks 1m59s of writes that cyd has',
        'promote cyd; to lose them all the same, name stale-target in override',
        'override',
      ),
    ],
  },
  {
    of: 'a switchover to a member that would keep everybody waiting',
    request: SWITCHOVER,
    observation: scene({ bab: { samples: [{ at: AT, lag: 601 }] }, cyd: { samples: [] }, dot: { isReady: false } }),
    findings: [
      block(
        'target-behind',
        'bab is 10m1s behind, and writes would stand still until it has caught up',
        'wait until it has caught up, or name target-behind in override',
        'override',
      ),
    ],
  },
  {
    of: 'a primary of which nothing says when it was last alive',
    request: FAILOVER,
    observation: lost({
      ada: { ...LOST, lastSeenAlive: undefined, stoppedAt: undefined, controlPlane: 'reachable' },
      bab: { acceptsWrites: 'no' },
    }),
    findings: [
      block(
        'no-candidate',
        `no member can be promoted: ada is the primary already; ${['bab', 'cyd', 'dot']
          .map(
            (id) =>
              `nobody knows how far ${id} is: it was not asked, and no sample of its lag can be trusted while it is unknown when those above it were last alive`,
          )
          .join('; ')}`,
        'mend one of them, or restore a backup',
      ),
    ],
  },
  {
    of: 'more loss than the objective allows, which no longer grows',
    request: FAILOVER,
    observation: lost({ bab: asked(700), cyd: asked(600), dot: asked(900) }),
    findings: [
      block(
        'loss-too-large',
        'promoting cyd may lose 5m4s of acknowledged writes (5m are known to be missing), and 5m may be lost',
        'accept it with acceptDataLoss: 304',
        'acceptDataLoss',
      ),
    ],
  },
  {
    of: 'a sibling that has more, and is being backed up',
    request: FAILOVER,
    observation: lost({ bab: asked(320), cyd: { ...asked(301), isReady: false, status: 'backing-up' } }),
    findings: [
      block(
        'fresher-sibling',
        'cyd has more writes than bab, and cannot be promoted now: cyd is backing-up, and cannot be promoted in that condition',
        'bring cyd back; to lose what only it has, name fresher-sibling in override',
        'override',
      ),
    ],
  },
  {
    of: 'a bystander that has more',
    request: FAILOVER,
    observation: lost(
      { bab: asked(320), cyd: asked(301) },
      {},
      {
        ...INPUT,
        members: { ...INPUT.members, cyd: { region: 'eu-west-1', replicaOf: 'ada', promotion: 'never' } },
      },
    ),
    findings: [
      warn(
        'fresher-bystander',
        'more writes than bab has are on cyd, never to be promoted',
        'keep them: what is lost may be copied from there by hand',
      ),
    ],
  },
  {
    of: 'a sibling of which nothing is known',
    request: FAILOVER,
    observation: { ...lost(), members: lost().members.filter(({ id }) => id !== 'cyd') },
    findings: [
      warn('unseen-sibling', 'nobody can tell the position of cyd: more writes than bab has may be there', UNSEEN),
    ],
  },
  {
    of: 'what an adapter found',
    request: FAILOVER,
    observation: lost(
      {},
      {
        obstacles: [
          {
            id: 'secret-unreadable',
            severity: 'block',
            acceptance: 'none',
            problem: 'the secret orders-master cannot be read in eu-west-1',
            fix: 'allow secretsmanager:GetSecretValue',
          },
        ],
      },
    ),
    findings: [
      block(
        'secret-unreadable',
        'the secret orders-master cannot be read in eu-west-1',
        'allow secretsmanager:GetSecretValue',
      ),
    ],
  },
];

test.each(CASES)('tells of $of', ({ request, observation, findings }) => {
  const told = decide(request, observation).findings.map(({ accepted: _, ...finding }) => finding);
  expect(told).toStrictEqual(findings);
});

test.each<[string, Request, Observation, readonly string[]]>([
  ['a target behind by the tolerance', { ...FAILOVER, target: 'bab' }, lost({ bab: asked(302), cyd: asked(301) }), []],
  ['by more', { ...FAILOVER, target: 'bab' }, lost({ bab: asked(302.5), cyd: asked(301) }), ['stale-target']],
  [
    'a sick sibling ahead by the tolerance',
    FAILOVER,
    lost({ bab: asked(302), cyd: { ...asked(301), isReady: false } }),
    [],
  ],
  ['by more', FAILOVER, lost({ bab: asked(302.5), cyd: { ...asked(301), isReady: false } }), ['fresher-sibling']],
])('tolerates %s', (_, request, observation, ids) => {
  expect(decide(request, observation).findings.map(({ id }) => id)).toStrictEqual(ids);
});

test('a primary of which nothing is known was alive when it sent what a member has applied', () => {
  const observation = lost({
    ada: { ...LOST, lastSeenAlive: undefined, stoppedAt: undefined },
    bab: { position: { appliedTo: AT - 400, error: 0, source: 'sql' } },
  });
  expect(decide(FAILOVER, observation).chosen?.loss).toStrictEqual({
    seconds: 0,
    error: 400,
    source: 'sql',
    from: AT - 400,
  });
});

test('a loss that cannot be told blocks', () => {
  const observation = lost();
  const policy = policyFor(observation.topology);
  const candidates = candidatesIn(observation, 'failover', policy);
  const chosen: EligibleCandidate = {
    member: 'bab',
    rank: 1,
    reason: '',
    position: { appliedTo: AT - 305, error: 0, source: 'sql' },
  };
  const findings = preflight({ request: FAILOVER, observation, candidates, policy, chosen });
  expect(findings).toStrictEqual([
    {
      ...block(
        'loss-unknown',
        'how much promoting bab loses cannot be told: nothing says when ada was last alive',
        'look for its last sign of life; to lose any amount, name loss-unknown in override',
        'override',
      ),
      accepted: false,
    },
  ]);
});
