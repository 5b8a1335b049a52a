import type { RunbookResult } from '../contract';
import type { Notice } from './ports';

/** What people are told about a run that is over. */
export function noticeOf(topology: string, result: RunbookResult): Notice {
  const { outcome, plan, runId, next, timings } = result;
  const what = plan === undefined ? 'a run' : `${plan.mode} of ${plan.primary} to ${plan.target}`;
  const took = Math.round(timings.reduce((sum, { seconds }) => sum + seconds, 0));
  return {
    subject: printable(`${topology}: ${what}: ${outcome}`),
    text: [`${topology}: ${what} ended ${outcome} after ${took} s (run ${runId}).`, ...next].join('\n'),
    result,
  };
}

/** What SNS takes as a subject: ASCII, at most 100 characters. */
function printable(text: string): string {
  const ascii = text.replace(/[^\x20-\x7e]/g, '?');
  return ascii.length > 100 ? `${ascii.slice(0, 97)}...` : ascii;
}
