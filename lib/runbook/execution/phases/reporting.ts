import { isUnderstudyError } from '../../../topology';
import { outcomeOf, transition } from '../../decision';
import type { Ending } from '../ending';
import { noticeOf } from '../notice';
import type { JournalRow } from '../ports';
import { report, transitionsOf } from '../report';
import type { Run } from '../run';
import { incompleteIf } from '../shortfall';

/** Tells people. */
export async function reporting(run: Run): Promise<Ending<'report'>> {
  await run.checkpoint(false);
  try {
    await run.ports.notifier.tell(noticeOf(run.topology.name, report(asEnded(run), run.host)));
    return { signal: 'ok' };
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    return incompleteIf(run, 'report', [`nobody could be told: ${error.message}`]);
  }
}

/** The journal as it will be when people could be told. */
function asEnded(run: Run): readonly JournalRow[] {
  const at = run.ports.clock.now();
  const number = run.rows.length + 1;
  const outcome = outcomeOf([...transitionsOf(run.rows, run.kind), transition('report', 'ok', run.kind)]) ?? 'DONE';
  return [
    ...run.rows,
    { type: 'phase ended', phase: 'report', signal: 'ok', number, at },
    { type: 'ended', outcome, number: number + 1, at },
  ];
}
