import type { Clock } from '../../execution/ports';

/** The machine's time. */
export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now() / 1000,
  wait: (seconds) => new Promise((resolve) => void setTimeout(resolve, seconds * 1000)),
};
