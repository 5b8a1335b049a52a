import { isUnderstudyError } from '../../../../topology';
import { USUAL_BOUNDS, type Bounds } from '../../sql';
import { GoogleCallError, isGoogleCallError } from '../google-call-error';
import { isReading, serviceOf, titleOf, type GoogleCall } from './google-call';
import { exchange } from './http-exchange';
import { answerIn } from './read-answer';
import type { TokenSource } from './token-source';

export interface RestClientOptions {
  readonly token: TokenSource;
  /** Address of one server that stands for all services, which are the first part of each path then. @default Google's own */
  readonly endpoint?: string;
  /** Of every call, the token and all repetitions with it. @default 2 s to connect, 10 s in all */
  readonly bounds?: Bounds;
  /** From 0 to 1. @default Math.random */
  readonly random?: () => number;
}

/** Calls of a read, the first with them. */
const TRIES = 3;

/**
 * Google's REST APIs.
 *
 * What changes something is sent once: only the runbook repeats it, after it has looked. What only reads is repeated when it was
 * throttled or not answered, while its time lasts.
 */
export class RestClient {
  readonly #options: RestClientOptions;
  readonly #bounds: Bounds;

  constructor(options: RestClientOptions) {
    this.#options = options;
    this.#bounds = options.bounds ?? USUAL_BOUNDS;
  }

  /** @throws GoogleCallError */
  async call<T>(call: GoogleCall): Promise<T> {
    const end = performance.now() + this.#bounds.whole * 1000;
    for (let tries = 1; ; tries += 1) {
      try {
        return (await this.#once(call, end)) as T;
      } catch (error) {
        const mayRepeat = isUnderstudyError(error) && error.family !== 'refused' && isReading(call) && tries < TRIES;
        const pause = 200 * 2 ** tries * (this.#options.random ?? Math.random)();
        if (!mayRepeat || performance.now() + pause >= end) throw error;
        await new Promise((done) => void setTimeout(done, pause));
      }
    }
  }

  /** The same; undefined when there is no such thing. */
  async find<T>(call: GoogleCall): Promise<T | undefined> {
    try {
      return await this.call<T>(call);
    } catch (error) {
      if (isGoogleCallError(error) && error.httpStatus === 404) return undefined;
      throw error;
    }
  }

  async #once(call: GoogleCall, end: number): Promise<unknown> {
    const authorization = `Bearer ${await this.#token(call, end)}`;
    const left = Math.max(0.001, (end - performance.now()) / 1000);
    const body = call.body === undefined ? undefined : JSON.stringify(call.body);
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await exchange(
      {
        verb: call.verb,
        url: this.#url(call),
        headers: { authorization, accept: 'application/json', 'user-agent': 'db-understudy', ...type },
        ...(body === undefined ? {} : { body }),
      },
      { connect: Math.min(left, this.#bounds.connect), whole: left },
    );
    return answerIn(call, answer);
  }

  /** Before it nothing is sent. The library has no time of its own. */
  async #token(call: GoogleCall, end: number): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), end - performance.now());
    });
    try {
      const token = await Promise.race([this.#options.token(), late]);
      if (token !== undefined && token !== '') return token;
    } catch {
      // What it says may have a key in it, or the whole answer of a token server.
    } finally {
      clearTimeout(timer);
    }
    throw new GoogleCallError(
      'google-denied',
      `${titleOf(call)} was not sent: there are no credentials for Google Cloud; allowed: Application Default Credentials; run gcloud auth application-default login, or give the function a service account`,
      { reason: 'no credentials' },
    );
  }

  #url({ method, path, query = {}, ...call }: GoogleCall): URL {
    const service = serviceOf({ method, path, ...call });
    const { endpoint } = this.#options;
    const url = new URL(
      endpoint === undefined ? `https://${service}.googleapis.com${path}` : `${endpoint}/${service}${path}`,
    );
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    return url;
  }
}
