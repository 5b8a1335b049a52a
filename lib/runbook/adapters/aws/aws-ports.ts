import { gunzipSync } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { UnderstudyError, type Topology } from '../../../topology';
import type { RunbookSettings } from '../../contract';
import type { Clock, Ports } from '../../execution/ports';
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
import { SYSTEM_CLOCK } from './system-clock';

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
  const topology = topologyIn(settings);
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

/** The topology as the constructs have packed it. It was checked when they did; that it is one is checked here. */
function topologyIn({ topology: packed, region }: RunbookSettings): Topology {
  try {
    const topology = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString('utf8')) as Topology;
    if (typeof topology.name === 'string' && typeof topology.primary === 'string' && Array.isArray(topology.members)) {
      return topology;
    }
  } catch {
    // Told below: what it says of bytes helps nobody.
  }
  throw new UnderstudyError(
    'topology-unreadable',
    `the runbook's settings in ${region} hold no topology that can be read; allowed: what PromotionRunbook has written; fix: deploy it again`,
  );
}
