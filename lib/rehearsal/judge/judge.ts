import type { Read } from '../clients/read-log';
import type { Write } from '../clients/write-log';
import { movesIn, type Evidence, type Promised } from './evidence';
import { lossPromises, lostIn } from './loss';
import { outageByPhase, outageIn, type PhaseOutage } from './outage';
import { readsFresh, staleReadsIn } from './reads';
import { oneRunner } from './runners';
import { truthPromises } from './truth';
import { writerPromises } from './writers';

export interface Verdict {
  readonly isKept: boolean;
  readonly promises: readonly Promised[];
  /** Acknowledged, and not there any more. */
  readonly lost: readonly Write[];
  /** Seconds of the cloud without writes, as clients saw it: the longest in which nobody was acknowledged one that is still there. */
  readonly outage: number;
  readonly outageByPhase: readonly PhaseOutage[];
  /** Reads after the names were moved that were shown nothing of what was written since the promotion. */
  readonly staleReads: readonly Read[];
}

/** Holds what clients, servers and the cloud say against what the runbook promised, and against what it says of itself. */
export function judge(evidence: Evidence): Verdict {
  const promises = [
    ...outcomes(evidence),
    ...lossPromises(evidence),
    ...writerPromises(evidence),
    oneRunner(evidence),
    ...readsFresh(evidence),
    ...truthPromises(evidence),
  ];
  const outage = outageIn(evidence.writes, evidence.present);
  const rows = (movesIn(evidence).at(-1)?.runs ?? evidence.runs.slice(0, 1)).flatMap((run) => run.rows);
  return {
    isKept: promises.every(({ isKept }) => isKept),
    promises,
    lost: lostIn(evidence),
    outage: outage === undefined ? 0 : (outage.to - outage.from) / 1000,
    outageByPhase: outage === undefined ? [] : outageByPhase(outage, rows),
    staleReads: staleReadsIn(evidence),
  };
}

/** A runner that was killed says nothing. */
function outcomes({ runs }: Evidence): readonly Promised[] {
  return runs.flatMap(({ result, outcomes: allowed }) =>
    result === undefined
      ? []
      : {
          id: 'outcome' as const,
          isKept: allowed.includes(result.outcome),
          seen: `the run ended ${result.outcome}; allowed is ${allowed.join(' or ')}`,
        },
  );
}
