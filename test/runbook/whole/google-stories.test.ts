import fc from 'fast-check';
import { OUTCOMES } from '../../../lib/runbook/contract';
import type { JournalRow } from '../../../lib/runbook/execution/ports';
import { PATIENCE, runs } from '../../_proofs/_helpers/runs';
import { arbitraryStory, tell, type Story, type Told } from './_google/google-story';

/** How many stories were told, and in how many somebody was promoted. */
const tried = { stories: 0, promoted: 0, refused: 0 };
afterAll(() => {
  process.stdout.write(`stories on Google: ${JSON.stringify(tried)}\n`);
});

const promotions = ({ run }: Told): number =>
  run.google.mutations.filter(({ method, effect }) => effect && /promoteReplica|switchover/.test(method)).length;

/** Whom the run says that it has promoted. */
const promotedBy = (rows: readonly JournalRow[]): readonly string[] =>
  rows.flatMap((row) => (row.type === 'promoted' ? [row.member] : []));

function expectOneWriter({ run, result }: Told): void {
  const isAccepted = result.fence?.accepted !== undefined;
  const pairs = run.databases.writers.filter((writers) => writers.length > 1);
  expect(isAccepted ? [] : pairs).toEqual([]);
  expect(isAccepted ? ['DEGRADED', 'NEEDS_OPERATOR'] : OUTCOMES).toContain(result.outcome);
}

/** What was written on the old primary and is not on the new one: a planned run has none, an unplanned one told it. */
function expectKnownLoss({ run, topology, result }: Told, target: string): void {
  const nameOf = (id: string): string => topology.members.find((each) => each.id === id)?.gcp?.name ?? '';
  const [last, first] = [
    run.databases.written.get(nameOf(topology.primary)),
    run.databases.inherited.get(nameOf(target)),
  ];
  const { loss, plan, findings, outcome } = result;
  // It died before it took a write: whether it is well is by Cloud SQL's word alone, and that is said.
  if (first === undefined) {
    const doubts = findings.filter(({ problem }) => problem.startsWith('nobody here could write to'));
    expect(outcome === 'DONE' ? doubts : [outcome]).toHaveLength(1);
    return;
  }
  const isTold = findings.some(({ id, accepted }) => id === 'loss-unknown' && accepted);
  const [from, to] =
    plan?.mode === 'switchover' || loss === undefined
      ? [first, isTold ? Infinity : first]
      : [Date.parse(loss.from) / 1000 - 1, loss.to === undefined ? Infinity : Date.parse(loss.to) / 1000];
  expect(first).toBeGreaterThanOrEqual(from);
  expect(last).toBeLessThanOrEqual(to);
}

test(
  'on Google, in any topology and whatever goes wrong: one primary, a loss that is known, one promotion, a named end',
  async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryStory, async (story) => {
        const told = await tell(story);
        try {
          tried.stories += 1;
          tried.refused += told.isBegun ? 0 : 1;
          const rows = await told.run.ports.ledger.rows('R');
          const { open } = await told.run.ports.ledger.standing();
          expect(open).toBeUndefined();
          expectOneWriter(told);
          expect(promotions(told)).toBeLessThanOrEqual(1);
          const [target, ...others] = promotedBy(rows);
          expect(others).toEqual([]);
          if (target === undefined) return;
          tried.promoted += 1;
          expectKnownLoss(told, target);
        } finally {
          await told.run.close();
        }
      }),
      runs(6),
    );
  },
  PATIENCE,
);

const endOf = ({ run, result: { outcome } }: Told) => ({
  outcome,
  record: run.google.zones.records('shop-internal')[0]?.rrdatas,
  roles: run.google.sql.all.map(({ name, instanceType, masterInstanceName }) => [
    name,
    instanceType,
    masterInstanceName,
  ]),
});

const isKill = ({ kind }: Story['troubles'][0]): boolean => kind === 'kill';

test(
  'on Google, a run whose runners are killed ends as the run without, in any topology',
  async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryStory, async (any) => {
        const story = { ...any, lives: [], troubles: any.troubles.filter(isKill) };
        const killed = await tell(story);
        const whole = await tell({ ...story, troubles: [] });
        try {
          const rows = await killed.run.ports.ledger.rows('R');
          const isJournaled = rows.some((row) => row.type === 'attempt' && row.procedure === 'promote');
          const isUnknowable = isJournaled && promotions(killed) === 0;
          const end = endOf(killed);
          expect(isUnknowable ? end.outcome : end).toEqual(isUnknowable ? 'NEEDS_OPERATOR' : endOf(whole));
        } finally {
          await Promise.all([killed.run.close(), whole.run.close()]);
        }
      }),
      runs(3),
    );
  },
  PATIENCE,
);
