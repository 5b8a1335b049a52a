import type { Mishap } from './fault';

/** A call as it came over the wire. Its service, Region and caller are in its signature. */
export interface ApiRequest {
  readonly service: string;
  readonly region: string;
  readonly caller: string;
  readonly body: string;
}

/** A call, read. */
export interface ParsedCall {
  readonly action: string;
  readonly instance: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

/** What may happen to a procedure after its call was accepted. */
export type Twist = Extract<Mishap, { kind: 'stuck' | 'fails' }>;

export interface Performance {
  readonly call: ParsedCall;
  readonly region: string;
  readonly requestId: string;
  readonly twist: Twist | undefined;
}

/** An AWS service: its wire protocol and what it does. Each speaks for itself; the cloud brings time, faults and the log. */
export interface ApiService {
  /** As it stands in the scope of a signature. */
  readonly name: string;
  readonly contentType: string;
  parse(body: string): ParsedCall;
  isMutation(action: string): boolean;
  /**
   * Carries out a call and renders the answer.
   *
   * @throws ApiRefusal, having changed nothing
   */
  perform(performance: Performance): string;
  renderRefusal(code: string, message: string, fault: { requestId: string; sender: boolean }): string;
  /** ARN to name in a denial. */
  resourceOf(call: ParsedCall, region: string): string;
}
