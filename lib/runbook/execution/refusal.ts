import type { RunbookResult } from '../contract';

/** The answer to what cannot be done, where nothing was changed and nothing is in a journal. */
export function refusal(runId: string, id: string, problem: string, fix: string): RunbookResult {
  return {
    runId,
    outcome: 'REFUSED',
    phase: 'start',
    findings: [{ id, severity: 'block', acceptance: 'none', accepted: false, problem, fix }],
    candidates: [],
    timings: [],
    next: [`Nothing was changed: ${problem}. To do: ${fix}.`],
  };
}
