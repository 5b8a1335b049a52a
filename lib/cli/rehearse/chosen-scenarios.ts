import type { Scenario } from '../../rehearsal';
import type { Topology } from '../../topology';
import { findingLine } from '../finding-line';
import type { Io } from '../io';
import { paintFor } from '../paint';

/** A scenario, and what it was called by whoever wants it: a name, or a file. */
export interface ChosenScenario {
  readonly scenario: Scenario;
  readonly called: string;
}

/** One promotion that is planned, and one that is not; of a global database that can be moved nowhere, what is to be done first. */
const USUAL = [['planned-switchover', 'primary-killed'], ['planned-switchover', 'region-cut-off'], ['headless-target']];

/**
 * The scenarios that are wanted; undefined: a file has errors, and they were told.
 *
 * @throws UnderstudyError `no-such-scenario`
 */
export async function chosenScenarios(
  wanted: readonly string[],
  topology: Topology,
  io: Io,
): Promise<readonly ChosenScenario[] | undefined> {
  const { checkScenarioText, scenarioNamed, isFit } = io.rehearsal();
  // Where nothing fits, the first says why.
  const usual = USUAL.find((names) => names.every((name) => isFit(scenarioNamed(name), topology))) ?? USUAL[0];
  const chosen: ChosenScenario[] = [];
  for (const called of new Set(wanted.length === 0 ? usual : wanted)) {
    if (!isFile(called)) {
      chosen.push({ scenario: scenarioNamed(called), called });
      continue;
    }
    const { scenario, findings } = checkScenarioText(await io.readFile(called));
    const paint = paintFor(io.stderr, io.env);
    for (const finding of findings) io.stderr.write(findingLine(finding, called, paint));
    if (scenario === undefined) return undefined;
    chosen.push({ scenario, called });
  }
  return chosen;
}

/** A name has neither. */
function isFile(text: string): boolean {
  return /[./\\]/.test(text);
}
