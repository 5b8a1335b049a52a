import type { Obstacle } from '../../../decision';
import type { Clock, Endpoint } from '../../../execution/ports';
import type { EndpointClients } from './endpoint-clients';

/** An endpoint that knows what stands in the way of writing it. */
export interface AwsEndpoint extends Endpoint {
  /** Never throws for what AWS says. */
  obstacles(): Promise<readonly Obstacle[]>;
}

/** With which AWS denies a call. */
export const DENIED = 'aws-denied';

/** What every kind of endpoint works with. */
export interface EndpointSurroundings {
  readonly clients: EndpointClients;
  /** The Region that is recovered in: parameters and secrets are there. */
  readonly region: string;
  readonly clock: Clock;
  /** From 0 to 1. @default Math.random */
  readonly random?: () => number;
}
