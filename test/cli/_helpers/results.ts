import type { RunbookEvent, RunbookResult } from '../../../lib/runbook/contract';
import { candidateList, decide, lossEstimate, requestOf, type Observation } from '../../../lib/runbook/decision';
import { commandLine, report } from '../../../lib/runbook/execution';
import type { JournalEntry, JournalRow } from '../../../lib/runbook/execution/ports';
import { planHash } from '../../../lib/runbook/execution/plan-hash';

export const PLACE = { topology: 'orders', region: 'eu-west-1' };
const command = (event: RunbookEvent): string => commandLine(event, PLACE);

/** A journal of a run that was asked this and saw that, as the execution writes it, up to the approval. */
export function journal(
  event: RunbookEvent,
  observation: Observation,
  more: readonly JournalEntry[] = [],
): JournalRow[] {
  const request = requestOf(event, observation);
  if (request === undefined) throw new Error(`mode ${event.mode} plans nothing`);
  const { findings, candidates, chosen, plan, isBlocked } = decide(request, observation);
  const isPlan = event.mode === 'plan';
  const phases = isBlocked ? (['start', 'observe'] as const) : (['start', 'observe', 'preflight', 'choose'] as const);
  const loss = chosen?.loss === undefined || request.kind === 'switchover' ? {} : { loss: lossEstimate(chosen.loss) };
  const last: readonly JournalEntry[] = isBlocked
    ? [
        { type: 'phase ended', phase: 'preflight', signal: 'blocked' },
        { type: 'ended', outcome: 'REFUSED' },
      ]
    : isPlan
      ? [
          { type: 'phase ended', phase: 'approve', signal: 'plan only' },
          { type: 'ended', outcome: 'DONE' },
        ]
      : event.approve === undefined
        ? [
            { type: 'phase ended', phase: 'approve', signal: 'not approved', detail: 'nobody has approved the plan' },
            { type: 'ended', outcome: 'REFUSED' },
          ]
        : [{ type: 'phase ended', phase: 'approve', signal: 'ok' }];
  const { topology } = observation;
  const entries: readonly JournalEntry[] = [
    {
      type: 'begun',
      runId: event.runId ?? 'run-0',
      kind: request.kind,
      event,
      topology,
      declared: topology.primary,
      holder: 'lambda',
    },
    ...phases.map((phase) => ({ type: 'phase ended', phase, signal: 'ok' }) as const),
    { type: 'observed', findings, candidates: candidateList(candidates), ...loss },
    ...(plan === undefined ? [] : [{ type: 'planned', plan, planHash: planHash(plan) } as const]),
    ...last,
    ...more,
  ];
  return entries.map((entry, index) => ({ ...entry, number: index + 1, at: observation.at + index }));
}

/** What the runbook answers to that. */
export function resultOf(
  event: RunbookEvent,
  observation: Observation,
  more: readonly JournalEntry[] = [],
): RunbookResult {
  return report(journal(event, observation, more), { command });
}
