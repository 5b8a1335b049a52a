import type { Plan } from '../../../lib/runbook/contract';
import { decide, fingerprint, type Observation, type Request } from '../../../lib/runbook/decision';
import { define, type TopologyInput } from '../../../lib/topology';
import { cloudSql, enterprise, withDr } from '../../_helpers/sample-cloud-sql';
import { AT, FAILOVER, INPUT, lost, scene, SWITCHOVER } from '../_helpers/scene';

const BY = { by: 'Ada', reason: 'the Region is dark' };

function plan(request: Request, observation: Observation): Plan {
  const { plan: made } = decide(request, observation);
  if (made === undefined) throw new Error('nobody can be promoted');
  return made;
}

test('of a switchover', () => {
  expect(plan({ ...SWITCHOVER, target: 'cyd' }, scene())).toStrictEqual({
    mode: 'switchover',
    topology: 'orders',
    primary: 'ada',
    target: 'cyd',
    loss: 'nothing',
    lossBound: 0,
    fence: 'freeze ada: no more writes, its position captured twice and equal',
    irreversible: 'promote cyd: it never follows ada again',
    accepted: [],
    duration: 300,
    steps: [
      'freeze ada: no more writes, its position captured twice and equal',
      'wait until cyd has applied that position',
      'promote cyd (about 5m; cannot be undone)',
      'turn on backups, standby and deletion protection of cyd',
      'point the writer endpoints to cyd, and stale readers away',
      'create replicas of cyd; keep ada, fenced',
    ],
  });
});

test('of a failover, with all that was accepted', () => {
  const request: Request = {
    ...FAILOVER,
    override: ['stale-target', 'cooling-down', 'stale-target'],
    acceptDataLoss: 600,
    acceptSplitBrainRisk: BY,
  };
  expect(plan(request, lost({}, { lastPromotion: AT - 60 }))).toStrictEqual({
    mode: 'failover',
    topology: 'orders',
    primary: 'ada',
    target: 'cyd',
    loss: {
      seconds: 12,
      error: 124,
      source: 'metric',
      from: '2026-11-23T02:52:47.000Z',
      to: '2026-11-23T02:55:03.000Z',
    },
    lossBound: 600,
    fence: 'fence ada: quarantine it, end its sessions, prove that nobody can write',
    irreversible: 'promote cyd: it never follows ada again',
    accepted: ['cooling-down', 'stale-target'],
    splitBrainRisk: BY,
    lastPromotion: '2026-11-23T02:59:00.000Z',
    duration: 420,
    steps: [
      'fence ada: quarantine it, end its sessions, prove that nobody can write',
      'promote cyd (about 5m; cannot be undone)',
      'turn on backups, standby and deletion protection of cyd',
      'point the writer endpoints to cyd, and stale readers away',
      'create replicas of cyd; keep ada, fenced',
    ],
  });
});

describe('a failover on Cloud SQL', () => {
  const on = (input: TopologyInput): Observation => ({ ...lost(), topology: define(input) });

  it('stops the primary, and leaves it behind', () => {
    const { fence, irreversible, steps, duration } = plan(FAILOVER, on(enterprise()));
    expect({ fence, irreversible, steps, duration }).toStrictEqual({
      fence: 'fence ada: stop it, which ends its sessions, prove that nobody can write',
      irreversible: 'promote bab: it never follows ada again',
      duration: 420,
      steps: [
        'fence ada: stop it, which ends its sessions, prove that nobody can write',
        'promote bab (about 5m; cannot be undone)',
        'turn on backups, standby and deletion protection of bab',
        'point the writer endpoints to bab, and stale readers away',
        'create replicas of bab; keep ada, fenced',
      ],
    });
  });

  it('of a designated pair has the primary come back as a replica', () => {
    const { fence, irreversible, steps, duration } = plan(FAILOVER, on(withDr(cloudSql())));
    expect({ fence, irreversible, steps, duration }).toStrictEqual({
      fence: 'fence ada: stop it, which ends its sessions, prove that nobody can write',
      irreversible: 'fail over to bab: Cloud SQL makes ada its replica anew, and what only ada has is gone',
      duration: 420,
      steps: [
        'fence ada: stop it, which ends its sessions, prove that nobody can write',
        'fail over to bab (about 5m; cannot be undone)',
        'turn on backups, standby and deletion protection of bab',
        "point the writer endpoints to bab, and stale readers away; Cloud SQL's own write endpoint follows by itself",
        'wait until Cloud SQL has made ada a replica of bab, when it can be reached',
      ],
    });
  });
});

test('a run that is blocked has a plan, too: a person sees what would have been', () => {
  const { isBlocked, plan: made } = decide(FAILOVER, scene());
  expect({ isBlocked, target: made?.target }).toStrictEqual({ isBlocked: true, target: 'bab' });
});

describe('the fingerprint', () => {
  const before = fingerprint(plan(FAILOVER, lost()));

  it('is a text', () => {
    expect(before).toBe(
      '["understudy plan 1","failover","orders","ada","cyd","fence ada: quarantine it, end its sessions, prove that nobody can write","promote cyd: it never follows ada again",300,[],null,null]',
    );
  });

  it.each<[string, Request, Observation]>([
    ['time', FAILOVER, lost({}, { at: AT + 600 })],
    ['an estimate', FAILOVER, lost({ cyd: { samples: [{ at: AT - 305, lag: 1 }] } })],
    ['a sibling that falls sick', FAILOVER, lost({ bab: { isReady: false } })],
    ['naming the one that is chosen anyway', { ...FAILOVER, target: 'cyd' }, lost()],
    ['a bound that is said and is the objective', { ...FAILOVER, acceptDataLoss: 300 }, lost()],
  ])('is not changed by %s', (_, request, observation) => {
    expect(fingerprint(plan(request, observation))).toBe(before);
  });

  it.each<[string, Request, Observation]>([
    ['the kind', SWITCHOVER, scene()],
    ['the target', { ...FAILOVER, target: 'bab' }, lost()],
    ['the bound of loss', { ...FAILOVER, acceptDataLoss: 301 }, lost()],
    ['what is overridden', { ...FAILOVER, override: ['cooling-down'] }, lost()],
    ['who takes a risk', { ...FAILOVER, acceptSplitBrainRisk: BY }, lost()],
    ['a promotion in between', FAILOVER, lost({}, { lastPromotion: AT - 9000 })],
    ['another database', FAILOVER, lost({}, {}, { ...INPUT, name: 'billing' })],
  ])('is changed by %s', (_, request, observation) => {
    expect(fingerprint(plan(request, observation))).not.toBe(before);
  });
});
