import type { Clock } from '../clock';

/** A request as a service gets it: the first part of the path named the service. */
export interface GoogleRequest {
  readonly verb: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined: there was none. */
  readonly body: unknown;
}

/** What a request asks for. */
export interface GoogleAction {
  /** `instances.get` */
  readonly action: string;
  readonly resource: string;
  readonly isMutating: boolean;
  /** The region that it depends on; undefined: none. */
  readonly region?: string;
  /** Carries it out. @throws GoogleRefusal */
  readonly perform: () => unknown;
  /** The same, but what it begins fails with this word. */
  readonly performFailing?: (word: string) => unknown;
}

/** One of Google's APIs, so far as a promotion needs it. */
export interface GoogleApi {
  readonly name: string;
  /** @throws GoogleRefusal when there is no such method */
  read(request: GoogleRequest): GoogleAction;
}

/** What a service answers when it refuses. */
export class GoogleRefusal extends Error {
  readonly httpStatus: number;
  readonly reason: string;

  constructor(httpStatus: number, reason: string, message: string) {
    super(message);
    this.name = 'GoogleRefusal';
    this.httpStatus = httpStatus;
    this.reason = reason;
  }

  /** Newer services say `status`, the older ones a list of reasons: whoever reads must understand both. */
  get body(): unknown {
    const { httpStatus: code, message, reason } = this;
    const isStatus = /^[A-Z_]+$/.test(reason);
    return {
      error: {
        code,
        message,
        ...(isStatus ? { status: reason } : { errors: [{ reason, message, domain: 'global' }] }),
      },
    };
  }
}

export const noSuchMethod = ({ verb, path }: GoogleRequest): GoogleRefusal =>
  new GoogleRefusal(404, 'NOT_FOUND', `no method ${verb} ${path} here`);

/** A time as Google writes it. */
export const timestamp = (clock: Clock): string => new Date(clock.now()).toISOString();
