import { decide, type MemberObservation, type Observation, type Request } from '../../../lib/runbook/decision';
import type { RunbookFinding } from '../../../lib/runbook/contract';
import { AT, broken, FAILOVER, lost, LOST, scene, SWITCHOVER } from '../_helpers/scene';

interface Case {
  readonly of: string;
  readonly request: Request;
  readonly observation: Observation;
  readonly findings: readonly Omit<RunbookFinding, 'accepted'>[];
}

const UNKNOWN: Partial<MemberObservation> = { ...LOST, dataPlane: 'unknown', stoppedAt: undefined };
const UNPROVEN: Partial<MemberObservation> = { ...LOST, stoppedAt: undefined, lastSeenAlive: AT - 40 };

const CASES: readonly Case[] = [
  {
    of: 'another primary than expected',
    request: { ...SWITCHOVER, expectedPrimary: 'bab' },
    observation: scene(),
    findings: [
      {
        id: 'wrong-primary',
        severity: 'block',
        acceptance: 'none',
        problem: 'bab was expected to be the primary, and ada is',
        fix: 'look at the status again: somebody else may have promoted meanwhile',
      },
    ],
  },
  {
    of: 'a member that was promoted behind our back',
    request: FAILOVER,
    observation: lost({ bab: { replication: 'none', acceptsWrites: 'yes' } }),
    findings: [
      {
        id: 'another-primary',
        severity: 'block',
        acceptance: 'none',
        problem: 'somebody has promoted bab, and ada is declared as the primary',
        fix: 'find out which of them is to be the primary; declare that one so, and the others as retired',
      },
    ],
  },
  {
    of: 'a member that follows nobody any more, and that nobody here could ask',
    request: FAILOVER,
    observation: lost({ bab: { replication: 'none', dataPlane: 'unknown', acceptsWrites: 'unknown' } }),
    findings: [
      {
        id: 'possible-primary',
        severity: 'block',
        acceptance: 'override',
        problem:
          'bab follows nobody any more, and whether it takes writes is not known: somebody may have promoted it, the runbook of another Region for example, and ada is declared as the primary',
        fix: 'ask the runbook there for the status; if it is the primary, declare it so and deploy; if not, name possible-primary in override',
      },
      {
        id: 'unseen-sibling',
        severity: 'warn',
        acceptance: 'none',
        problem: 'nobody can tell the position of dot: more writes than cyd has may be there',
        fix: 'have them answer again, if there is time',
      },
    ],
  },
  {
    of: 'a switchover from a primary that does not answer',
    request: SWITCHOVER,
    observation: scene({ ada: { dataPlane: 'unreachable' } }),
    findings: [
      {
        id: 'primary-unreachable',
        severity: 'block',
        acceptance: 'none',
        problem: 'the primary ada does not answer (unreachable), so it cannot be frozen',
        fix: 'run it from where the primary answers; when it is lost, use failover',
      },
    ],
  },
  {
    of: 'a failover from a primary that takes writes',
    request: { ...FAILOVER, acceptDataLoss: 1000 },
    observation: scene(),
    findings: [
      {
        id: 'primary-alive',
        severity: 'block',
        acceptance: 'none',
        problem: 'the primary ada answers and takes writes',
        fix: 'use switchover, which loses nothing',
      },
    ],
  },
  {
    of: 'a primary that answers, and may hang',
    request: { ...FAILOVER, acceptDataLoss: 10_000 },
    observation: lost({ ada: { dataPlane: 'reachable' } }),
    findings: [
      {
        id: 'primary-unclear',
        severity: 'block',
        acceptance: 'override',
        problem: 'the primary ada answers, and whether it takes writes is not known',
        fix: 'use switchover, which loses nothing; when it hangs, name primary-unclear in override',
      },
    ],
  },
  {
    of: 'a primary that nobody could ask',
    request: { ...FAILOVER, acceptDataLoss: 500 },
    observation: lost({ ada: UNKNOWN }),
    findings: [
      {
        id: 'primary-unknown',
        severity: 'block',
        acceptance: 'override',
        problem: 'whether the primary ada is lost is not known: nobody here could ask it',
        fix: 'run it from a network that reaches it; when you know that it is lost, name primary-unknown in override',
      },
      {
        id: 'loss-too-large',
        severity: 'block',
        acceptance: 'acceptDataLoss',
        problem:
          'promoting cyd may lose 7m13s of acknowledged writes (12s are known to be missing), and 8m20s may be lost',
        fix: 'accept it with acceptDataLoss: 1333; of that, 15m is for what is lost until you have decided: nothing proves that ada has stopped',
      },
    ],
  },
  {
    of: 'a member that has just heard from the primary',
    request: { ...FAILOVER, acceptDataLoss: 10_000 },
    observation: lost({ ada: UNPROVEN, bab: { replication: 'running', lastHeard: AT - 11 } }),
    findings: [
      {
        id: 'second-witness',
        severity: 'block',
        acceptance: 'none',
        problem: 'the primary ada was heard just now by bab: it is alive, only not reachable from here',
        fix: 'use switchover from where it can be reached; if it died just now, look again in 20s; if it hangs, stop it by hand, and nobody hears from it any more',
      },
      // Accepted, and told all the same: more than the objective may be lost.
      {
        id: 'loss-too-large',
        severity: 'block',
        acceptance: 'acceptDataLoss',
        problem:
          'promoting cyd may lose 7m13s of acknowledged writes (5m are known to be missing), and 2h46m40s may be lost',
        fix: 'accept it with acceptDataLoss: 1333; of that, 15m is for what is lost until you have decided: nothing proves that ada has stopped',
      },
    ],
  },
  {
    of: 'two members by whose lag the primary may be alive',
    request: { ...FAILOVER, acceptDataLoss: 10_000 },
    observation: lost({
      ada: UNPROVEN,
      bab: { replication: 'running', samples: [{ at: AT - 60, lag: 0 }] },
      cyd: { replication: 'unknown', samples: [{ at: AT - 50, lag: 1 }] },
    }),
    findings: [
      {
        id: 'possible-witness',
        severity: 'block',
        acceptance: 'acceptSplitBrainRisk',
        problem: 'by the lag of bab and cyd, the primary ada may be alive, only not reachable from here',
        fix: 'look again in 40s: a lag tells late, and may say 0 while nothing arrives; or say in acceptSplitBrainRisk who takes the risk',
      },
    ],
  },
  {
    of: 'a promotion of just now',
    request: SWITCHOVER,
    observation: scene({}, { lastPromotion: AT - 600 }),
    findings: [
      {
        id: 'cooling-down',
        severity: 'block',
        acceptance: 'override',
        problem: 'the last promotion ended at 2026-11-23T02:50:00.000Z, less than 1h ago',
        fix: 'wait 50m, or find out why it has to be again and name cooling-down in override',
      },
    ],
  },
  {
    of: 'a promotion of the future, by a clock that is ahead',
    request: SWITCHOVER,
    observation: scene({}, { lastPromotion: AT + 2 }),
    findings: [
      {
        id: 'cooling-down',
        severity: 'block',
        acceptance: 'override',
        problem: 'the last promotion ended at 2026-11-23T03:00:02.000Z, less than 1h ago',
        fix: 'wait 1h2s, or find out why it has to be again and name cooling-down in override',
      },
    ],
  },
  {
    of: 'a Region whose API is silent',
    request: FAILOVER,
    observation: lost({ ada: { controlPlane: 'unknown' } }),
    findings: [
      {
        id: 'blind-to-primary',
        severity: 'warn',
        acceptance: 'none',
        problem: "the cloud's API does not answer for the primary ada (unknown): it cannot be fenced from here",
        fix: 'keep its clients from it by other means, and say in acceptSplitBrainRisk who takes the risk',
      },
    ],
  },
];

