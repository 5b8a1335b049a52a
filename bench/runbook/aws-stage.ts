import { gzipSync } from 'node:zlib';
import { EmbeddedCloud, serve, VirtualClock, type EmbeddedCloudOptions, type InstanceSeed } from '../../lib/rehearsal';
import { awsPorts } from '../../lib/runbook/adapters/aws';
import {
  QUARANTINE_TAG,
  type RunbookEvent,
  type RunbookResult,
  type RunbookSettings,
} from '../../lib/runbook/contract';
import { runRunbook, watch, type Host, type Ports } from '../../lib/runbook/execution';
import { define, type Member, type Topology, type TopologyInput } from '../../lib/topology';
import { SimulatedDatabases } from './simulated-databases';

export interface AwsStage {
  readonly cloud: EmbeddedCloud;
  readonly clock: VirtualClock;
  readonly databases: SimulatedDatabases;
  readonly ports: Ports;
  readonly topology: Topology;
  readonly settings: RunbookSettings;
  /** Asks the runbook, as a host that never ends. */
  readonly ask: (event: RunbookEvent, host?: Partial<Host>) => Promise<RunbookResult>;
  /** What the function that watches does once a minute. */
  readonly watch: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}

const WRITER = '/understudy/writer';
const ACCOUNT = '123456789012';

/** The runbook with its real adapters and the real SDK, on an embedded cloud with a topology in it, in virtual time. */
export async function awsStage(input: TopologyInput, options: EmbeddedCloudOptions = {}): Promise<AwsStage> {
  const topology = define(input);
  const clock = new VirtualClock();
  const target =
    topology.members.find(({ promotion, replicaOf }) => promotion === 1 && replicaOf !== undefined)?.region ?? '';
  const cloud = new EmbeddedCloud({
    clock,
    account: ACCOUNT,
    instances: topology.members.map((member) => seedOf(member, topology)),
    tables: [{ region: target, name: `understudy-${topology.name}`, partitionKey: 'topology', sortKey: 'item' }],
    parameters: [{ region: target, name: WRITER, value: 'somewhere' }],
    topics: [{ region: target, name: 'told' }],
    ...options,
  });
  const server = await serve(cloud);
  const settings: RunbookSettings = {
    version: 1,
    topology: gzipSync(JSON.stringify(topology)).toString('base64'),
    region: target,
    table: `understudy-${topology.name}`,
    topic: cloud.topics.arnOf(target, 'told'),
    endpoints: [{ kind: 'parameter', role: 'writer', name: WRITER }],
    isConnected: true,
  };
  const time = { now: () => clock.now() / 1000, wait: (seconds: number) => clock.wait(seconds) };
  const config = { endpoint: server.url, credentials: { accessKeyId: 'operator', secretAccessKey: 'any' } };
  const databases = new SimulatedDatabases(cloud);
  const ports: Ports = { ...awsPorts(settings, { clock: time, config }).ports, probe: databases };
  let runs = 0;
  const host: Host = {
    holder: 'operator',
    newRunId: () => `run-${(runs += 1)}`,
    random: () => 0.5,
    command: (event) => JSON.stringify(event),
  };
  return {
    ...{ cloud, clock, databases, ports, topology, settings },
    ask: (event, own = {}) => runRunbook(event, { ports, topology, host: { ...host, ...own } }),
    watch: () => watch(ports, topology),
    close: () => server.close(),
  };
}

function seedOf({ id, region = '', replicaOf, retentionDays, standby, aws }: Member, topology: Topology): InstanceSeed {
  const identifier = (of: string): string => topology.members.find((each) => each.id === of)?.aws.identifier ?? of;
  return {
    region,
    id: aws.identifier ?? id,
    engine: topology.engine.name,
    engineVersion: topology.engine.version ?? '17.6',
    backupRetention: retentionDays ?? 7,
    multiAz: standby === 'multi-az',
    deletionProtection: topology.aws.deletionProtection,
    tags: [{ key: QUARANTINE_TAG, value: `sg-quarantine-${region}` }],
    ...(replicaOf === undefined ? {} : { replicaOf: identifier(replicaOf) }),
  };
}
