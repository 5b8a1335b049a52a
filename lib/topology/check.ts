import type { Finding } from './finding';
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
const STRUCTURAL = new Set(['engine', 'name', 'primary', 'members', 'objectives', 'lag', 'replicaOf', 'retired', 'promotion']);

/** Checks a topology as it is written: shape and rules, everything at once. Never throws for what it finds. */
export function check(input: unknown): Checked {
  const shape = shapeFindings(input);
  if (shape.length === 0) {
    const topology = normalise(input as TopologyInput);
    const findings = [...missingValues(topology), ...findingsIn(topology)];
    return hasErrors(findings) ? { findings } : { topology: deepFreeze(topology), findings };
  }
  const rest = withoutBroken(input, shape);
  const ruled = rest === undefined ? [] : findingsIn(normalise(rest));
  return { findings: [...shape, ...ruled.filter((finding) => !shape.some((broken) => startsWith(finding.path, broken.path)))] };
}

/** True when at least one finding stops synthesis. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** What a file must say although the model allows it to be unknown. */
function missingValues(topology: Topology): readonly Finding[] {
  return topology.members.flatMap((member): readonly Finding[] => {
    if (member.retired === 'removed') return [];
    const path = ['members', member.id];
    const missing: Finding[] = [];
    if (member.size === undefined) {
      missing.push({ code: 'missing-value', severity: 'error', path: [...path, 'size'], problem: 'size is missing', allowed: 'a size, for example db.r7g.large; a replica takes that of its source', fix: 'add size' });
    }
    if (member.replicaOf === undefined && member.storage.gib === undefined) {
      missing.push({ code: 'missing-value', severity: 'error', path: [...path, 'storage', 'gib'], problem: 'storage.gib is missing', allowed: 'gibibytes: a whole number from 20 to 65536', fix: 'add storage with gib' });
    }
    return missing;
  });
}

/** The input without its broken leaves, so that the rules can judge the rest; undefined when too little is left. */
function withoutBroken(input: unknown, broken: readonly Finding[]): TopologyInput | undefined {
  if (broken.some(({ path, code }) => code !== 'unknown-key' && (path.length === 0 || path.length === 2 || STRUCTURAL.has(path.at(-1) ?? '')))) {
    return undefined;
  }
  return broken.reduce((rest, { path }) => without(rest, path), input) as TopologyInput;
}

function without(value: unknown, [key, ...deeper]: readonly string[]): unknown {
  if (key === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { [key]: inner, ...others } = value as Record<string, unknown>;
  const left = deeper.length === 0 ? undefined : without(inner, deeper);
  return left === undefined ? others : { ...others, [key]: left };
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
