export { AwsCallError, isAwsCallError, type AwsCallCode, type AwsCallFacts } from './aws-call-error';
export { boundedCall, type SendOptions } from './bounded-call';
export { clientSettings, USUAL_BOUNDS, type Bounds, type ClientSettings, type Purpose } from './client-settings';
export { titleOf, translateError, type CallSubject } from './translate-error';
export { AwsFleet, type AwsFleetOptions } from './fleet/aws-fleet';
export { fleetClients, type FleetClients, type FleetClientsOptions } from './fleet/fleet-clients';
