import type { Topology } from '../../../topology';
import type { GoogleRunbookSettings } from '../../contract';
import type { Clock, Ports } from '../../execution/ports';
import { givenTopology, SYSTEM_CLOCK } from '../host';
import { USUAL_BOUNDS, type Bounds } from '../sql';
import { GoogleEndpoints } from './endpoints/google-endpoints';
import { CloudSqlFleet } from './fleet/cloud-sql-fleet';
import { SqlAdmin } from './fleet/sql-admin';
import { FirestoreHistory } from './history/firestore-history';
import { FirestoreLedger } from './ledger/firestore-ledger';
import { PubsubNotifier } from './notifier/pubsub-notifier';
import { cloudSqlProbe } from './probe/cloud-sql-probe';
import { RestClient, type RestClientOptions } from './rest/rest-client';
import { applicationDefault } from './rest/token-source';
import { secretText } from './secret-text';

export interface GooglePortsOptions {
  /** @default the machine's time */
  readonly clock?: Clock;
  /** @default whoever Application Default Credentials say */
  readonly token?: RestClientOptions['token'];
  /** One address for all services. @default Google's own */
  readonly endpoint?: string;
  /** Of every call, and of every question to a database. @default 2 s to connect, 10 s in all */
  readonly bounds?: Bounds;
  /** `off` for databases on this machine only: nobody is asked for a certificate, and nothing is encrypted. @default their own */
  readonly tls?: 'off';
  /** From 0 to 1, for the time between two tries. @default Math.random */
  readonly random?: () => number;
}

/**
 * Everything that a run touches, on Google Cloud, from what the infrastructure has written down.
 *
 * @throws UnderstudyError `topology-unreadable`, `endpoint-twice`
 */
export function googlePorts(
  settings: GoogleRunbookSettings,
  {
    clock = SYSTEM_CLOCK,
    token = applicationDefault(),
    endpoint,
    bounds = USUAL_BOUNDS,
    tls,
    random = Math.random,
  }: GooglePortsOptions = {},
): { readonly ports: Ports; readonly topology: Topology } {
  const { project, database, secret, topic, isConnected } = settings;
  const topology = givenTopology(settings);
  const rest = new RestClient({ token, bounds, random, ...(endpoint === undefined ? {} : { endpoint }) });
  const kept = { rest, project, database, topology: topology.name, clock };
  const credentials =
    secret === undefined ? undefined : { name: secret, read: () => secretText({ rest, project }, secret) };
  return {
    topology,
    ports: {
      clock,
      fleet: new CloudSqlFleet({ rest, project, clock }),
      probe: cloudSqlProbe({
        ...{ isConnected, bounds, sql: new SqlAdmin(rest, project) },
        ...(credentials === undefined ? {} : { credentials }),
        ...(tls === undefined ? {} : { tls }),
      }),
      endpoints: new GoogleEndpoints({ settings: settings.endpoints, rest, project, clock, topology }),
      ledger: new FirestoreLedger(kept),
      history: new FirestoreHistory(kept),
      notifier: new PubsubNotifier({ rest, clock, ...(topic === undefined ? {} : { topic }) }),
    },
  };
}
