import fc from 'fast-check';
import { decide, type LagSample, type MemberObservation, type Observation } from '../../../lib/runbook/decision';
import { sample } from '../../_helpers/sample-topology';
import { AT, LOST, scene } from '../_helpers/scene';
import { runs } from '../../_proofs/_helpers/runs';

/**
 * A primary that commits, one replica that follows, and what an honest but late runbook sees of both. All in true time, in
 * seconds before AT; what is seen of it is then written by clocks that are up to half a second off.
 */
interface Stream {
  readonly engine: 'mysql' | 'postgres';
  /** When each write was committed. */
  readonly commits: readonly number[];
  /** The network between the two was cut: nothing arrives after. The primary may live on. */
  readonly cut: number;
  /** The primary died. */
  readonly death: number;
  /** How late the replica applies. */
  readonly delay: number;
  /** When in its minute each sample was taken. */
  readonly taken: readonly number[];
  /** What the runbook's clock is off against those that write samples and commits. */
  readonly skew: number;
  /** How long before the death the primary was last seen. */
  readonly unseen: number;
  /** How long after it that was proven; undefined: it was not. */
  readonly proven?: number | undefined;
  readonly bySql: boolean;
}

const START = -3600;
const within = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true });

const stream: fc.Arbitrary<Stream> = fc
  .record({
    engine: fc.constantFrom('mysql' as const, 'postgres' as const),
    commits: fc.array(within(START, -1), { minLength: 1, maxLength: 30 }),
    death: within(-1200, -100),
    beforeDeath: fc.oneof(fc.constant(0), within(0, 400)),
    delay: fc.oneof(fc.constant(0), within(0, 120)),
    taken: fc.array(within(0, 60), { minLength: 60, maxLength: 60 }),
    skew: within(-0.5, 0.5),
    unseen: within(0, 200),
    proven: fc.option(within(0, 60), { nil: undefined }),
    bySql: fc.boolean(),
  })
  .map(({ beforeDeath, ...each }) => ({ ...each, cut: each.death - beforeDeath }));

const committed = ({ commits, death }: Stream): readonly number[] => commits.filter((at) => at <= death);

/** What the replica has at a time: all that arrived before the cut, as late as it applies. */
const appliedAt = (each: Stream, at: number): readonly number[] =>
  committed(each).filter((commit) => commit <= each.cut && commit + each.delay <= at);

/** The lag as the engine reports it at a time. */
function lagAt(each: Stream, at: number): number | null {
  const has = appliedAt(each, at);
  if (each.engine === 'postgres') return at - Math.max(START, ...has);
  // MySQL: null once the receiver has given up; else the age of the oldest write that has arrived and is not applied; else 0.
  if (at > each.cut + 60) return null;
  const waiting = committed(each).filter((commit) => commit <= Math.min(at, each.cut) && !has.includes(commit));
  return waiting.length === 0 ? 0 : at - Math.min(...waiting);
}

function seenOf(each: Stream): Observation {
  const stamp = (at: number): number => AT + at + each.skew;
  const samples: LagSample[] = each.taken.map((offset, minute) => {
    const end = START + (minute + 1) * 60;
    return { at: stamp(end), lag: lagAt(each, end - offset) };
  });
  const newest = Math.max(START, ...appliedAt(each, 0));
  const bab: Partial<MemberObservation> = {
    replication: 'stopped',
    samples,
    ...(each.bySql ? { position: { appliedTo: stamp(newest), error: 1, source: 'sql' } } : {}),
  };
  const stoppedAt = each.proven === undefined ? undefined : Math.min(AT, AT + each.death + each.proven);
  const ada = { ...LOST, lastSeenAlive: AT + each.death - each.unseen, stoppedAt };
  return scene({ ada, bab }, {}, sample(each.engine));
}

test('the window of loss contains every write that is lost, and its size is not understated', () => {
  let judged = 0;
  const often = runs(300);
  fc.assert(
    fc.property(stream, (each) => {
      const { chosen } = decide({ kind: 'failover' }, seenOf(each));
      // A member that did not replicate any more when the primary was last seen is no candidate, and makes no claim.
      if (chosen?.loss === undefined) return;
      judged += 1;
      const { from, to = AT, seconds, error } = chosen.loss;
      const has = appliedAt(each, 0);
      for (const commit of committed(each).filter((at) => !has.includes(at))) {
        const at = AT + commit + each.skew;
        expect({ isAfter: at >= from, isBefore: at <= to }).toStrictEqual({ isAfter: true, isBefore: true });
        expect(to - at).toBeLessThanOrEqual(seconds + error + 1e-6);
      }
    }),
    often,
  );
  expect(judged).toBeGreaterThan(often.numRuns / 2);
});
