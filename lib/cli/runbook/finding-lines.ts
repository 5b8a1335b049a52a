import type { RunbookFinding } from '../../runbook/contract';
import type { Paint } from '../paint';
import { inOptions } from './in-options';
import { cut, INDENT, paragraph, WIDTH } from './paragraph';

/**
 * What was found: first what stops the run, then what was accepted, then what is only worth knowing.
 *
 * @param isShort a warning gets one line: there is no room for what to do about what stops nobody
 */
export function findingLines(findings: readonly RunbookFinding[], paint: Paint, isShort = false): readonly string[] {
  return findings.toSorted((a, b) => rankOf(a) - rankOf(b)).flatMap((finding) => linesOf(finding, paint, isShort));
}

const RANKED = [
  { label: 'STOPPED BY', colour: 'red' },
  { label: 'ACCEPTED', colour: 'yellow' },
  { label: 'WARNING', colour: 'yellow' },
] as const;

function rankOf({ severity, accepted }: RunbookFinding): 0 | 1 | 2 {
  if (severity === 'warn') return 2;
  return accepted ? 1 : 0;
}

function linesOf(finding: RunbookFinding, paint: Paint, isShort: boolean): readonly string[] {
  const { id, severity, problem, fix, accepted } = finding;
  const { label, colour } = RANKED[rankOf(finding)];
  const style = (text: string): string => paint(colour, text);
  // Whoever accepted it has read it.
  if (accepted || (isShort && severity === 'warn'))
    return paragraph(label, cut(`${id}: ${problem}`, WIDTH - INDENT), style);
  return paragraph(label, inOptions(`${id}: ${problem}. To do: ${fix}${howToAccept(finding)}`), style);
}

/** Unless the fix says so already. */
function howToAccept({ id, severity, acceptance, fix }: RunbookFinding): string {
  if (severity !== 'block') return '';
  if (acceptance === 'none') return '. Nobody can accept it';
  if (fix.includes(acceptance)) return '';
  const option = acceptance === 'override' ? `--override ${id}` : acceptance;
  return `. To accept it: ${option}`;
}
