import type { Candidate, Plan } from '../../runbook/contract';
import { cut, paragraph, WIDTH } from './paragraph';
import { span } from './span';

/** Each member in one line: its rank and what promoting it would lose, or why it has no rank. The primary is no candidate. */
export function candidateLines(candidates: readonly Candidate[], plan: Plan | undefined): readonly string[] {
  const others = candidates.filter(({ member }) => member !== plan?.primary);
  const widest = Math.min(24, Math.max(0, ...others.map(({ member }) => member.length)));
  return others.map((candidate, index) => {
    const label = (index === 0 ? 'CANDIDATES' : '').padEnd(14);
    const rank = candidate.rank === undefined ? '-' : String(candidate.rank);
    return cut(`${label}${rank} ${candidate.member.padEnd(widest)}  ${noteOn(candidate, plan)}`, WIDTH);
  });
}

function noteOn({ member, reason, loss, rank }: Candidate, plan: Plan | undefined): string {
  if (rank !== undefined && loss !== undefined) {
    const known = `has all writes until ${timeOf(loss.from)}`;
    // A switchover waits until all have arrived, whoever it is.
    return plan?.mode === 'switchover' ? known : `may lose ${span(loss.seconds + loss.error)}, ${known}`;
  }
  // Its name is in the line already.
  return reason.startsWith(`${member} `) ? reason.slice(member.length + 1) : reason;
}

/** The day is today. */
function timeOf(instant: string): string {
  return `${instant.slice(11, 19)}Z`;
}

/** Why the target is the target. */
export function whyLines(candidates: readonly Candidate[], { target }: Plan): readonly string[] {
  const chosen = candidates.find(({ member }) => member === target);
  if (chosen === undefined) return [];
  return paragraph('TARGET', `${target} ${chosen.reason}`);
}
