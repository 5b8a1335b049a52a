import type { RunbookEvent, RunbookResult } from '../../../../lib/runbook/contract';
import type { TopologyInput } from '../../../../lib/topology';
import type { AuroraCloud } from './aurora-cloud';
import { auroraStage, type AuroraStage } from './aurora-stage';

/** A run that is about to begin, and how it begins and ends when all goes well. */
interface AuroraScene {
  readonly input: TopologyInput;
  readonly mode: 'switchover' | 'failover';
  /** @default none is needed */
  readonly consent?: Partial<RunbookEvent>;
  readonly prepare: (cloud: AuroraCloud) => void;
  /** What goes wrong before it begins. @default nothing */
  readonly strike?: (cloud: AuroraCloud) => void;
  readonly before: Place;
  readonly after: Place;
}

/** Who takes writes, and where the writer's name leads. */
interface Place {
  readonly primary: string;
  readonly writer: string;
}

/** What is left of a run when it is over. */
export interface AuroraEnd extends Place {
  readonly outcome: RunbookResult['outcome'];
  /** How often a primary was asked to move. */
  readonly moves: number;
}

const SIZE = 'db.r7g.large';
const AWAY = { region: 'eu-west-1', size: SIZE, promotion: 1, key: 'create', instances: { a: {} } } as const;

const GLOBAL: TopologyInput = {
  name: 'orders',
  kind: 'global',
  engine: { name: 'aurora-postgresql', version: '16.8' },
  primary: 'paris',
  objectives: { lag: '5s', dataLoss: '10m' },
  members: {
    paris: { region: 'eu-west-3', size: SIZE, instances: { a: {} } },
    dublin: { ...AWAY, replicaOf: 'paris' },
  },
};

const BINLOG: TopologyInput = {
  ...GLOBAL,
  kind: 'cluster',
  engine: { name: 'aurora-mysql', version: '8.0.mysql_aurora.3.08.2' },
  objectives: { lag: '1m', dataLoss: '1h' },
  aws: { parameters: { binlog_format: 'ROW' } },
};

const CLUSTER: TopologyInput = {
  ...GLOBAL,
  kind: 'cluster',
  members: {
    paris: { region: 'eu-west-3', size: SIZE, instances: { a: { tier: 0 }, b: { tier: 1 }, c: { tier: 2 } } },
  },
};

const LOST: Partial<RunbookEvent> = {
  acceptSplitBrainRisk: { by: 'Ada', reason: 'the Region is gone' },
  acceptDataLoss: 3600,
  override: ['primary-unknown'],
};

const HERE: Place = { primary: 'orders-paris', writer: 'somewhere' };
const THERE: Place = { primary: 'orders-dublin', writer: 'orders-dublin.cluster.eu-west-1.rds.amazonaws.com' };

const HOME = 'eu-west-3';

function addPair(cloud: AuroraCloud): void {
  cloud.add('orders-paris', HOME, ['orders-paris-a']);
  cloud.add('orders-dublin', 'eu-west-1', ['orders-dublin-a'], { retention: 1 });
  const members = ['orders-paris', 'orders-dublin'];
  cloud.global = { id: 'orders', hasEndpoint: true, members, writer: 'orders-paris' };
}

function addFollower(cloud: AuroraCloud): void {
  cloud.add('orders-paris', HOME, ['orders-paris-a']);
  cloud.add('orders-dublin', 'eu-west-1', ['orders-dublin-a'], {
    source: `arn:aws:rds:${HOME}:123456789012:cluster:orders-paris`,
  });
}

const addCluster = (cloud: AuroraCloud): unknown =>
  cloud.add('orders-paris', HOME, ['orders-paris-a', 'orders-paris-b', 'orders-paris-c']);

/** It comes back, or there would be nothing to keep. */
function lose(cloud: AuroraCloud): void {
  cloud.dead.add(HOME);
  cloud.clock.advance(180);
  cloud.after(600, () => cloud.dead.clear());
}

function fail({ clusters }: AuroraCloud): void {
  for (const server of clusters[0]?.servers ?? []) if (server.id.endsWith('-a')) server.status = 'failed';
}

const ACROSS = { before: HERE, after: THERE };
/** Names follow the writer of a cluster by themselves. */
const INSIDE = {
  before: { primary: 'orders-paris-a', writer: 'somewhere' },
  after: { primary: 'orders-paris-b', writer: 'somewhere' },
};

const DETACH: Partial<RunbookEvent> = { ...LOST, override: ['primary-unknown', 'detach-and-promote'] };

export const SCENES = {
  switchover: { ...ACROSS, input: GLOBAL, mode: 'switchover', prepare: addPair },
  failover: { ...ACROSS, input: GLOBAL, mode: 'failover', consent: LOST, prepare: addPair, strike: lose },
  detachment: { ...ACROSS, input: GLOBAL, mode: 'failover', consent: DETACH, prepare: addPair, strike: lose },
  'promotion of who follows by binary log': {
    ...{ ...ACROSS, input: BINLOG, mode: 'failover', consent: LOST, prepare: addFollower, strike: lose },
  },
  'move inside': { ...INSIDE, input: CLUSTER, mode: 'switchover', prepare: addCluster },
  'move away from a writer that failed': {
    ...{ ...INSIDE, input: CLUSTER, mode: 'failover', prepare: addCluster, strike: fail },
  },
} as const satisfies Record<string, AuroraScene>;

export type AuroraSceneName = keyof typeof SCENES;

/** The stage at the moment when the run of that scene begins. */
export async function auroraScene(name: AuroraSceneName): Promise<AuroraScene & { readonly stage: AuroraStage }> {
  const scene: AuroraScene = SCENES[name];
  const stage = auroraStage(scene.input, scene.prepare);
  await stage.watch();
  stage.cloud.clock.advance(60);
  await stage.watch();
  scene.strike?.(stage.cloud);
  return { ...scene, stage };
}

const MOVE = /(Switchover|Failover|RemoveFrom)GlobalCluster$|FailoverDBCluster$|PromoteReadReplicaDBCluster$/;

/** How often a primary was asked to move. */
export const movesOf = ({ cloud }: AuroraStage): number => cloud.changes.filter((change) => MOVE.test(change)).length;

/** Who takes writes by now, and where the writer's name leads. */
export function placeNow({ cloud, writer }: AuroraStage): Place {
  cloud.now();
  const { global, clusters } = cloud;
  const home = cloud.cluster('orders-paris');
  if (clusters.length === 1) return { primary: home.writer ?? 'nobody', writer: writer() };
  // Detached or promoted, the other takes writes, whoever else does.
  const other = cloud.cluster('orders-dublin');
  const isAlone = global === undefined ? other.source === undefined : !global.members.includes(other.id);
  return { primary: isAlone ? other.id : (global?.writer ?? home.id), writer: writer() };
}

export function endOf(stage: AuroraStage, { outcome }: RunbookResult): AuroraEnd {
  return { outcome, ...placeNow(stage), moves: movesOf(stage) };
}
