import { isUnderstudyError, type Topology } from '../../topology';
import type { RunbookSettings } from '../contract';
import type { Ports } from '../execution/ports';
import { settingsOf } from './settings-of';

/** What Lambda tells of an invocation, so far as it is read here. */
export interface InvocationContext {
  readonly functionName: string;
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

/** Everything that a function works with, from its settings. */
export interface Workplace {
  readonly settings: RunbookSettings;
  readonly ports: Ports;
  readonly topology: Topology;
}

export type PortsOf = (settings: RunbookSettings) => Pick<Workplace, 'ports' | 'topology'>;

/** Made at the first invocation and kept: a function that is asked again has its connections still. */
export function workplace(portsOf: PortsOf, env: Readonly<Record<string, string | undefined>>): () => Workplace {
  let made: Workplace | undefined;
  return () => {
    if (made === undefined) {
      const settings = settingsOf(env);
      made = { settings, ...portsOf(settings) };
    }
    return made;
  };
}

/** One line of the log. */
export function log(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Lambda tells the caller the name of an error, and the state machine knows by it what to repeat: the code is more telling. */
export async function namingErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUnderstudyError(error)) error.name = error.code;
    throw error;
  }
}
