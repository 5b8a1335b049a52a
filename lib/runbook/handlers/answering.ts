import { UnderstudyError } from '../../topology';
import { parseEvent, parseResult, type Mode, type RunbookEvent, type RunbookResult } from '../contract';
import { runRunbook, type Host } from '../execution';
import { invokeCommand } from './invoke-command';
import { log, namingErrors, workplace, type InvocationContext, type PortsOf, type Workplace } from './invocation';

export interface AnsweringOptions {
  /** What this function can be asked. */
  readonly modes: readonly Mode[];
  readonly portsOf: PortsOf;
  /** @default - the process's */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export type Answer = (event: unknown, context: InvocationContext) => Promise<RunbookResult>;

/** Seconds that are left to leave the run in order and to answer, when Lambda would end the function. */
const RESERVE = 60;

/**
 * A Lambda function that answers the runbook's events.
 *
 * What is no event has no run either, so that no result could tell of it: it is thrown, with its whole message.
 */
export function answering({ modes, portsOf, env = process.env }: AnsweringOptions): Answer {
  const place = workplace(portsOf, env);
  return (value, context) =>
    namingErrors(async () => {
      const event = parseEvent(value);
      checkMode(event, modes, context.functionName);
      const { ports, topology, settings } = place();
      const host = hostOf(context, { ports, settings });
      const result = parseResult(await runRunbook(event, { ports, topology, host }));
      log({ what: 'result', ...result });
      return result;
    });
}

function checkMode({ mode }: RunbookEvent, modes: readonly Mode[], functionName: string): void {
  if (modes.includes(mode)) return;
  throw new UnderstudyError(
    'mode-refused',
    `${functionName} is asked for ${mode}, which it may not do; allowed: ${modes.join(', ')}; fix: ask the function that promotes`,
  );
}

function hostOf(context: InvocationContext, { ports, settings }: Pick<Workplace, 'ports' | 'settings'>): Host {
  const { functionName, awsRequestId } = context;
  return {
    holder: `${functionName} ${awsRequestId}`,
    // Lambda repeats what was invoked asynchronously under the same id: it goes on with the same run.
    newRunId: () => awsRequestId,
    random: Math.random,
    until: ports.clock.now() + context.getRemainingTimeInMillis() / 1000 - RESERVE,
    command: (event) => invokeCommand(event, settings, functionName),
    onRow: (row) => log({ what: 'row', ...row }),
    onWait: (title) => log({ what: 'wait', title }),
  };
}