test.each(CASES)('tells of $of', ({ request, observation, findings }) => {
  const told = decide(request, observation).findings.map(({ accepted: _, ...finding }) => finding);
  expect(told).toStrictEqual(findings);
});

const QUIET: readonly (Pick<Case, 'of' | 'request' | 'observation'> & { readonly chosen: string })[] = [
  { of: 'a switchover where all is well', request: SWITCHOVER, observation: scene(), chosen: 'bab' },
  { of: 'a failover from a primary that is proven to be lost', request: FAILOVER, observation: lost(), chosen: 'cyd' },
  {
    of: 'a cool-down that is over to the second',
    request: SWITCHOVER,
    observation: scene({}, { lastPromotion: AT - 3600 }),
    chosen: 'bab',
  },
  {
    of: 'a failover from a primary that answers and takes no writes, whatever its followers hear',
    request: FAILOVER,
    observation: lost({
      ada: { dataPlane: 'reachable', acceptsWrites: 'no' },
      bab: { replication: 'running', lastHeard: AT },
    }),
    chosen: 'cyd',
  },
  {
    of: 'a member that heard from the primary longer ago than counts',
    request: FAILOVER,
    observation: lost({ bab: { replication: 'running', lastHeard: AT - 32 } }),
    chosen: 'cyd',
  },
  {
    of: 'a member that follows another replica, and hears from that one',
    request: FAILOVER,
    observation: lost({ dot: { replication: 'running', lastHeard: AT } }),
    chosen: 'cyd',
  },
  {
    of: 'a member that heard from the primary before its stream broke',
    request: FAILOVER,
    observation: lost({ bab: { ...broken(310, 4), lastHeard: AT - 5 } }),
    chosen: 'cyd',
  },
];

test.each(QUIET)('has nothing to tell of $of', ({ request, observation, chosen }) => {
  const decision = decide(request, observation);
  expect({ findings: decision.findings, chosen: decision.chosen?.member }).toStrictEqual({ findings: [], chosen });
});
