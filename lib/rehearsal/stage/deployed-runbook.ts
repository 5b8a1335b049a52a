import { gzipSync } from 'node:zlib';
import { awsPorts } from '../../runbook/adapters/aws';
import type { RunbookSettings } from '../../runbook/contract';
import type { Ports } from '../../runbook/execution/ports';
import type { Topology } from '../../topology';
import type { EmbeddedCloud, EmbeddedCloudOptions } from '../embedded-cloud';
import type { ScaledClock } from '../scaled-clock';
import { scaledProbe } from '../servers/scaled-probe';
import type { CloudServer } from '../serve';
import { boundsAt } from './bounds-at';

/** Names that applications go by. */
export const WRITER = '/understudy/writer';
export const READER = '/understudy/reader';
const SECRET = 'understudy/master';

export interface Deployment {
  /** Where the runbook recovers. */
  readonly region: string;
  /** Value of the secret with the master user's name and password. */
  readonly secret: string;
  /** Where the names lead in the beginning. */
  readonly writer: string;
  readonly reader: string;
}

type Deployed = Pick<EmbeddedCloudOptions, 'tables' | 'parameters' | 'secrets' | 'topics'>;

/** What the infrastructure puts beside the runbook on AWS. */
export const deployed = (topology: Topology, { region, secret, writer, reader }: Deployment): Deployed => ({
  tables: [{ region, name: tableOf(topology), partitionKey: 'topology', sortKey: 'item' }],
  parameters: [
    { region, name: WRITER, value: writer },
    { region, name: READER, value: reader },
  ],
  secrets: [{ region, name: SECRET, value: secret }],
  topics: [{ region, name: 'told' }],
});

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
    endpoints: [
      { kind: 'parameter', role: 'writer', name: WRITER },
      { kind: 'parameter', role: 'reader', name: READER },
    ],
    secret: SECRET,
    isConnected: true,
  };
  const time = { now: () => clock.now() / 1000, wait: (seconds: number) => clock.wait(seconds) };
  const config = { endpoint: server.url, credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'any' } };
  const { ports } = awsPorts(settings, { clock: time, config, tls: 'off', bounds: boundsAt(clock) });
  return { ...ports, probe: scaledProbe(ports.probe, clock) };
}

const tableOf = ({ name }: Topology): string => `understudy-${name}`;
