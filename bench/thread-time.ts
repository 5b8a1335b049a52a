import { readFileSync } from 'node:fs';

/**
 * Microseconds for which the thread that runs the program has had a processor. What else runs on the machine does not count, nor
 * do the threads of V8 that compile and collect beside it: nobody waits for them, and what they take changes from run to run by
 * a fifth of the whole.
 *
 * Linux tells it, in nanoseconds; elsewhere it is the processor time of all threads.
 */
export function threadTime(): number {
  if (process.platform !== 'linux') {
    const { user, system } = process.cpuUsage();
    return user + system;
  }
  const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / 1000;
}
