import type { Rehearsal } from '../../rehearsal';
import { shellQuote } from '../../runbook/execution';

/** What a rehearsal was made from. */
export interface Replayed extends Pick<Rehearsal, 'seed' | 'scale' | 'engine'> {
  /** As the user wrote it. */
  readonly file: string;
  /** Names or files of scenarios, as the user wrote them. */
  readonly scenarios: readonly string[];
}

/** What to type to see the same again. */
export function replayCommand({ file, scenarios, seed, scale, engine }: Replayed): string {
  return [
    ...['understudy', 'rehearse', shellQuote(file)],
    ...scenarios.flatMap((each) => ['--scenario', shellQuote(each)]),
    ...['--seed', seed, '--scale', scale, '--engine', engine],
  ].join(' ');
}
