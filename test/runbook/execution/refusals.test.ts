import type { RunbookEvent, RunbookFinding, RunbookResult } from '../../../lib/runbook/contract';
import { intercepted } from './_world/intercepted';
import { approved, invoke } from './_world/runner';
import { ORDERS, RISK, sceneOf, type Scene, type SceneName } from './_world/scenes';
import type { World } from './_world/world';
import { type WorldOptions } from './_world/world';

const SWITCH: RunbookEvent = { mode: 'switchover', reason: 'a test', runId: 'R' };
const FAIL: RunbookEvent = { mode: 'failover', reason: 'a test', runId: 'R', acceptDataLoss: 3600 };

interface Case {
  readonly about: string;
  readonly scene?: SceneName;
  readonly world?: Partial<WorldOptions>;
  /** What happens before it is asked. */
  readonly prepare?: (scene: Scene) => void | Promise<void>;
  readonly event: RunbookEvent;
  /** The finding that stands against it, and which tells all. */
  readonly id: string;
  readonly problem: string;
  readonly fix: string;
}

/** Everything that is refused before the fence, each for one reason. */
const CASES: readonly Case[] = [
  {
    about: 'a candidate that lacks what a sibling has',
    scene: 'partition',
    world: { topology: ORDERS, delays: { cyd: 200 } },
    event: { ...FAIL, target: 'cyd' },
    id: 'stale-target',
    problem: 'cyd lacks 1m18s of writes that bab has',
    fix: 'promote bab; to lose them all the same, name stale-target in override',
  },
  {
    about: 'a candidate with a lag of -1',
    scene: 'partition',
    prepare: ({ world }) => {
      world.probe.isConnected = false;
      world.server('bab').samples.splice(0);
      world.server('bab').samples.push({ at: world.clock.now() - 180, lag: -1 });
    },
    event: { ...FAIL, override: ['primary-unknown'] },
    id: 'no-candidate',
    problem:
      'no member can be promoted: ada is the primary already; bab did not replicate at 2026-11-23T03:01:00.000Z, when its lag was last sampled before 2026-11-23T03:01:00.000Z',
    fix: 'mend one of them, or restore a backup',
  },
  {
    about: 'a candidate of which a backup is made',
    prepare: ({ world }) => void (world.instance('bab').status = 'backing-up'),
    event: { ...SWITCH, target: 'bab' },
    id: 'target-not-eligible',
    problem: 'bab is backing-up, and cannot be promoted in that condition',
    fix: 'no member can be promoted now; run mode plan to see why',
  },
  {
    about: 'a primary that somebody else expected',
    event: { ...SWITCH, expectedPrimary: 'zoe' },
    id: 'wrong-primary',
    problem: 'zoe was expected to be the primary, and ada is',
    fix: 'look at the status again: somebody else may have promoted meanwhile',
  },
  {
    about: 'a member that is not there',
    event: { ...SWITCH, target: 'zoe' },
    id: 'unknown-member',
    problem: 'zoe is no member of orders',
    fix: 'choose bab',
  },
  {
    about: 'a member that is never to be promoted',
    world: { topology: ORDERS },
    event: { ...SWITCH, target: 'dot' },
    id: 'target-not-eligible',
    problem: 'dot is never to be promoted: its promotion rule is never',
    fix: 'choose bab or cyd',
  },
  {
    about: 'a primary that answers and takes writes',
    event: FAIL,
    id: 'primary-alive',
    problem: 'the primary ada answers and takes writes',
    fix: 'use switchover, which loses nothing',
  },
  {
    about: 'a primary that a replica has just heard from',
    prepare: ({ world }) => void world.probe.cut.add('eu-west-1'),
    event: FAIL,
    id: 'second-witness',
    problem: 'the primary ada was heard just now by bab: it is alive, only not reachable from here',
    fix: 'use switchover from where it can be reached; if it died just now, look again in 31s; if it hangs, stop it by hand, and nobody hears from it any more',
  },
  {
    about: 'more loss than anybody allows',
    scene: 'partition',
    event: { mode: 'failover', reason: 'a test', runId: 'R' },
    id: 'loss-too-large',
    problem: 'promoting bab may lose 2m3s of acknowledged writes (0s are known to be missing), and 0s may be lost',
    fix: 'accept it with acceptDataLoss: 1023; of that, 15m is for what is lost until you have decided: nothing proves that ada has stopped',
  },
  {
    about: 'a secret that cannot be read',
    prepare: ({ world }) =>
      void world.fleet.obstacles.push({
        ...{ id: 'secret-unreadable', severity: 'block', acceptance: 'override' },
        problem: 'the secret orders cannot be read',
        fix: 'allow secretsmanager:GetSecretValue',
      }),
    event: SWITCH,
    id: 'secret-unreadable',
    problem: 'the secret orders cannot be read',
    fix: 'allow secretsmanager:GetSecretValue',
  },
  {
    about: 'an endpoint that cannot be read',
    prepare: ({ world }) =>
      void world.endpoints.found.push({
        ...{ id: 'endpoint-missing', severity: 'block', acceptance: 'none' },
        problem: 'there is no parameter /orders/writer',
        fix: 'deploy it',
      }),
    event: SWITCH,
    id: 'endpoint-missing',
    problem: 'there is no parameter /orders/writer',
    fix: 'deploy it',
  },
];

