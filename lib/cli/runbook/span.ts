import { formatDuration } from '../../topology';

/** A length of time for a person: whole seconds, rounded up. */
export function span(seconds: number): string {
  return formatDuration(Math.ceil(seconds));
}
