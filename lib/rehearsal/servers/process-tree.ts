import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The processes that a process has started and that still are. */
function childrenOf(pid: number): readonly number[] {
  const numbers = (text: string): readonly number[] => text.split(/\s+/).filter(Boolean).map(Number);
  try {
    return numbers(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'));
  } catch {
    return listed(pid).flatMap(numbers);
  }
}

/** Where there is no /proc, or no list of children in it. */
function listed(pid: number): readonly string[] {
  try {
    return [execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })];
  } catch {
    // It says by failing that there are none.
    return [];
  }
}

/**
 * Sends a signal to a server and to all of its processes.
 *
 * The server itself is stopped first, so that it makes no new ones meanwhile.
 */
export function signalTree(pid: number, signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
  if (signal === 'SIGCONT') {
    for (const each of [...childrenOf(pid), pid]) send(each, signal);
    return;
  }
  send(pid, 'SIGSTOP');
  const children = childrenOf(pid);
  for (const each of children) send(each, signal);
  send(pid, signal);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // One that is gone already is what was wanted, or does not matter.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
