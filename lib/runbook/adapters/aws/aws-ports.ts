import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Topology } from '../../../topology';
import type { RunbookSettings } from '../../contract';
import type { Clock, Ports } from '../../execution/ports';
import { givenTopology, SYSTEM_CLOCK } from '../host';
import { SqlDatabaseProbe, type TlsMode } from '../sql';
import { clientSettings, USUAL_BOUNDS, type Bounds } from './client-settings';
import { AuroraFleet } from './aurora/aurora-fleet';
import { AwsEndpoints } from './endpoints/aws-endpoints';
import { endpointClients, type EndpointClientsOptions } from './endpoints/endpoint-clients';
import { AwsFleet } from './fleet/aws-fleet';
import { fleetClients } from './fleet/fleet-clients';
import { DynamoHistory } from './history/dynamo-history';
import { DynamoLedger } from './ledger/dynamo-ledger';
import { TABLE_BOUNDS } from './ledger/dynamo-table';
import { masterSecret } from './master-secret';
import { SnsNotifier } from './notifier/sns-notifier';

export interface AwsPortsOptions {
  /** @default the machine's time */
  readonly clock?: Clock;
  /** Goes to every client: credentials, an endpoint. @default the SDK's own chain */
  readonly config?: EndpointClientsOptions['config'];
  /** @default 'rds' */
  readonly tls?: TlsMode;
  /** Of every call to RDS and CloudWatch, and of every question to a database. @default 2 s to connect, 10 s in all */
  readonly bounds?: Bounds;
}

/**
 * Everything that a run touches, on AWS, from what the infrastructure has written down.
 *
 * @throws UnderstudyError `topology-unreadable`, `endpoint-twice`
 */
export function awsPorts(
  settings: RunbookSettings,
  { clock = SYSTEM_CLOCK, config = {}, tls = 'rds', bounds = USUAL_BOUNDS }: AwsPortsOptions = {},
): { readonly ports: Ports; readonly topology: Topology } {
  const { region, table, secret } = settings;
  const topology = givenTopology(settings);
  const reading = { ...config, region, ...clientSettings('read') };
  const changing = { ...config, region, ...clientSettings('change') };
  const tables = new DynamoDBClient({ ...config, region, ...clientSettings('change', TABLE_BOUNDS) });
  const kept = { client: tables, table, topology: topology.name, region, clock };
  const credentials =
    secret === undefined ? undefined : masterSecret({ client: new SecretsManagerClient(reading), region, secret });
  const Servers = topology.kind === 'instances' ? AwsFleet : AuroraFleet;
  return {
    topology,
    ports: {
      clock,
      fleet: new Servers({ clients: fleetClients({ config, bounds }), clock, bounds }),
      probe: new SqlDatabaseProbe({
        isConnected: settings.isConnected,
        tls,
        bounds,
        ...(credentials && { credentials }),
      }),
      endpoints: new AwsEndpoints({
        settings: settings.endpoints,
        clients: endpointClients({ region, config }),
        region,
        clock,
      }),
      ledger: new DynamoLedger(kept),
      history: new DynamoHistory(kept),
      notifier: new SnsNotifier({
        client: new SNSClient(changing),
        region,
        clock,
        ...(settings.topic === undefined ? {} : { topic: settings.topic }),
      }),
    },
  };
}
