import type { Finding } from './finding';
import { missingValues } from './missing-values';
import { normalise } from './normalise';
import { findingsIn } from './rules/rules';
import type { TopologyInput } from './schema';
import { shapeFindings } from './shape-findings';
import type { Topology } from './topology';

/** A topology with all that was found in it. It is there only when no finding is an error. */
export interface Checked {
  readonly topology?: Topology;
  readonly findings: readonly Finding[];
}

/** Fields without which the others cannot be judged: when one of them is wrong, rules would only raise false alarms. */
const STRUCTURAL = new Set([
  ...['engine', 'name', 'primary', 'members', 'objectives', 'lag', 'heartbeat'],
  ...['replicaOf', 'retired', 'promotion', 'version', 'encrypted', 'key', 'cloud'],
]);

/** Checks a topology as it is written: shape and rules, everything at once. Never throws for what it finds. */
export function check(input: unknown): Checked {
  const shape = shapeFindings(input);
  if (shape.length === 0) {
    const topology = normalise(input as TopologyInput);
    const findings = findingsOf(topology);
    return hasErrors(findings) ? { findings } : { topology: deepFreeze(topology), findings };
  }
  const rest = withoutBroken(input, shape);
  const ruled = rest === undefined ? [] : findingsOf(normalise(rest));
  return {
    findings: [...shape, ...ruled.filter((finding) => !shape.some((broken) => startsWith(finding.path, broken.path)))],
  };
}

/** True when at least one finding stops synthesis. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

function findingsOf(topology: Topology): readonly Finding[] {
  return [...missingValues(topology), ...findingsIn(topology)];
}

/** The input without its broken leaves, so that the rules can judge the rest; undefined when too little is left. */
function withoutBroken(input: unknown, broken: readonly Finding[]): TopologyInput | undefined {
  return broken.some(isStructural)
    ? undefined
    : (broken.reduce((rest, { path }) => without(rest, path), input) as TopologyInput);
}

function isStructural({ code, path, fix }: Finding): boolean {
  // Sections of another cloud tell nothing of this one.
  if (code === 'other-cloud') return path.includes('name');
  // A misspelt key leaves unknown what was meant to be there.
  if (code === 'unknown-key') return fix.startsWith('did you mean');
  const isMember = path[0] === 'members' && path.length === 2;
  return path.length === 0 || isMember || STRUCTURAL.has(path.at(-1) ?? '') || path.includes('parameters');
}

/** The value without what is at the path; everything else stays in its order. */
function without(value: unknown, [key, ...deeper]: readonly string[]): unknown {
  if (key === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const left = Object.entries(value).map(
    ([own, inner]) => [own, own === key ? without(inner, deeper) : inner] as const,
  );
  return Object.fromEntries(left.filter(([own, inner]) => own !== key || inner !== undefined));
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((key, index) => path[index] === key);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
