import { createHash } from 'node:crypto';

/** Lambda and Step Functions take names of so many characters. */
const LONGEST = { lambda: 64, stateMachine: 80 };

/** The physical names of a runbook, the same in every Region: a person, a policy and a command find it without a reference. */
export interface RunbookNames {
  readonly table: string;
  readonly plan: string;
  readonly promote: string;
  readonly watch: string;
  readonly names: string;
  readonly stateMachine: string;
}

export function runbookNames(topology: string): RunbookNames {
  const stem = `understudy-${topology}`;
  return {
    table: stem,
    plan: fitted(stem, '-plan', LONGEST.lambda),
    promote: fitted(stem, '-promote', LONGEST.lambda),
    watch: fitted(stem, '-watch', LONGEST.lambda),
    names: fitted(stem, '-names', LONGEST.lambda),
    stateMachine: fitted(stem, '', LONGEST.stateMachine),
  };
}

/** A name that is too long ends in a hash of itself: two that begin alike stay two. */
function fitted(stem: string, suffix: string, most: number): string {
  if (stem.length + suffix.length <= most) return `${stem}${suffix}`;
  const hash = createHash('sha256').update(stem).digest('hex').slice(0, 8);
  return `${stem.slice(0, most - suffix.length - 9)}-${hash}${suffix}`;
}
