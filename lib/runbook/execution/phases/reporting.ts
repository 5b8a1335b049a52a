import { isUnderstudyError } from '../../../topology';
import { outcomeOf, transition } from '../../decision';
import type { Ending } from '../ending';
import { noticeOf } from '../notice';
import type { JournalRow } from '../ports';
import { report, transitionsOf } from '../report';
import type { Run } from '../run';
import { incompleteIf, noteShortfall } from '../shortfall';
import { lateWrites } from './late-writes';

/** Tells people; before that, of a planned run, a last look at the old primary. */
export async function reporting(run: Run): Promise<Ending<'report'>> {
  await run.checkpoint(false);
  const problems = [...(await lateWrites(run, true))];
  for (const problem of problems) await noteShortfall(run, 'report', problem);
  const isLate = run.rows.some((row) => row.type === 'shortfall' && row.phase === 'report');
  try {
    await run.ports.notifier.tell(noticeOf(run.topology.name, report(asEnded(run, isLate), run.host)));
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    problems.push(`nobody could be told: ${error.message}`);
  }
  return isLate && problems.length === 0 ? { signal: 'incomplete' } : incompleteIf(run, 'report', problems);
}

/** The journal as it will be when people could be told. */
function asEnded(run: Run, isLate: boolean): readonly JournalRow[] {
  const at = run.ports.clock.now();
  const number = run.rows.length + 1;
  const signal = isLate ? 'incomplete' : 'ok';
  const outcome = outcomeOf([...transitionsOf(run.rows, run.kind), transition('report', signal, run.kind)]) ?? 'DONE';
  return [
    ...run.rows,
    { type: 'phase ended', phase: 'report', signal, number, at },
    { type: 'ended', outcome, number: number + 1, at },
  ];
}
