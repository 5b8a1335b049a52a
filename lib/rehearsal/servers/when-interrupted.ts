/** What has to be ended when this process is: synchronous, since nothing is waited for any more. */
type Ending = () => void;

const endings = new Set<Ending>();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Has something ended when this process ends, however it does: by itself, by an error, or by Ctrl-C. Only SIGKILL is not heard.
 *
 * @returns what takes it back
 */
export function whenInterrupted(ending: Ending): () => void {
  if (endings.size === 0) listen();
  endings.add(ending);
  return () => {
    if (endings.delete(ending) && endings.size === 0) unlisten();
  };
}

function endAll(): void {
  for (const ending of [...endings].reverse()) {
    endings.delete(ending);
    ending();
  }
}

/**
 * The signal does then what it would have done, unless the program has a listener of its own: that one decides, and hears of it
 * when all has ended.
 */
function interrupted(signal: NodeJS.Signals): void {
  endAll();
  unlisten();
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function listen(): void {
  process.on('exit', endAll);
  // Before those of the program: one that listens once is no listener any more when it has heard.
  for (const signal of SIGNALS) process.prependListener(signal, interrupted);
}

function unlisten(): void {
  process.off('exit', endAll);
  for (const signal of SIGNALS) process.off(signal, interrupted);
}
