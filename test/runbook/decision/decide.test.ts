import fc from 'fast-check';
import { parseResult } from '../../../lib/runbook/contract';
import { candidateList, decide, fingerprint, policyFor, seenPrimary, witnesses } from '../../../lib/runbook/decision';
import type { Kind, Observation, Request } from '../../../lib/runbook/decision';
import { certainTo } from '../../../lib/runbook/decision/applied-to';
import { KINDS } from '../../../lib/runbook/decision/signals';
import { TopologyView } from '../../../lib/topology';
import { anyObservation, withSight } from '../_arbitraries/arbitrary-observation';
import { runs } from '../../_proofs/_helpers/runs';

const kind: fc.Arbitrary<Kind> = fc.constantFrom(...KINDS);
const RUNS = runs(40);

/** All that a person could accept by id, and any loss. */
const GENEROUS: Partial<Request> = {
  acceptDataLoss: 1e9,
  override: [
    ...['primary-alive', 'second-witness', 'possible-witness', 'another-primary', 'wrong-primary', 'no-candidate'],
    ...['target-not-eligible', 'unknown-member', 'primary-unclear', 'primary-unknown', 'cooling-down', 'loss-unknown'],
    ...[
      'stale-target',
      'fresher-sibling',
      'target-behind',
      'loss-too-large',
      'primary-unreachable',
      'possible-primary',
    ],
  ],
};

const eligible = (observation: Observation, of: Kind) => decide({ kind: of }, observation).candidates.eligible;
const idsOf = (members: readonly { readonly member: string }[]) => members.map(({ member }) => member);

function holds(check: (observation: Observation, of: Kind) => void): void {
  fc.assert(fc.property(anyObservation, kind, check), RUNS);
}

test('the chosen is behind no eligible one by more than the tolerance', () => {
  holds((observation, of) => {
    const { chosen, candidates } = decide({ kind: of }, observation);
    const { tolerance } = policyFor(observation.topology);
    for (const each of candidates.eligible) {
      expect(certainTo(each.position) - certainTo(chosen?.position ?? each.position)).toBeLessThanOrEqual(tolerance);
    }
  });
});

test('priorities never beat positions outside the tolerance, for any two', () => {
  holds((observation, of) => {
    const { tolerance } = policyFor(observation.topology);
    eligible(observation, of).forEach((first, index, all) => {
      for (const later of all.slice(index + 1)) {
        expect(certainTo(later.position) - certainTo(first.position)).toBeLessThanOrEqual(tolerance);
      }
    });
  });
});

test('a sibling that falls sick never changes the order of the others', () => {
  fc.assert(
    fc.property(anyObservation, kind, fc.nat(), fc.boolean(), (observation, of, pick, isReady) => {
      const before = idsOf(eligible(observation, of));
      const sick = before[pick % Math.max(1, before.length)] ?? '';
      const after = withSight(observation, sick, isReady ? { controlPlane: 'unreachable' } : { isReady: false });
      expect(idsOf(eligible(after, of))).toStrictEqual(before.filter((id) => id !== sick));
    }),
    RUNS,
  );
});

test('the order in which members are declared and seen changes nothing', () => {
  holds((observation, of) => {
    const { topology, members } = observation;
    const turned: Observation = {
      ...observation,
      topology: { ...topology, members: topology.members.toReversed() },
      members: members.toReversed().map((member) => ({ ...member, samples: member.samples.toReversed() })),
    };
    expect(decide({ kind: of }, turned)).toStrictEqual(decide({ kind: of }, observation));
  });
});

test('the same look gives the same answer, and is not changed by it', () => {
  holds((observation, of) => {
    const before = structuredClone(observation);
    const first = decide({ kind: of }, observation);
    expect(observation).toStrictEqual(before);
    expect(decide({ kind: of }, before)).toStrictEqual(first);
  });
});

test('every member is told once: with a rank, or with a reason why it has none', () => {
  holds((observation, of) => {
    const told = candidateList(decide({ kind: of }, observation).candidates);
    expect(told.map(({ member }) => member).toSorted()).toStrictEqual(
      observation.topology.members.map(({ id }) => id).toSorted(),
    );
    expect(told.every(({ reason }) => reason !== '')).toBe(true);
  });
});

test('only a replica that may be promoted, is ready and answers is a candidate', () => {
  holds((observation, of) => {
    const promotable = new TopologyView(observation.topology).promotable.map(({ id }) => id);
    for (const { member } of eligible(observation, of)) {
      expect(promotable).toContain(member);
      expect(observation.members.find(({ id }) => id === member)).toMatchObject({
        controlPlane: 'reachable',
        isReady: true,
      });
    }
  });
});

test('no list of ids lets a failover pass a primary that takes writes, or a witness that has heard from it', () => {
  fc.assert(
    fc.property(anyObservation, (observation) => {
      const { acceptsWrites, dataPlane } = seenPrimary(observation);
      const heard = witnesses(observation, policyFor(observation.topology)).length > 0;
      const isAlive = dataPlane === 'reachable' ? acceptsWrites === 'yes' : heard;
      const { isBlocked } = decide({ kind: 'failover', ...GENEROUS }, observation);
      expect(isBlocked || !isAlive).toBe(true);
    }),
    runs(60),
  );
});

test('a person who takes the risk by name does not pass a witness that has heard from the primary either', () => {
  const acceptSplitBrainRisk = { by: 'Ada', reason: 'sure' };
  fc.assert(
    fc.property(anyObservation, (observation) => {
      const strong = witnesses(observation, policyFor(observation.topology)).filter(({ by }) => by === 'heard');
      const counts = strong.length > 0 && seenPrimary(observation).dataPlane !== 'reachable';
      const { isBlocked } = decide({ kind: 'failover', ...GENEROUS, acceptSplitBrainRisk }, observation);
      expect(isBlocked || !counts).toBe(true);
    }),
    runs(60),
  );
});

test('what may be lost is never more than what was allowed, unless it cannot be told and that is accepted', () => {
  fc.assert(
    fc.property(anyObservation, fc.nat({ max: 4000 }), (observation, acceptDataLoss) => {
      const decision = decide({ kind: 'failover', ...GENEROUS, acceptDataLoss }, observation);
      const { seconds = 0, error = 0 } = decision.chosen?.loss ?? {};
      expect(decision.isBlocked || seconds + error <= acceptDataLoss).toBe(true);
    }),
    RUNS,
  );
});

test('a decision fits the contract, there and back', () => {
  holds((observation, of) => {
    const { findings, plan, candidates } = decide({ kind: of }, observation);
    const result = {
      ...{ runId: 'r', outcome: 'REFUSED', phase: 'preflight', timings: [], next: [] },
      ...{ findings, candidates: candidateList(candidates) },
      ...(plan === undefined ? {} : { plan, planHash: fingerprint(plan) }),
    };
    expect(parseResult(JSON.parse(JSON.stringify(result)))).toStrictEqual(result);
  });
});

test('time alone does not change what a person approves', () => {
  holds((observation, of) => {
    const later = { ...observation, at: observation.at + 30 };
    const [plan, after] = [decide({ kind: of }, observation).plan, decide({ kind: of }, later).plan];
    // Whom nobody could believe before may be believed later, and be another choice.
    const isSame = plan?.target === after?.target;
    expect(!isSame || plan === undefined || after === undefined || fingerprint(plan) === fingerprint(after)).toBe(true);
  });
});
