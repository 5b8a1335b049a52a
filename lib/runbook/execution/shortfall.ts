import type { Phase } from '../contract';
import type { Run } from './run';

/** Writes down what is not as it should be, once. */
export async function noteShortfall(run: Run, phase: Phase, problem: string): Promise<void> {
  const isKnown = run.rows.some((row) => row.type === 'shortfall' && row.phase === phase && row.problem === problem);
  if (!isKnown) await run.append({ type: 'shortfall', phase, problem });
}

/** Ends a phase that goes on in spite of what is missing. */
export async function incompleteIf(
  run: Run,
  phase: Phase,
  problems: readonly string[],
): Promise<{ readonly signal: 'ok' } | { readonly signal: 'incomplete'; readonly detail: string }> {
  for (const problem of problems) await noteShortfall(run, phase, problem);
  // Also what a runner before this one wrote down: a run that was taken up again ends as it would have.
  const all = run.rows.flatMap((row) => (row.type === 'shortfall' && row.phase === phase ? [row.problem] : []));
  return all.length === 0 ? { signal: 'ok' } : { signal: 'incomplete', detail: all.join('; ') };
}
