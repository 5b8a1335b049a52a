import type { Plan, RunbookResult } from '../../runbook/contract';
import type { CommandPlace } from '../../runbook/execution';
import type { Paint } from '../paint';
import { candidateLines, whyLines } from './candidate-lines';
import { inOptions } from './in-options';
import { findingLines } from './finding-lines';
import { plannedLossText } from './loss-text';
import { inOurCommands } from './our-commands';
import { paragraph, WIDTH, wrapped } from './paragraph';
import { span } from './span';
import { adviceIn, adviceLines } from './typed-lines';

export interface PlanSetting {
  readonly place: CommandPlace;
  /** It was held against an approval, which was for another plan. @default false */
  readonly isOutdated?: boolean;
  /** A person is asked to approve it right now, and needs no command for that. @default false */
  readonly isAsked?: boolean;
  readonly paint: Paint;
}

/** What a person's screen has, where nothing else is known. */
const HEIGHT = 24;

/**
 * A plan for a person who decides: what is lost, what cannot be taken back and how long it takes come first. That of a usual
 * topology fits on a screen of 24 lines of 80 characters.
 *
 * @returns undefined when there is no plan, because nobody can be promoted
 */
export function planScreen(result: RunbookResult, setting: PlanSetting): string | undefined {
  const { plan } = result;
  if (plan === undefined) return undefined;
  const whole = linesOf(plan, result, setting, false);
  const lines = whole.length <= HEIGHT ? whole : linesOf(plan, result, setting, true);
  return `${lines.join('\n')}\n`;
}

function linesOf(plan: Plan, result: RunbookResult, setting: PlanSetting, isShort: boolean): readonly string[] {
  const { candidates, findings } = result;
  return [
    ...headline(plan, result, setting),
    ...cost(plan, setting.paint),
    '',
    ...whyLines(candidates, plan),
    ...candidateLines(candidates, plan),
    ...findingLines(findings, setting.paint, isShort),
    ...paragraph('FENCE', fenceText(plan)),
    ...(setting.isAsked === true ? [] : ['', ...whatNow(result, setting)]),
  ];
}

/** Says that nothing has happened yet. */
function headline(plan: Plan, { outcome, phase }: RunbookResult, { place, paint }: PlanSetting): readonly string[] {
  const { mode, topology, primary, target } = plan;
  const isStopped = outcome === 'REFUSED' && phase !== 'approve';
  const text = `${isStopped ? 'STOPPED' : 'PLAN'}, nothing done: ${topology}, ${mode} of ${primary} to ${target} (${place.region})`;
  return wrapped(text, WIDTH).map((line) => paint(isStopped ? 'red' : 'green', line));
}

function cost(plan: Plan, paint: Paint): readonly string[] {
  const red = (text: string): string => paint('red', text);
  return [
    ...paragraph('LOSES', plannedLossText(plan), plan.loss === 'nothing' ? undefined : red),
    ...paragraph('FOR EVER', plan.irreversible, red),
    ...paragraph('TAKES', `about ${span(plan.duration)} without a primary (an estimate, never measured here)`),
  ];
}

function fenceText({ fence, splitBrainRisk: risk }: Plan): string {
  return risk === undefined ? fence : `${fence}. If not proven, ${risk.by} takes the risk: ${risk.reason}`;
}

/** Sentences without a command are in the findings already, but for the one that says which plan was approved. */
function whatNow({ next }: RunbookResult, { place, isOutdated }: PlanSetting): readonly string[] {
  const advice = next
    .map((text) => inOurCommands(text, place))
    .filter((text) => isOutdated === true || adviceIn(text).command !== undefined);
  return advice.flatMap((text) => adviceLines(inOptions(text)));
}
