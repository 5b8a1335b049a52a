import type { LossEstimate, Plan } from '../../runbook/contract';
import { span } from './span';

/** What is known of a loss, in a few words: `about 4s, at most 5m2s and growing`. */
export function lossText({ seconds, error, bytes, to }: LossEstimate): string {
  const most = span(seconds + error);
  const growing = to === undefined ? ' and growing' : '';
  const size = bytes === undefined ? '' : ` (${bytes} bytes of log)`;
  return `about ${span(seconds)}${size}, at most ${most}${growing}`;
}

/** What a plan would lose, and how much it may. */
export function plannedLossText({ loss, lossBound }: Plan): string {
  if (loss === 'nothing') return 'nothing: writes stop first, and all of them arrive';
  const allowed = `this plan allows ${span(lossBound)}`;
  if (loss === 'unknown') return `nobody can tell how much; ${allowed}`;
  return `${lossText(loss)}; ${allowed}`;
}
