import { isUnderstudyError, UnderstudyError, type Topology } from '../../topology';
import { googleRunbookSettingsSchema, SETTINGS_VARIABLE, type GoogleRunbookSettings } from '../contract';
import type { Ports } from '../execution/ports';
import { log } from './invocation';

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
      const settings = settingsIn(env[SETTINGS_VARIABLE]);
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

/** @throws UnderstudyError `settings-refused` when it is not there, or was written by another version of the package */
function settingsIn(text: string | undefined): GoogleRunbookSettings {
  const parsed = googleRunbookSettingsSchema.safeParse(text === undefined ? undefined : jsonIn(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`).join('; ');
  throw new UnderstudyError(
    'settings-refused',
    `the environment variable ${SETTINGS_VARIABLE} is no runbook's settings (${text === undefined ? 'it is missing' : problems}); allowed: what the component PromotionRunbook writes; fix: deploy it anew, with functions and settings of one version`,
  );
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
