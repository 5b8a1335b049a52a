import { randomUUID } from 'node:crypto';
import { parseEvent, parseResult, type GoogleRunbookSettings, type RunbookEvent } from '../contract';
import { runRunbook, shellQuote, type Host } from '../execution';
import {
  googleWorkplace,
  overHttp,
  type GoogleWorkplace,
  type GoogleWorkplaceOptions,
  type HttpRequest,
  type HttpResponse,
} from './google-workplace';
import { log } from './invocation';

/** Seconds of one invocation that the component asks for, and those that are left to leave the run in order and to answer. */
const LONGEST = 3600;
const RESERVE = 60;

/** A Cloud Run function that answers the runbook's events. What is no event has no run either: it is answered with 400. */
export function googleAnswering(options: GoogleWorkplaceOptions) {
  const place = googleWorkplace(options);
  return ({ body }: HttpRequest, response: HttpResponse): Promise<void> =>
    overHttp(response, async () => {
      const event = parseEvent(body);
      const work = place();
      const result = parseResult(await runRunbook(event, { ...work, host: hostOf(work) }));
      log({ what: 'result', ...result });
      return result;
    });
}

function hostOf({ ports, settings }: GoogleWorkplace): Host {
  const id = randomUUID();
  return {
    holder: `${settings.functionName ?? 'function'} ${id}`,
    newRunId: () => id,
    random: Math.random,
    until: ports.clock.now() + LONGEST - RESERVE,
    command: (event) => callCommand(event, settings),
    onRow: (row) => log({ what: 'row', ...row }),
    onWait: (title) => log({ what: 'wait', title }),
  };
}

/** What a person types to ask for an event, with nothing installed but Google's command. */
export function callCommand(
  event: RunbookEvent,
  { functionName = '', region, project }: GoogleRunbookSettings,
): string {
  return `gcloud functions call ${functionName} --gen2 --region ${region} --project ${project} --data ${shellQuote(JSON.stringify(event))}`;
}
