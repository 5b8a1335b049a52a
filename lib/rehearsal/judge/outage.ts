import { PHASES, type Phase } from '../../runbook/contract';
import type { JournalRow } from '../../runbook/execution/ports';
import type { Write } from '../clients/write-log';

/** The longest time in which nobody was acknowledged a write that is still there in the end, by the cloud's clock. */
export interface Outage {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** How much of an outage fell into one phase of the run, in seconds; `before`: nobody had asked the runbook yet. */
export interface PhaseOutage {
  readonly phase: Phase | 'before' | 'after';
  readonly seconds: number;
}

/** One that is not over lasts until the last client has tried for the last time. @param present ids that are there in the end */
export function outageIn(writes: readonly Write[], present: ReadonlySet<string>): Outage | undefined {
  const times = writes
    .filter(({ id, end }) => end === 'acknowledged' && present.has(id))
    .map(({ ended }) => ended)
    .sort((a, b) => a - b);
  if (times.length > 0) times.push(writes.reduce((last, { ended }) => Math.max(last, ended), 0));
  let longest: Outage | undefined;
  times.forEach((to, index) => {
    const from = times[index - 1] ?? to;
    if (longest === undefined || to - from > longest.to - longest.from) longest = { from, to };
  });
  return longest;
}

/** Splits an outage along a run's phases. A phase that was gone through twice has the sum. */
export function outageByPhase(outage: Outage, rows: readonly JournalRow[]): readonly PhaseOutage[] {
  const sums = new Map<PhaseOutage['phase'], number>();
  const add = (phase: PhaseOutage['phase'], from: number, to: number): void => {
    const shared = Math.min(to, outage.to) - Math.max(from, outage.from);
    if (shared > 0) sums.set(phase, (sums.get(phase) ?? 0) + shared / 1000);
  };
  let at = (rows[0]?.at ?? Infinity) * 1000;
  add('before', -Infinity, at);
  for (const row of rows) {
    if (row.type !== 'phase ended') continue;
    add(row.phase, at, row.at * 1000);
    at = row.at * 1000;
  }
  if (rows.length > 0) add('after', at, Infinity);
  const order = ['before', ...PHASES, 'after'] as const;
  return order.flatMap((phase) => {
    const seconds = sums.get(phase);
    return seconds === undefined ? [] : { phase, seconds };
  });
}
