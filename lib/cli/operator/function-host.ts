import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { boundedCall, clientSettings, isAwsCallError, type Bounds } from '../../runbook/adapters/aws';
import { type RunbookEvent, type RunbookResult } from '../../runbook/contract';
import { isUnderstudyError, UnderstudyError } from '../../topology';
import { functionName } from './function-name';
import type { Asking, HostRequest, RunbookHost } from './runbook-host';
import { jsonIn, resultIn } from './result-in';
import { withoutCredentials } from './without-credentials';

/** An invocation may take as long as a function may run at most (15 minutes); a look at the journal may not. */
const WHOLE: Bounds = { connect: 5, whole: 960 };
const LOOK: Bounds = { connect: 5, whole: 30 };

/** The runbook in its function: goes on without whoever invoked it. */
export class FunctionHost implements RunbookHost {
  readonly isRemote = true;
  readonly #request: HostRequest;
  readonly #client: LambdaClient;

  constructor(request: HostRequest) {
    this.#request = request;
    // Never repeated by the SDK: who repeats looks first.
    this.#client = new LambdaClient({ region: request.region, ...clientSettings('change', WHOLE) });
  }

  get title(): string {
    return `the function ${this.#request.functionName ?? functionName(this.#request.topology, 'failover')} in ${this.#request.region}`;
  }

  async ask(event: RunbookEvent, { signal }: Asking): Promise<RunbookResult> {
    const name = this.#nameFor(event);
    try {
      const payload = await this.#invoke(event, 'RequestResponse', signal);
      return resultIn(payload, `the function ${name} in ${this.#request.region}`);
    } catch (error) {
      throw this.#told(error, event);
    }
  }

  async begin(event: RunbookEvent): Promise<void> {
    try {
      await this.#invoke(event, 'Event');
    } catch (error) {
      throw this.#told(error, event);
    }
  }

  close(): void {
    this.#client.destroy();
  }

  #nameFor({ mode }: RunbookEvent): string {
    return this.#request.functionName ?? functionName(this.#request.topology, mode);
  }

  async #invoke(event: RunbookEvent, type: 'RequestResponse' | 'Event', signal?: AbortSignal): Promise<string> {
    const { region } = this.#request;
    const name = this.#nameFor(event);
    const command = new InvokeCommand({ FunctionName: name, InvocationType: type, Payload: JSON.stringify(event) });
    const subject = { service: 'lambda', action: 'InvokeFunction', region, resource: name };
    const bounds = event.mode === 'status' || type === 'Event' ? LOOK : WHOLE;
    const { FunctionError, Payload } = await boundedCall(
      subject,
      (options) =>
        untilEither(options.abortSignal, signal, (abortSignal) => this.#client.send(command, { abortSignal })),
      bounds,
    );
    // Of an answer without a body the SDK makes null, whatever its types say.
    const text = Buffer.from(Payload ?? []).toString('utf8');
    if (FunctionError === undefined) return text;
    throw new UnderstudyError(
      'function-failed',
      `the function ${name} in ${region} failed: ${failureIn(text)}; its log group /aws/lambda/${name} tells more; repair it, or run the same with --local`,
      { family: 'unknown' },
    );
  }

  /** As a person needs it: what is missing, and whether something may have happened. */
  #told(thrown: unknown, event: RunbookEvent): unknown {
    const error = withoutCredentials(thrown);
    const { topology, region } = this.#request;
    if (isAwsCallError(error) && error.awsCode === 'ResourceNotFoundException') {
      return new UnderstudyError(
        'function-missing',
        `there is no function ${this.#nameFor(event)} in ${region}; allowed: one that a deployed runbook of ${topology} has; name it with --function, name another Region with --region, or run the same with --local`,
      );
    }
    const isLook = event.mode === 'plan' || event.mode === 'status';
    if (!isUnderstudyError(error) || error.family !== 'unknown' || !isLook) return error;
    return new UnderstudyError(error.code, error.message, { family: 'retryable', cause: error.cause });
  }
}

/** Lambda's own words for what the function threw: `{ errorType, errorMessage, trace }`. */
function failureIn(payload: string): string {
  const { errorType, errorMessage } = (jsonIn(payload) ?? {}) as { errorType?: string; errorMessage?: string };
  const told = [errorType, errorMessage].filter((part) => part !== undefined && part !== '');
  return told.length === 0 ? 'it does not say why' : told.join(': ');
}

/** Calls with a signal that follows both. `AbortSignal.any` is not in every Node.js 20; and a run is looked at many times. */
async function untilEither<T>(
  one: AbortSignal,
  other: AbortSignal | undefined,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const either = new AbortController();
  const end = (): void => either.abort();
  const signals = other === undefined ? [one] : [one, other];
  for (const signal of signals) {
    if (signal.aborted) end();
    signal.addEventListener('abort', end);
  }
  try {
    return await call(either.signal);
  } finally {
    for (const signal of signals) signal.removeEventListener('abort', end);
  }
}
