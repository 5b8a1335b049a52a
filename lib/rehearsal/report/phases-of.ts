import type { Phase } from '../../runbook/contract';
import type { JournalRow } from '../../runbook/execution/ports';

export interface PhaseTime {
  readonly phase: Phase;
  readonly from: number;
  readonly to: number;
}

/** When a run was in which phase, in the journal's own seconds. A phase that did not end lasts until the last that is known of it. */
export function phasesOf(rows: readonly JournalRow[]): readonly PhaseTime[] {
  let from = rows[0]?.at ?? 0;
  let open: PhaseTime | undefined;
  const ended: PhaseTime[] = [];
  for (const row of rows) {
    if (row.type === 'resumed') {
      // Nobody worked on it since it was left.
      if (open !== undefined) ended.push(open);
      from = row.at;
      open = undefined;
    }
    if (row.type === 'attempt' || row.type === 'answer') open = { phase: row.phase, from, to: row.at };
    if (row.type !== 'phase ended') continue;
    ended.push({ phase: row.phase, from, to: row.at });
    from = row.at;
    open = undefined;
  }
  return open === undefined ? ended : [...ended, open];
}
