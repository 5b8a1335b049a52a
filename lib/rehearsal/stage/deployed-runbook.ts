import { gzipSync } from 'node:zlib';
import { awsPorts } from '../../runbook/adapters/aws';
import type { RunbookSettings } from '../../runbook/contract';
import type { Ports } from '../../runbook/execution/ports';
import type { Topology } from '../../topology';
import type { EmbeddedCloud, EmbeddedCloudOptions } from '../embedded-cloud';
import type { ScaledClock } from '../scaled-clock';
import { scaledProbe } from '../servers/scaled-probe';
import type { Address } from '../servers/loopback';
import type { CloudServer } from '../serve';
import { boundsAt } from './bounds-at';
import { declaredNames, namesLeadingTo } from './declared-names';

/** Of the user who asks the databases. */
const SECRET = 'understudy/master';

export interface Deployment {
  /** Where the runbook recovers. */
  readonly region: string;
  /** Value of the secret with the master user's name and password. */
  readonly secret: string;
  /** Where the names lead in the beginning. */
  readonly leads: Readonly<Record<'writer' | 'reader', Address>>;
}

type Deployed = Pick<EmbeddedCloudOptions, 'tables' | 'parameters' | 'secrets' | 'topics' | 'zones'>;

/** What the infrastructure puts beside the runbook on AWS. */
export function deployed(topology: Topology, { region, secret, leads }: Deployment): Deployed {
  const names = namesLeadingTo(declaredNames(topology), region, leads);
  return {
    ...names,
    tables: [{ region, name: tableOf(topology), partitionKey: 'topology', sortKey: 'item' }],
    secrets: [...names.secrets, { region, name: SECRET, value: secret }],
    topics: [{ region, name: 'told' }],
  };
}

export interface DeployedPortsOptions {
  readonly topology: Topology;
  readonly region: string;
  readonly clock: ScaledClock;
  readonly cloud: EmbeddedCloud;
  readonly server: CloudServer;
}

/** The runbook's ports as it is deployed on AWS, with that cloud behind them. */
export function deployedPorts({ topology, region, clock, cloud, server }: DeployedPortsOptions): Ports {
  const settings: RunbookSettings = {
    version: 1,
    topology: gzipSync(JSON.stringify(topology)).toString('base64'),
    ...{ region, table: tableOf(topology), topic: cloud.topics.arnOf(region, 'told') },
    endpoints: [...declaredNames(topology)],
    secret: SECRET,
    isConnected: true,
  };
  const time = { now: () => clock.now() / 1000, wait: (seconds: number) => clock.wait(seconds) };
  const config = { endpoint: server.url, credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'any' } };
  const { ports } = awsPorts(settings, { clock: time, config, tls: 'off', bounds: boundsAt(clock) });
  return { ...ports, probe: scaledProbe(ports.probe, clock) };
}

const tableOf = ({ name }: Topology): string => `understudy-${name}`;
