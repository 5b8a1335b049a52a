import { isUnderstudyError } from '../../../topology';
import { AwsCallError, type AwsCallCode } from './aws-call-error';

/** What a call is about, for a person. */
export interface CallSubject {
  /** As IAM writes it, for example `rds`. */
  readonly service: string;
  /** For example `PromoteReadReplica`. */
  readonly action: string;
  readonly region: string;
  /** Name of what is called for: an instance, a table, a topic. */
  readonly resource?: string;
}

/** What the SDK throws, so far as it is read here. */
interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly syscall?: string;
  /** Of an AggregateError: one for each address that was tried. */
  readonly errors?: readonly SdkError[];
  readonly $fault?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/**
 * An error of the SDK as one that says what may be done after it; anything else as it is, since that is a defect.
 *
 * @returns what is to be thrown
 */
export function translateError(thrown: unknown, subject: CallSubject): unknown {
  const error = unwrapped(thrown);
  if (isUnderstudyError(error) || !isOfTheSdk(error)) return thrown;
  const status = error.$metadata?.httpStatusCode;
  const code = isNotYet(error, subject) ? 'aws-not-yet' : codeOf(error, status);
  const awsCode = nameOf(error);
  const told = [`${awsCode}: ${firstLine(error.message)}`, ...(error.$metadata?.requestId ? [requestOf(error)] : [])];
  const message = `${titleOf(subject)} ${VERDICT[code](subject)} (${told.join('; ')})`;
  return new AwsCallError(code, message, { awsCode, isAnswered: status !== undefined });
}

/** A call for a person: `rds:PromoteReadReplica of orders-b in eu-west-1`. */
export function titleOf({ service, action, resource, region }: CallSubject): string {
  return `${service}:${action}${resource === undefined ? '' : ` of ${resource}`} in ${region}`;
}

/** Calls that change nothing. */
const READS = /^(Describe|Get|List|Query|Scan)/;

const VERDICT: Readonly<Record<AwsCallCode, (subject: CallSubject) => string>> = {
  'aws-throttled': () => 'was throttled: it had no effect, and may be made again',
  'aws-not-sent': () => 'was not sent: it had no effect, and may be made again',
  'aws-not-yet': () => 'was refused for now: it had no effect, and may be made again when the state has changed',
  'aws-denied': ({ service, action }) =>
    `was denied: it had no effect; allow ${service}:${action} to the credentials that were used, or use others`,
  'aws-refused': () => 'was refused: it had no effect, and would be refused again',
  'aws-unclear': ({ action }) =>
    READS.test(action)
      ? 'was not answered as it should be'
      : 'was not answered as it should be: it may have had its effect',
};

/** What the SDK calls throttling, without LimitExceededException: in most services that is a quota, which stays exceeded. */
const THROTTLING: ReadonlySet<string> = new Set([
  ...['BandwidthLimitExceeded', 'PriorRequestNotComplete', 'ProvisionedThroughputExceededException'],
  ...['ProvisionedThroughputExceeded', 'RequestLimitExceeded', 'RequestThrottled', 'RequestThrottledException'],
  ...['SlowDown', 'ThrottledException', 'Throttling', 'ThrottlingException', 'ThrottlingError'],
  ...['TooManyRequests', 'TooManyRequestsException', 'TransactionInProgressException'],
]);

const DENIED = /^(AccessDenied|Unauthorized|AuthFailure|CredentialsProviderError|ExpiredToken|UnrecognizedClient)/;

/**
 * A source that has just been modified says `available` for a while and takes no replica: that passes. Of other calls such a
 * refusal is looked into: a promotion that is refused so may have been made.
 */
function isNotYet(error: SdkError, { action }: CallSubject): boolean {
  return action === 'CreateDBInstanceReadReplica' && /^InvalidDBInstanceState/.test(nameOf(error));
}

function codeOf(error: SdkError, status: number | undefined): AwsCallCode {
  const name = nameOf(error);
  if (THROTTLING.has(name) || status === 429) return 'aws-throttled';
  if (DENIED.test(name) || status === 401 || status === 403) return 'aws-denied';
  // A service that waits too long for the rest of a request says so with a 4xx, and may have begun.
  if (/^RequestTimeout/.test(name)) return 'aws-unclear';
  // 501: it does not know the call.
  if (status !== undefined && ((status >= 400 && status < 500) || status === 501)) return 'aws-refused';
  return status === undefined && neverLeft(error) ? 'aws-not-sent' : 'aws-unclear';
}

/**
 * True if no connection was made. The SDK's own connection timeout has no code: only its message tells it from the others, and
 * where that changes the answer is `unclear`, which is slower and never wrong.
 */
function neverLeft(error: SdkError): boolean {
  if (error.errors !== undefined && error.errors.length > 0) return error.errors.every(neverLeft);
  if (error.syscall === 'connect' || error.syscall === 'getaddrinfo') return true;
  return error.name === 'TimeoutError' && /did not establish a connection/.test(error.message ?? '');
}

const WRAPPED = /^AWS SDK error wrapper for (\w+): (?:(\w+) (E[A-Z_]+)\b)?/;

/**
 * An error that is none of the SDK's realm (a test runner's, a worker's) is wrapped by the SDK, and only its text is left:
 * `read ECONNRESET`, `connect ECONNREFUSED 127.0.0.1:443`.
 */
function unwrapped(error: unknown): unknown {
  const text = (error as SdkError | undefined)?.message ?? '';
  const [beginning, name, syscall, code] = WRAPPED.exec(text) ?? [];
  if (beginning === undefined) return error;
  const known = code === undefined ? { name: name ?? 'Error', $fault: 'client' } : { name, syscall, code };
  return { ...known, message: text.slice(text.indexOf(': ') + 2) };
}

/** Every error that passed through the SDK's middleware has `$metadata`; those of the network also a code. */
function isOfTheSdk(error: unknown): error is SdkError {
  if (typeof error !== 'object' || error === null) return false;
  const { name, code, $metadata, $fault } = error as SdkError;
  if ($fault !== undefined || $metadata?.httpStatusCode !== undefined) return true;
  if (name === 'AbortError' || name === 'TimeoutError' || name === 'CredentialsProviderError') return true;
  return typeof code === 'string' && /^(E[A-Z]+|EAI_[A-Z]+)$/.test(code);
}

/** The SDK renames what the network says; its own word is more telling. */
function nameOf({ name, code }: SdkError): string {
  return code ?? name ?? 'an error without a name';
}

/** Only the first line: the message of a wrong signature goes on with the whole request, session token included. */
function firstLine(message: string | undefined): string {
  const [line = ''] = (message ?? '').split('\n');
  return line === '' ? 'it says no more' : line.slice(0, 300).replace(/\.$/, '');
}

function requestOf({ $metadata }: SdkError): string {
  const status = $metadata?.httpStatusCode;
  return `${status === undefined ? '' : `HTTP ${status}, `}request ${$metadata?.requestId ?? ''}`;
}
