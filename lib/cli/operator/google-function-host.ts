import { exchange, isGoogleCallError, type Exchange } from '../../runbook/adapters/gcp';
import { googleFunctionName, type RunbookEvent, type RunbookResult } from '../../runbook/contract';
import { isUnderstudyError, UnderstudyError, type ErrorFamily } from '../../topology';
import type { GoogleWay } from './google-way';
import { jsonIn, resultIn } from './result-in';
import type { Asking, HostRequest, RunbookHost } from './runbook-host';

/** An invocation may take as long as a function may run at most that is called over HTTP (an hour); a look may not. */
const WHOLE = { connect: 5, whole: 3660 };
const LOOK = { connect: 5, whole: 60 };

type Request = HostRequest & { readonly project: string };

/** The runbook in its Cloud Run function: it answers over HTTP whoever may invoke it. */
export class GoogleFunctionHost implements RunbookHost {
  readonly isRemote = true;
  /** [?] What Cloud Run does with a request that nobody waits for any more was never tried live. */
  readonly isDoubtful = true;
  readonly #request: Request;
  readonly #way: GoogleWay;
  #address: Promise<string> | undefined;

  constructor(request: Request, way: GoogleWay) {
    this.#request = request;
    this.#way = way;
    const { functionName = '' } = request;
    if (isAddress(functionName)) this.#address = Promise.resolve(functionName);
  }

  get title(): string {
    const { region, project } = this.#request;
    return isAddress(this.#name)
      ? `the function at ${this.#name}`
      : `the function ${this.#name} in ${region} of ${project}`;
  }

  get #name(): string {
    const { functionName, topology, region } = this.#request;
    return functionName ?? googleFunctionName(topology, region);
  }

  async ask(event: RunbookEvent, { signal }: Asking): Promise<RunbookResult> {
    const isLook = event.mode === 'plan' || event.mode === 'status';
    try {
      return await this.#asked(event, signal);
    } catch (error) {
      if (!isUnderstudyError(error) || error.family !== 'unknown' || !isLook) throw error;
      throw new UnderstudyError(error.code, error.message, { family: 'retryable', cause: error.cause });
    }
  }

  begin(): Promise<void> {
    return Promise.reject(
      new UnderstudyError(
        'detach-refused',
        `whether ${this.title} goes on when nobody waits for its answer is not known; allowed: a question that is waited for; ask, and wait`,
      ),
    );
  }

  close(): void {
    // Each question is a connection of its own.
  }

  async #asked(event: RunbookEvent, signal: AbortSignal): Promise<RunbookResult> {
    const address = await (this.#address ??= this.#found());
    const token = await this.#identity(address);
    const answer = await exchange(
      {
        ...{ verb: 'POST', url: new URL(address), body: JSON.stringify(event), signal },
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
      },
      event.mode === 'status' ? LOOK : WHOLE,
    );
    return this.#read(answer);
  }

  /** Google's own word for where it is: the name alone does not tell. */
  async #found(): Promise<string> {
    const { region, project } = this.#request;
    const name = this.#name;
    try {
      const { url } = await this.#way.rest.call<{ readonly url?: string }>({
        ...{ method: 'cloudfunctions.functions.get', resource: name, verb: 'GET' },
        path: `/v2/projects/${project}/locations/${region}/functions/${encodeURIComponent(name)}`,
      });
      if (url !== undefined) return url;
      throw new UnderstudyError(
        'function-missing',
        `${this.title} has no address yet; allowed: one that was deployed; ${ELSE}`,
      );
    } catch (error) {
      // Whoever asks next may be answered.
      this.#address = undefined;
      if (isGoogleCallError(error) && error.httpStatus === 404) throw this.#missing();
      throw error;
    }
  }

  /** What the library says may have a key in it. */
  async #identity(audience: string): Promise<string> {
    const token = await this.#way.identity(audience).catch(() => '');
    if (token !== '') return token;
    throw new UnderstudyError(
      'no-credentials',
      `${this.title} was not asked: there is no identity for it; allowed: Application Default Credentials of a person or a service account; run gcloud auth application-default login, with --impersonate-service-account where that cannot be, or the same with --local`,
    );
  }

  #read(answer: Exchange): RunbookResult {
    const { title } = this;
    if (answer.kind === 'not sent') {
      throw new UnderstudyError(
        'function-unreached',
        `${title} was not reached: it had no effect (${answer.problem}); try again, or run the same with --local`,
        { family: 'retryable' },
      );
    }
    if (answer.kind !== 'answer') {
      throw new UnderstudyError(
        'function-unclear',
        `${title} did not answer: it may have had its effect (${answer.problem})`,
        { family: 'unknown' },
      );
    }
    const { status, body } = answer;
    if (status === 200) return resultIn(body, title);
    throw this.#failure(status, jsonIn(body));
  }

  #failure(status: number, said: unknown): UnderstudyError {
    const { title } = this;
    if (isTold(said)) return new UnderstudyError(said.code, said.message, { family: FAMILY[status] ?? 'unknown' });
    if (status === 401 || status === 403) {
      return new UnderstudyError(
        'function-denied',
        `${title} lets nobody in who is not allowed to (HTTP ${status}): it had no effect; allowed: who has roles/run.invoker on it; grant it to whoever is signed in, or run the same with --local`,
      );
    }
    if (status === 404) return this.#missing();
    if (status === 429) {
      return new UnderstudyError(
        'function-busy',
        `all instances of ${title} are busy: it had no effect; look at the run that is open, or try again`,
        { family: 'retryable' },
      );
    }
    return new UnderstudyError(
      'function-failed',
      `${title} failed (HTTP ${status}); its logs tell more; repair it, or run the same with --local`,
      { family: 'unknown' },
    );
  }

  #missing(): UnderstudyError {
    const { topology } = this.#request;
    return new UnderstudyError(
      'function-missing',
      `there is not ${this.title}; allowed: one that a deployed runbook of ${topology} has; ${ELSE}`,
    );
  }
}

const ELSE = 'name it with --function, name another region with --region, or run the same with --local';

/** As the function answers what went wrong on purpose: lib/runbook/handlers. */
const FAMILY: Readonly<Partial<Record<number, ErrorFamily>>> = { 400: 'refused', 503: 'retryable' };

const isAddress = (name: string): boolean => /^https?:/.test(name);

function isTold(said: unknown): said is { readonly code: string; readonly message: string } {
  const { code, message } = (said ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  return typeof code === 'string' && typeof message === 'string';
}
