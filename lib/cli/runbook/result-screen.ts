import type { Outcome, RunbookResult } from '../../runbook/contract';
import type { CommandPlace } from '../../runbook/execution';
import type { Paint } from '../paint';
import { inOptions } from './in-options';
import { findingLines } from './finding-lines';
import { lossText } from './loss-text';
import { inOurCommands } from './our-commands';
import { paragraph } from './paragraph';
import { span } from './span';
import { adviceLines } from './typed-lines';

const WORDS: Readonly<Record<Outcome, string>> = {
  DONE: 'DONE',
  DEGRADED: 'DEGRADED: promoted, and not all is as it should be',
  NEEDS_OPERATOR: 'NEEDS AN OPERATOR: it cannot go on without a person',
  ABORTED: 'ABORTED: stopped before the promotion, and taken back',
  REFUSED: 'REFUSED: nothing was changed',
  IN_PROGRESS: 'IN PROGRESS',
};

/** How a run ended or stands: the outcome on top, then what is where, then what to do. */
export function resultScreen(result: RunbookResult, place: CommandPlace, paint: Paint): string {
  const { plan, fence, loss, findings, next, outcome } = result;
  const lines = [
    paint(colourOf(outcome), WORDS[outcome]),
    ...paragraph('RUN', runText(result)),
    ...(plan === undefined ? [] : paragraph('WHAT', `${plan.mode} of ${plan.primary} to ${plan.target}`)),
    ...(isPromoted(result) && plan ? paragraph('PRIMARY', `${plan.target}; ${plan.primary} is kept`) : []),
    ...(fence === undefined ? [] : paragraph('FENCE', fenceText(fence))),
    ...(loss === undefined ? [] : paragraph('LOST', lossText(loss))),
    ...(outcome === 'REFUSED' ? [] : findingLines(findings.filter(isWorthKnowing), paint)),
    ...timesOf(result),
    '',
    ...next.flatMap((text) => adviceLines(inOptions(inOurCommands(text, place)))),
  ];
  return `${lines.join('\n')}\n`;
}

function colourOf(outcome: Outcome): 'green' | 'yellow' | 'red' {
  if (outcome === 'DONE') return 'green';
  return outcome === 'NEEDS_OPERATOR' || outcome === 'REFUSED' ? 'red' : 'yellow';
}

function runText({ runId, phase, outcome }: RunbookResult): string {
  if (runId === 'none') return 'none';
  return outcome === 'DONE' || outcome === 'DEGRADED' ? runId : `${runId}, in phase ${phase}`;
}

/** A run that was only planned ends in `approve`. */
function isPromoted({ outcome, phase }: RunbookResult): boolean {
  return (outcome === 'DONE' || outcome === 'DEGRADED') && phase === 'report';
}

function fenceText({ outcome, reason, accepted }: NonNullable<RunbookResult['fence']>): string {
  const risk = accepted === undefined ? '' : `. ${accepted.by} takes the risk: ${accepted.reason}`;
  return `${outcome}: ${reason}${risk}`;
}

/** What a phase could not do is among the next steps. */
function isWorthKnowing({ id, severity, accepted }: RunbookResult['findings'][0]): boolean {
  return !id.endsWith('-incomplete') && (severity === 'warn' || accepted);
}

function timesOf({ timings }: RunbookResult): readonly string[] {
  const long = timings.filter(({ seconds }) => seconds >= 1);
  if (long.length === 0) return [];
  const whole = timings.reduce((sum, { seconds }) => sum + seconds, 0);
  return paragraph(
    'TOOK',
    `${span(whole)}: ${long.map(({ phase, seconds }) => `${phase} ${span(seconds)}`).join(', ')}`,
  );
}
