import { isUnderstudyError, type Topology } from '../../topology';
import type { RunbookEvent, RunbookResult } from '../contract';
import { aborted } from './aborted';
import { beginRun } from './begin-run';
import type { Host } from './host';
import { USUAL_LIMITS, type Limits } from './limits';
import { planned } from './planned';
import type { Ports } from './ports';
import { refusal } from './refusal';
import { statusOf } from './status-of';
import { unfenced } from './unfenced';

/** Everything that an invocation needs. */
export interface Stage {
  readonly ports: Ports;
  readonly host: Host;
  /** As the program declares it. */
  readonly topology: Topology;
  /** @default USUAL_LIMITS */
  readonly limits?: Limits;
}

/** What is found before a run is begun or gone on with. */
const BEFORE_ANYTHING: readonly string[] = ['run-differs', 'standing-unknown'];

/**
 * Answers one event: begins a run or goes on with one, as far as the host's time goes.
 *
 * @throws UnderstudyError when nothing could even be looked at: the ledger does not answer, the run is another kind of run.
 * Whatever a run did is in its journal then, and the same event continues it.
 */
export async function runRunbook(event: RunbookEvent, stage: Stage): Promise<RunbookResult> {
  try {
    return await answered(event, stage);
  } catch (error) {
    // Any other refusal (of a look, of a journal) tells nothing about the run: what was changed, was.
    if (!isUnderstudyError(error) || !BEFORE_ANYTHING.includes(error.code)) throw error;
    return refusal(event.runId ?? 'none', error.code, error.message, 'see the message');
  }
}

function answered(event: RunbookEvent, stage: Stage): Promise<RunbookResult> {
  const set = { limits: USUAL_LIMITS, ...stage };
  switch (event.mode) {
    case 'plan':
      return planned(event, set);
    case 'status':
      return statusOf(event, set);
    case 'abort':
      return aborted(event, set);
    case 'unfence':
      return unfenced(event, set);
    case 'switchover':
    case 'failover':
      return beginRun(event, set);
  }
}
