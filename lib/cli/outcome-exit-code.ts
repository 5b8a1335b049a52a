import type { Outcome } from '../runbook/contract';
import { EXIT, type ExitCode } from './exit-code';

/** The exit code of every outcome of a run: a script can tell them apart without reading the result. */
export const OUTCOME_EXIT_CODE: Readonly<Record<Outcome, ExitCode>> = {
  DONE: EXIT.ok,
  DEGRADED: EXIT.degraded,
  REFUSED: EXIT.refused,
  NEEDS_OPERATOR: EXIT.needsOperator,
  ABORTED: EXIT.aborted,
  IN_PROGRESS: EXIT.inProgress,
};
