import type { RunbookFinding } from '../contract';
import { lossBound, type Case, type Check } from './check';
import { MOVE_CHECKS } from './move-checks';
import { worstOf } from './loss';
import { moveOf } from './move';
import { PRIMARY_CHECKS } from './primary-checks';
import { TARGET_CHECKS } from './target-checks';

/** Everything that preflight looks for, in the order in which it is told. */
export const CHECKS: readonly Check[] = [...PRIMARY_CHECKS, ...MOVE_CHECKS, ...TARGET_CHECKS];

type Seen = Omit<RunbookFinding, 'accepted'>;

/** Everything that stands against a run, or is worth knowing before it, and what of it was accepted. */
export function preflight(each: Case): readonly RunbookFinding[] {
  const found = [
    ...CHECKS.flatMap(({ id, severity, acceptance, moves, look }): readonly Seen[] => {
      if (moves !== undefined && !moves.includes(moveOf(each.observation.topology))) return [];
      const message = look(each);
      return message === undefined ? [] : [{ id, severity, acceptance, ...message }];
    }),
    ...each.observation.obstacles,
  ];
  const findings = found.map((finding) => ({ ...finding, accepted: isAccepted(finding, each) }));
  return [...findings, ...overridesInVain(findings, each)];
}

/** Whether a finding stops the run. */
export function isBlocking({ severity, accepted }: RunbookFinding): boolean {
  return severity === 'block' && !accepted;
}

function isAccepted({ id, severity, acceptance }: Seen, { request, policy, chosen }: Case): boolean {
  if (severity === 'warn') return false;
  switch (acceptance) {
    case 'none':
      return false;
    case 'override':
      return request.override?.includes(id) === true;
    case 'acceptSplitBrainRisk':
      return request.acceptSplitBrainRisk !== undefined;
    case 'acceptDataLoss':
      return chosen?.loss !== undefined && Math.ceil(worstOf(chosen.loss)) <= lossBound({ request, policy });
  }
}

/** An override that accepts nothing is a misspelt one, or a misunderstood one: its author should know. */
function overridesInVain(findings: readonly RunbookFinding[], { request }: Case): readonly RunbookFinding[] {
  const names = [...new Set(request.override ?? [])].toSorted();
  return names
    .filter((name) => !findings.some(({ id, accepted }) => id === name && accepted))
    .map((name) => {
      const finding = findings.find(({ id }) => id === name);
      const ways = finding?.acceptance ?? 'none';
      return {
        id: 'override-in-vain',
        severity: 'warn',
        acceptance: 'none',
        accepted: false,
        problem:
          finding === undefined
            ? `override names ${name}, and there is no such finding now`
            : `override names ${name}, which cannot be accepted so`,
        fix: finding === undefined || ways === 'none' ? 'take it away' : `use ${ways}`,
      };
    });
}