const blocking = ({ findings }: RunbookResult): readonly RunbookFinding[] =>
  findings.filter(({ severity, accepted }) => severity === 'block' && !accepted);

test.each(CASES)(
  'refused: $about',
  async ({ scene = 'switchover', world: options, prepare, event, id, problem, fix }) => {
    const { world } = await sceneOf(scene, options);
    await prepare?.({ world, event });
    const before = world.writable;
    const result = await invoke(world, event);
    expect({
      outcome: result.outcome,
      phase: result.phase,
      found: blocking(result).map((each) => ({ ...each })),
    }).toStrictEqual({
      ...{ outcome: 'REFUSED', phase: 'preflight' },
      found: [expect.objectContaining({ id, problem, fix, severity: 'block', accepted: false }) as RunbookFinding],
    });
    expect(result.next[0]).toBe(`${id}: ${problem}. To do: ${fix}.`);
    expect({ writable: world.writable, told: world.notices, promotions: world.cloud.promotions }).toStrictEqual({
      ...{ writable: before, told: [], promotions: [] },
    });
    expect((await world.ledger.standing()).open).toBeUndefined();
  },
);

test('refused: a promotion so soon after another', async () => {
  const { world, event } = await sceneOf('switchover', { topology: ORDERS });
  expect((await invoke(world, event)).outcome).toBe('DONE');
  const again = await invoke(world, { ...SWITCH, runId: 'S', target: 'dot' });
  expect(blocking(again).map(({ id, problem, fix }) => ({ id, problem, fix }))).toContainEqual({
    id: 'cooling-down',
    problem: 'the last promotion ended at 2026-11-23T03:02:57.050Z, less than 1h ago',
    fix: 'wait 59m50s, or find out why it has to be again and name cooling-down in override',
  });
});

test('refused: a plan that nobody has approved, and how to approve it', async () => {
  const { world } = await sceneOf('switchover');
  const result = await invoke(world, SWITCH);
  const hash = result.planHash ?? '';
  expect({ outcome: result.outcome, phase: result.phase, next: result.next }).toStrictEqual({
    ...{ outcome: 'REFUSED', phase: 'approve' },
    next: [
      `Nobody has approved the plan ${hash}; read the plan, and call again with approve: ${hash}.`,
      `To approve it: {"mode":"switchover","reason":"a test","target":"bab","approve":"${hash}"}`,
    ],
  });
  expect((await invoke(world, { mode: 'switchover', reason: 'a test', approve: hash })).outcome).toBe('DONE');
});

