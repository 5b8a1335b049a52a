/** Whether a finding stops synthesis (`error`) or only informs (`warning`). */
export type Severity = 'error' | 'warning';

/** Where in a text a finding points; both count from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** One thing wrong, or doubtful, in a topology. */
export interface Finding {
  /** A literal that stays the same between releases; the README lists them. */
  readonly code: string;
  readonly severity: Severity;
  /** Where in the topology, for example `['members', 'dublin-a', 'key']`. */
  readonly path: readonly string[];
  /** What is wrong, with the value found. */
  readonly problem: string;
  /** What would have been right. */
  readonly allowed: string;
  /** What to change. */
  readonly fix: string;
  /** Only known when the topology was read from text. */
  readonly position?: TextPosition;
}

/** The finding in one sentence each for problem, allowance and fix. */
export function messageOf(finding: Finding): string {
  const fix = finding.fix.endsWith('?') ? finding.fix : `${finding.fix}.`;
  return `${finding.problem}. Allowed: ${finding.allowed}. Fix: ${fix}`;
}

/** The finding on one line: severity, code, place, message. */
export function formatFinding(finding: Finding, file?: string): string {
  const where = finding.position === undefined ? undefined : `${finding.position.line}:${finding.position.column}`;
  const place = [file, where].filter((part) => part !== undefined).join(':');
  const path = finding.path.length === 0 ? '' : ` ${finding.path.join('.')}:`;
  return `${place === '' ? '' : `${place} `}${finding.severity} ${finding.code}:${path} ${messageOf(finding)}`;
}
