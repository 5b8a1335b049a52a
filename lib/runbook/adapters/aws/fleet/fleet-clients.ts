import { CloudWatchClient, type CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';
import { RDSClient, type RDSClientConfig } from '@aws-sdk/client-rds';
import { clientSettings, USUAL_BOUNDS, type Bounds, type Purpose } from '../client-settings';

/** Clients for every Region that a member is in. */
export interface FleetClients {
  readonly rds: (region: string, purpose: Purpose) => RDSClient;
  readonly cloudWatch: (region: string) => CloudWatchClient;
}

export interface FleetClientsOptions {
  /** Goes to every client: credentials, an endpoint. */
  readonly config?: RDSClientConfig & CloudWatchClientConfig;
  /** @default 2 s to connect, 10 s in all */
  readonly bounds?: Bounds;
}

/** Clients that are made when they are first asked for, and kept. */
export function fleetClients({ config = {}, bounds = USUAL_BOUNDS }: FleetClientsOptions = {}): FleetClients {
  const settings = (region: string, purpose: Purpose): RDSClientConfig & CloudWatchClientConfig => ({
    ...config,
    region,
    ...clientSettings(purpose, bounds),
  });
  const rds = new Map<string, RDSClient>();
  const cloudWatch = new Map<string, CloudWatchClient>();
  return {
    rds: (region, purpose) => kept(rds, `${region} ${purpose}`, () => new RDSClient(settings(region, purpose))),
    cloudWatch: (region) => kept(cloudWatch, region, () => new CloudWatchClient(settings(region, 'read'))),
  };
}

function kept<T>(all: Map<string, T>, key: string, make: () => T): T {
  const found = all.get(key) ?? make();
  all.set(key, found);
  return found;
}
