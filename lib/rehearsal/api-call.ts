/** One call that reached the cloud, for tests to assert on and for reports to tell. */
export interface ApiCall {
  /** Milliseconds since 1970, by the cloud's clock. */
  readonly at: number;
  readonly requestId: string;
  readonly service: string;
  readonly region: string;
  readonly action: string;
  /** True if such a call can change anything, whether or not this one did. */
  readonly mutating: boolean;
  /** The access key that signed it: who called. */
  readonly caller: string;
  /** What it is about, as the caller named it: an instance, a table, a secret, a zone. */
  readonly resource: string | undefined;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** True if it was carried out, even if nobody was told. */
  readonly effect: boolean;
  /** What the caller saw: `ok`, the code of the refusal, `no-answer` or `reset`. */
  readonly outcome: string;
}
