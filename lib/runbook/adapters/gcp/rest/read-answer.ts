import { GoogleCallError, type GoogleCallCode } from '../google-call-error';
import { isReading, titleOf, type GoogleCall } from './google-call';
import type { Exchange } from './http-exchange';

/** How Google writes an error, as JSON: the newer services with `status`, the older ones with a list of reasons. */
interface ErrorBody {
  readonly error?: {
    readonly message?: string;
    readonly status?: string;
    readonly errors?: readonly { readonly reason?: string }[];
  };
}

/**
 * What was answered, as JSON.
 *
 * @throws GoogleCallError when it is an error, or when there is no answer
 */
export function answerIn(call: GoogleCall, exchange: Exchange): unknown {
  if (exchange.kind !== 'answer') {
    const code = exchange.kind === 'not sent' ? 'google-not-sent' : 'google-unclear';
    throw errorOf(call, code, { reason: exchange.problem });
  }
  const { status, body } = exchange;
  if (status >= 200 && status < 300) {
    const parsed = jsonIn(body);
    if (parsed !== undefined) return parsed;
    throw errorOf(call, 'google-unclear', { httpStatus: status, reason: 'what was answered is no JSON' });
  }
  const { error } = (jsonIn(body) ?? {}) as ErrorBody;
  const reason = error?.errors?.[0]?.reason ?? error?.status ?? `HTTP ${status}`;
  const words = firstLine(error?.message);
  throw errorOf(call, codeOf(status, reason), { httpStatus: status, reason }, words);
}

function errorOf(
  call: GoogleCall,
  code: GoogleCallCode,
  facts: { readonly httpStatus?: number; readonly reason: string },
  words?: string,
): GoogleCallError {
  const { httpStatus, reason } = facts;
  const http = httpStatus === undefined ? [] : [`HTTP ${httpStatus}`];
  const told = [words === undefined ? reason : `${reason}: ${words}`, ...http].join('; ');
  return new GoogleCallError(code, `${titleOf(call)} ${VERDICT[code](call)} (${told})`, facts);
}

const VERDICT: Readonly<Record<GoogleCallCode, (call: GoogleCall) => string>> = {
  'google-throttled': () => 'was throttled: it had no effect, and may be made again',
  'google-not-sent': () => 'was not sent: it had no effect, and may be made again',
  'google-not-yet': () => 'was refused for now: it had no effect, and may be made again when the state has changed',
  'google-denied': ({ method }) =>
    `was denied: it had no effect; allow ${method} to the account that was used, or use another`,
  'google-refused': () => 'was refused: it had no effect, and would be refused again',
  'google-unclear': (call) =>
    isReading(call)
      ? 'was not answered as it should be'
      : 'was not answered as it should be: it may have had its effect',
};

/** Of a quota, which is over in a minute; Cloud SQL, Monitoring and DNS say so with 403. */
const THROTTLED: ReadonlySet<string> = new Set([
  ...['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded', 'RESOURCE_EXHAUSTED'],
]);

/**
 * `operationInProgress`: Cloud SQL does one thing at a time with an instance. `ABORTED`: two writers of Firestore met.
 * [I] Which word comes with which status was read, and never tried live.
 */
const NOT_YET: ReadonlySet<string> = new Set(['operationInProgress', 'ABORTED']);

function codeOf(status: number, reason: string): GoogleCallCode {
  if (status === 429 || THROTTLED.has(reason)) return 'google-throttled';
  if (NOT_YET.has(reason)) return 'google-not-yet';
  if (status === 401 || status === 403) return 'google-denied';
  return status >= 500 || status < 400 ? 'google-unclear' : 'google-refused';
}

function jsonIn(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstLine(message: string | undefined): string | undefined {
  const [line = ''] = (message ?? '').split('\n');
  return line === '' ? undefined : line.slice(0, 300).replace(/\.$/, '');
}
