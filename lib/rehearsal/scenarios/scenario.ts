import type { RunbookResult } from '../../runbook/contract';
import { formatFinding, readText, shapeFindings, UnderstudyError, type Finding } from '../../topology';
import { DEEDS, scenarioSchema, type ActInput, type ScenarioInput } from './scenario-schema';

/** Something that happens to a topology, and what the runbook is asked then. */
export type Scenario = ScenarioInput;

export type Outcome = RunbookResult['outcome'];

/** A scenario with all that was found in it. It is there only when nothing was. */
export interface CheckedScenario {
  readonly scenario?: Scenario;
  readonly findings: readonly Finding[];
}

/** Like {@link parseScenario}, but returns what it finds instead of throwing. */
export function checkScenarioText(text: string): CheckedScenario {
  return readText(text, checkScenario);
}

/**
 * A scenario written in YAML or JSON.
 *
 * @param file only named in messages
 * @throws UnderstudyError `scenario-refused` with every finding, and its line and column
 */
export function parseScenario(text: string, file?: string): Scenario {
  const { scenario, findings } = checkScenarioText(text);
  if (scenario !== undefined) return scenario;
  const count = findings.length === 1 ? '1 error' : `${findings.length} errors`;
  const lines = findings.map((finding) => `  ${formatFinding(finding, file)}`);
  throw new UnderstudyError('scenario-refused', `the scenario has ${count}:\n${lines.join('\n')}`);
}

/** Checks a scenario as it is written. */
export function checkScenario(input: unknown): CheckedScenario {
  const shape = shapeFindings(input, { schema: scenarioSchema, name: 'the scenario' });
  if (shape.length > 0) return { findings: shape };
  const scenario = input as Scenario;
  const findings = [...(scenario.acts ?? []).flatMap(misplaced), ...unknownRuns(scenario)];
  return findings.length > 0 ? { findings } : { scenario, findings };
}

/** What an act says that its deed does not read, or leaves out that it needs. */
function misplaced(act: ActInput, index: number): readonly Finding[] {
  const fields: readonly string[] = DEEDS[act.do];
  const path = ['acts', String(index)];
  const said = ['member', 'region', 'by', 'service', 'action', 'times'].filter((key) => key in act);
  const allowed = fields.map((field) => field.replace('?', '')).join(', ') || 'nothing more';
  const unread = said.filter((key) => !fields.includes(key) && !fields.includes(`${key}?`));
  const missing = fields.filter((field) => !field.endsWith('?') && !said.includes(field));
  return [
    ...unread.map((key) => finding('unread-key', [...path, key], `${act.do} reads no ${key}`, allowed, 'take it away')),
    ...missing.map((key) => finding('missing-value', path, `${act.do} has no ${key}`, allowed, `add ${key}`)),
    ...timeless(act, path),
  ];
}

function timeless({ at, when }: ActInput, path: readonly string[]): readonly Finding[] {
  if ((at === undefined) !== (when === undefined)) return [];
  const problem = at === undefined ? 'an act says neither at nor when' : 'an act says both at and when';
  return [finding('missing-value', path, problem, 'one of the two', at === undefined ? 'add one' : 'take one away')];
}

function unknownRuns({ runs }: Scenario): readonly Finding[] {
  return runs.flatMap(({ resume }, index) =>
    resume === undefined || resume <= index
      ? []
      : finding(
          'invalid-value',
          ['runs', String(index), 'resume'],
          `resume is ${resume}`,
          index === 0 ? 'no resume in the first run' : `the number of an earlier run, 1 to ${index}`,
          'write it so',
        ),
  );
}

// eslint-disable-next-line max-params -- one for each field of a finding
function finding(code: string, path: readonly string[], problem: string, allowed: string, fix: string): Finding {
  return { code, severity: 'error', path, problem, allowed, fix };
}
