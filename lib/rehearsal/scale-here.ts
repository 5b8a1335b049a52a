import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Seconds of the cloud in one of the machine's, where the machine has nothing else to do. */
const FASTEST = 25;
/** With less, nobody waits for the end. */
const SLOWEST = 5;
/** Milliseconds in which such a machine starts Node.js, with a good margin. */
const USUAL = 150;

/**
 * How fast time may run on this machine, now. What the machine itself takes counts `scale` times as much: on one that is slow or
 * busy, the runbook would find servers that do not answer in time, and rightly refuse to promote them.
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
