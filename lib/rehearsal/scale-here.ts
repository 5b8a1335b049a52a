import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Seconds of the cloud in one of the machine's, where the machine has nothing else to do. */
const FASTEST = 50;
/** With less, nobody waits for the end. */
const SLOWEST = 10;
/** Milliseconds in which such a machine starts Node.js, with a good margin. */
const USUAL = 150;

/**
 * How fast time may run on this machine, now, while only time is waited for. On one that is slow or busy, clients would be late,
 * and what comes in the end would have no time to come.
 */
export async function scaleHere(): Promise<number> {
  const took: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const began = performance.now();
    await promisify(execFile)(process.execPath, ['-e', '0']);
    took.push(performance.now() - began);
  }
  return scaleFor(took);
}

/** @param took milliseconds in which Node.js started, several times: the middle one counts */
export function scaleFor(took: readonly number[]): number {
  const middle = took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0;
  return Math.min(FASTEST, Math.max(SLOWEST, Math.round((FASTEST * USUAL) / middle)));
}
