import type { Clock } from './clock';

/** setTimeout takes 32 bits: a longer wait would ring at once. */
const LONGEST = 2 ** 31 - 1;

/** The machine's time. Its alarms do not keep a process alive. */
export class SystemClock implements Clock {
  now(): number {
    return Date.now();
  }

  wait(seconds: number): Promise<void> {
    return new Promise((resolve) => void setTimeout(resolve, seconds * 1000));
  }

  alarm(at: number, ring: () => void): () => void {
    const timer = setTimeout(ring, Math.min(Math.max(0, at - Date.now()), LONGEST));
    timer.unref();
    return () => clearTimeout(timer);
  }
}