test('refused: another plan than the one that was approved', async () => {
  const { world } = await sceneOf('switchover');
  const approve = 'a'.repeat(64);
  const { outcome, planHash = '', next } = await invoke(world, { ...SWITCH, approve });
  expect({ outcome, first: next[0] }).toStrictEqual({
    outcome: 'REFUSED',
    first: `The plan that was approved is ${approve}, and the plan now is ${planHash}; what was asked, or what is seen, has changed: read the plan again, and call again with approve: ${planHash}.`,
  });
});

test('refused: not one candidate in sight', async () => {
  const { world } = await sceneOf('switchover');
  world.cloud.silent.add('eu-central-1');
  const { outcome, phase, next } = await invoke(world, SWITCH);
  expect({ outcome, phase, next }).toStrictEqual({
    ...{ outcome: 'REFUSED', phase: 'observe' },
    next: ["The cloud's API answers for none of bab.", 'To look again: {"mode":"plan"}'],
  });
});

test('a fence that is not proven promotes nobody, unless a person takes the risk by name', async () => {
  const { world } = await sceneOf('region lost');
  const event = await approved(world, { ...FAIL, runId: 'R' });
  const { outcome, fence, next } = await invoke(world, event);
  expect({ outcome, fence, next }).toStrictEqual({
    outcome: 'NEEDS_OPERATOR',
    fence: { outcome: 'impossible', reason: 'eu-west-1 does not answer' },
    next: [
      'eu-west-1 does not answer.',
      'Nobody was promoted. ada may be fenced already, and stays so.',
      'To try again: {"mode":"plan","acceptDataLoss":3600}',
      'To let ada take writes again, when nobody else does: {"mode":"unfence","target":"ada","reason":"why it may write again"}',
    ],
  });
  expect(world.cloud.promotions).toStrictEqual([]);
  const risky = await approved(world, { ...FAIL, runId: 'S', acceptSplitBrainRisk: RISK });
  const second = await invoke(world, risky);
  expect({ outcome: second.outcome, fence: second.fence }).toStrictEqual({
    outcome: 'DEGRADED',
    fence: { outcome: 'impossible', reason: 'eu-west-1 does not answer', accepted: RISK },
  });
});

test('refused: a run of that id that was asked for otherwise', async () => {
  const { world, event } = await sceneOf('switchover');
  await invoke(world, event);
  const answers = [{ ...FAIL }, { ...event, target: 'bab' }].map((each) => invoke(world, each));
  const problem =
    'run R is a switchover that was asked for otherwise; allowed: mode switchover with the same wishes, or none; fix: leave out what differs, or begin another run without runId';
  for (const { outcome, findings, next } of await Promise.all(answers)) {
    expect({ outcome, findings, next }).toStrictEqual({
      outcome: 'REFUSED',
      findings: [
        { id: 'run-differs', severity: 'block', acceptance: 'none', accepted: false, problem, fix: 'see the message' },
      ],
      next: [`Nothing was changed: ${problem}. To do: see the message.`],
    });
  }
});

test('refused: a program that does not know who was promoted last', async () => {
  const { world, event } = await sceneOf('switchover', { topology: ORDERS });
  await invoke(world, event);
  const members = ORDERS.members.filter(({ id }) => id !== 'bab' && id !== 'dot');
  const calls: string[] = [];
  const forgetful = Object.assign(Object.create(world) as World, { topology: { ...ORDERS, members } });
  const ports = intercepted(world.ports, (call, go) => {
    calls.push(call);
    return go();
  });
  const { outcome, findings } = await invoke(forgetful, { ...SWITCH, runId: 'S' }, { ports });
  expect({ outcome, problems: findings.map(({ problem }) => problem) }).toStrictEqual({
    outcome: 'REFUSED',
    problems: [
      'bab was promoted last, and orders declares ada as the primary and has no active member bab; allowed: a program that knows it; fix: declare bab, and primary: bab, and deploy',
    ],
  });
  expect(calls).toStrictEqual(['ledger.rows', 'ledger.standing']);
});
