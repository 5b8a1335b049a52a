import { PHASES, type Phase, type RunbookFinding, type RunbookResult } from '../contract';
import { transition, type Kind, type Transition } from '../decision';
import type { Host } from './host';
import { nextSteps } from './next-steps';
import type { JournalEntry, JournalRow } from './ports';

/** What a run has to say for itself, from its journal alone: whoever asks, and whenever, hears the same. */
export function report(rows: readonly JournalRow[], host: Pick<Host, 'command'>): RunbookResult {
  const [begun] = rows;
  const observed = last(rows, 'observed');
  const planned = last(rows, 'planned');
  const loss = last(rows, 'loss')?.loss ?? observed?.loss;
  const fence = last(rows, 'fenced')?.fence;
  const outcome = last(rows, 'ended')?.outcome ?? 'IN_PROGRESS';
  return {
    runId: begun?.type === 'begun' ? begun.runId : 'none',
    outcome,
    phase: phaseOf(rows),
    ...(planned === undefined ? {} : { plan: planned.plan, planHash: planned.planHash }),
    findings: [...(observed?.findings ?? []), ...shortfalls(rows)],
    candidates: [...(observed?.candidates ?? [])],
    ...(loss === undefined ? {} : { loss }),
    ...(fence === undefined ? {} : { fence }),
    timings: timings(rows),
    next: [...nextSteps(rows, host)],
  };
}

/** The newest row of a type. */
export function last<T extends JournalEntry['type']>(
  rows: readonly JournalRow[],
  type: T,
): Extract<JournalRow, { type: T }> | undefined {
  return rows.findLast((row): row is Extract<JournalRow, { type: T }> => row.type === type);
}

/** The phase that a run is in, or ended in. */
export function phaseOf(rows: readonly JournalRow[]): Phase {
  const [begun] = rows;
  const ended = last(rows, 'phase ended');
  if (ended === undefined || begun?.type !== 'begun') return 'start';
  if (begun.kind === 'unfence') return 'undo';
  const { next } = transition(ended.phase, ended.signal as never, begun.kind);
  return PHASES.find((phase) => phase === next) ?? ended.phase;
}

/** The rows of the phase table that a run went through. */
export function transitionsOf(rows: readonly JournalRow[], kind: Kind): readonly Transition[] {
  return rows.flatMap((row) => (row.type === 'phase ended' ? [transition(row.phase, row.signal as never, kind)] : []));
}

/** Seconds per phase, in the order in which they first began; a phase that was repeated has the sum. */
function timings(rows: readonly JournalRow[]): RunbookResult['timings'] {
  const sums = new Map<Phase, number>();
  let began = rows[0]?.at ?? 0;
  for (const row of rows) {
    if (row.type !== 'phase ended') continue;
    sums.set(row.phase, (sums.get(row.phase) ?? 0) + Math.max(0, row.at - began));
    began = row.at;
  }
  return [...sums].map(([phase, seconds]) => ({ phase, seconds }));
}

function shortfalls(rows: readonly JournalRow[]): readonly RunbookFinding[] {
  return rows.flatMap((row) =>
    row.type === 'shortfall'
      ? [
          {
            id: `${row.phase}-incomplete`,
            severity: 'warn' as const,
            problem: row.problem,
            fix: 'see what to do next',
            acceptance: 'none' as const,
            accepted: false,
          },
        ]
      : [],
  );
}
