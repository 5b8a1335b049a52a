import { formatDuration, type MemberId, type Seconds } from '../../topology';
import type { EligibleCandidate } from './candidates';
import type { Loss } from './loss';
import type { Observation } from './observation';
import type { Kind } from './phase-table';

/** What a run is going to do, as a person approves it. */
export interface RunPlan {
  readonly mode: Kind;
  readonly primary: MemberId;
  readonly target: MemberId;
  /** Of a switchover, nothing: it waits until the target has everything. */
  readonly loss: Loss | 'nothing' | 'unknown';
  readonly fence: string;
  readonly irreversible: string;
  /** Estimate of the time without a primary. */
  readonly duration: Seconds;
  readonly steps: readonly string[];
}

/**
 * How long the cloud takes, from published figures; nobody measured them for this database.
 *
 * Promotion of an RDS replica: "several minutes or longer". A reboot: one to two minutes.
 */
const PROMOTION: Seconds = 300;
const FENCE: Seconds = 120;

/** The plan that follows from what was seen. */
export function planFor(kind: Kind, { topology }: Observation, chosen: EligibleCandidate): RunPlan {
  const { primary } = topology;
  const { member: target } = chosen;
  const first =
    kind === 'switchover'
      ? [
          `freeze ${primary}: no more writes, its position captured twice and equal`,
          `wait until ${target} has applied that position`,
        ]
      : [`fence ${primary}: quarantine, end its sessions, prove that nobody can write`];
  return {
    mode: kind,
    primary,
    target,
    loss: kind === 'switchover' ? 'nothing' : (chosen.loss ?? 'unknown'),
    fence: first[0] ?? '',
    irreversible: `promote ${target}: it never follows ${primary} again`,
    duration: (kind === 'switchover' ? 0 : FENCE) + PROMOTION,
    steps: [
      ...first,
      `promote ${target} (about ${formatDuration(PROMOTION)}; cannot be undone)`,
      `turn on backups, standby and deletion protection of ${target}`,
      `point the writer endpoints to ${target}, and stale readers away`,
      `create replicas of ${target}; keep ${primary}, fenced`,
    ],
  };
}

/** The plan as text that is equal exactly when the plan is: what a person approves is its hash. Estimates are left out. */
export function fingerprint({ mode, primary, target, fence, irreversible }: RunPlan): string {
  return JSON.stringify([mode, primary, target, fence, irreversible]);
}
