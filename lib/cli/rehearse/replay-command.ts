import type { Rehearsal } from '../../rehearsal';
import { shellQuote } from '../../runbook/execution';

/** What a rehearsal was made from. */
export interface Replayed extends Pick<Rehearsal, 'seed' | 'scale' | 'engine'> {
  /** As the user wrote it. */
  readonly file: string;
  /** Names or files of scenarios, as the user wrote them; or how many, each with a seed one higher than the one before. */
  readonly what: readonly string[] | number;
  readonly isQuick: boolean;
}

/** What to type to see the same again. */
export function replayCommand({ file, what, seed, scale, engine, isQuick }: Replayed): string {
  return [
    ...['understudy', 'rehearse', shellQuote(file)],
    ...(typeof what === 'number' ? ['--random', what] : what.flatMap((each) => ['--scenario', shellQuote(each)])),
    ...['--seed', seed, '--scale', scale, '--engine', engine, ...(isQuick ? ['--quick'] : [])],
  ].join(' ');
}
