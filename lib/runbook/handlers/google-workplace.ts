import { isUnderstudyError, type Topology } from '../../topology';
import { googleRunbookSettingsSchema, type GoogleRunbookSettings } from '../contract';
import type { Ports } from '../execution/ports';
import { log } from './invocation';
import { settingsIn } from './settings-of';

/** Everything that a function works with, from its settings. */
export interface GoogleWorkplace {
  readonly settings: GoogleRunbookSettings;
  readonly ports: Ports;
  readonly topology: Topology;
}

export interface GoogleWorkplaceOptions {
  readonly portsOf: (settings: GoogleRunbookSettings) => Pick<GoogleWorkplace, 'ports' | 'topology'>;
  /** @default - the process's */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A request of the Functions Framework, so far as it is read here. */
export interface HttpRequest {
  /** Parsed JSON. */
  readonly body?: unknown;
}

/** Its response, so far as it is written here. */
export interface HttpResponse {
  status(code: number): HttpResponse;
  json(body: unknown): unknown;
}

/** Made at the first invocation and kept: a function that is asked again has its token still. */
export function googleWorkplace({ portsOf, env = process.env }: GoogleWorkplaceOptions): () => GoogleWorkplace {
  let made: GoogleWorkplace | undefined;
  return () => {
    if (made === undefined) {
      const settings = settingsIn(env, googleRunbookSettingsSchema, 'the component PromotionRunbook');
      made = { settings, ...portsOf(settings) };
    }
    return made;
  };
}

const STATUS = { refused: 400, retryable: 503, unknown: 500 } as const;

/** Answers over HTTP: what went wrong on purpose with its code and whole message. A defect ends the invocation. */
export async function overHttp(response: HttpResponse, work: () => Promise<unknown>): Promise<void> {
  try {
    response.status(200).json(await work());
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    const { code, message, family } = error;
    log({ what: 'error', code, message });
    response.status(STATUS[family]).json({ code, message });
  }
}
