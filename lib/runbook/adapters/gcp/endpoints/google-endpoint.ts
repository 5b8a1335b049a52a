import type { Obstacle } from '../../../decision';
import type { Clock, Endpoint } from '../../../execution/ports';
import type { RestClient } from '../rest/rest-client';

/** An endpoint that knows what stands in the way of writing it. */
export interface GoogleEndpoint extends Endpoint {
  /** Never throws for what Google says. */
  obstacles(): Promise<readonly Obstacle[]>;
}

/** What every kind of endpoint works with. */
export interface EndpointSurroundings {
  readonly rest: RestClient;
  readonly project: string;
  readonly clock: Clock;
}

/** With which Google denies a call. */
export const DENIED = 'google-denied';
