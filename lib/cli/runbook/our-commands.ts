import { parseEvent, type RunbookEvent } from '../../runbook/contract';
import { commandLine, type CommandPlace } from '../../runbook/execution';

/**
 * The function speaks to those who have nothing but their cloud's command: `aws lambda invoke ... --payload '{...}' /dev/stdout`, and
 * `gcloud functions call ... --data '{...}'`.
 */
const INVOCATION =
  /(?:aws lambda invoke [^]*? --payload|gcloud functions call [^]*? --data) '((?:[^']|'\\'')*)'(?: \/dev\/stdout)?/;

/** The advice of the runbook, with this command where it names a cloud's. */
export function inOurCommands(text: string, place: CommandPlace): string {
  const [invocation, payload] = INVOCATION.exec(text) ?? [];
  const event = payload === undefined ? undefined : eventIn(payload.replaceAll("'\\''", "'"));
  return invocation === undefined || event === undefined
    ? text
    : text.replace(invocation, () => commandLine(event, place));
}

/** Undefined: a later version of the function says what this one does not understand. */
function eventIn(text: string): RunbookEvent | undefined {
  try {
    return parseEvent(JSON.parse(text));
  } catch {
    return undefined;
  }
}
