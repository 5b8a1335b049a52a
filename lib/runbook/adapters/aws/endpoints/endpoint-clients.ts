import { Route53Client, type Route53ClientConfig } from '@aws-sdk/client-route-53';
import { SecretsManagerClient, type SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';
import { SSMClient, type SSMClientConfig } from '@aws-sdk/client-ssm';
import { clientSettings, type Bounds } from '../client-settings';

/** So that even two calls in a row that are not answered end before the runner's host does. */
export const ENDPOINT_BOUNDS: Bounds = { connect: 2, whole: 5 };

/** Where the control plane of Route 53 is, and is called. */
export const ROUTE_53_REGION = 'us-east-1';

/** Clients that never repeat by themselves. */
export interface EndpointClients {
  readonly ssm: SSMClient;
  readonly secretsManager: SecretsManagerClient;
  readonly route53: Route53Client;
}

export interface EndpointClientsOptions {
  /** The Region that is recovered in. */
  readonly region: string;
  /** Goes to every client: credentials, an endpoint. */
  readonly config?: SSMClientConfig & SecretsManagerClientConfig & Route53ClientConfig;
}

export function endpointClients({ region, config = {} }: EndpointClientsOptions): EndpointClients {
  const settings = { ...config, region, ...clientSettings('change', ENDPOINT_BOUNDS) };
  let route53: Route53Client | undefined;
  return {
    ssm: new SSMClient(settings),
    secretsManager: new SecretsManagerClient(settings),
    // Few have records, and the others do not ship it.
    get route53() {
      route53 ??= new Route53Client({ ...settings, region: ROUTE_53_REGION });
      return route53;
    },
  };
}
