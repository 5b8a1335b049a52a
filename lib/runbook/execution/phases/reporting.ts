import { isUnderstudyError } from '../../../topology';
import { outcomeOf, transition, type SignalOf } from '../../decision';
import type { Ending } from '../ending';
import { isInterruption } from '../interruption';
import { noticeOf } from '../notice';
import type { JournalRow } from '../ports';
import { report, transitionsOf } from '../report';
import type { Run } from '../run';
import { incompleteIf } from '../shortfall';
import { lateWrites } from './late-writes';

/** Tells people; before that, of a planned run, a last look at the old primary. */
export async function reporting(run: Run): Promise<Ending<'report'>> {
  await run.checkpoint(false);
  const late = await lateWrites(run, 'report');
  const { signal } = await incompleteIf(run, 'report', late);
  try {
    await run.ports.notifier.tell(noticeOf(run.topology.name, report(asEnded(run, signal), run.host)));
    return await incompleteIf(run, 'report', []);
  } catch (error) {
    if (!isUnderstudyError(error) || isInterruption(error)) throw error;
    return incompleteIf(run, 'report', [`nobody could be told: ${error.message}`]);
  }
}

/** The journal as it will be when people could be told. */
function asEnded(run: Run, signal: SignalOf<'report'>): readonly JournalRow[] {
  const at = run.ports.clock.now();
  const number = run.rows.length + 1;
  const outcome = outcomeOf([...transitionsOf(run.rows, run.kind), transition('report', signal, run.kind)]) ?? 'DONE';
  return [
    ...run.rows,
    { type: 'phase ended', phase: 'report', signal, number, at },
    { type: 'ended', outcome, number: number + 1, at },
  ];
}
