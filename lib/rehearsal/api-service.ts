import type { ApiRefusal } from './api-refusal';
import type { CredentialScope } from './credential-scope';
import type { Mishap } from './fault';

/** A call as it came over the wire. Its service, Region and caller are in its signature. */
export interface ApiRequest extends CredentialScope {
  readonly method: string;
  /** With the query, as in the first line of the request. */
  readonly path: string;
  /** By name, in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** What goes back over the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What may happen to a procedure after its call was accepted. */
export type Twist = Extract<Mishap, { kind: 'stuck' | 'fails' }>;

/** What a call is carried out with, besides itself. */
export interface Circumstances {
  readonly requestId: string;
  readonly twist: Twist | undefined;
}

/** A call, read and ready to be carried out. */
export interface ReadCall {
  readonly action: string;
  /** True if such a call can change anything; of what is not known here, too. */
  readonly mutating: boolean;
  /** What it is about, as callers name it: an instance, a table, a secret, a zone. */
  readonly resource: string | undefined;
  /** How a denial names that; undefined if it does not. */
  readonly deniedOn: string | undefined;
  /** For the log. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** @throws ApiRefusal, having changed nothing */
  perform(circumstances: Circumstances): Reply;
}

/** What every service has, each in its own way. */
export interface ServiceProfile {
  /** As faults and the log name it, and permissions unless {@link permissions} says otherwise. */
  readonly name: string;
  /** As signatures name it. @default the name */
  readonly signedAs?: string;
  /**
   * The one Region that it is in, if it is not in all: an SDK that is given an endpoint does not know it, and signs for
   * its own. @default all
   */
  readonly home?: string;
  /** What its permissions begin with, in a denial. @default the name */
  readonly permissions?: string;
  /** How it says: too often. */
  readonly throttling: { readonly code: string; readonly message: string };
  /** How it says: not you. */
  readonly denial: { readonly code: string; readonly httpStatus: number };
}

/** An AWS service: its wire protocol and what it does. Each speaks for itself; the cloud brings time, faults and the log. */
export interface ApiService {
  readonly profile: ServiceProfile;
  /** Never throws: what is wrong with a call is said when it is carried out. */
  read(request: ApiRequest): ReadCall;
  refuse(refusal: ApiRefusal, requestId: string): Reply;
}
