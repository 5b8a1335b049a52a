import { DescribeDBInstancesCommand, PromoteReadReplicaCommand, RDSClient } from '@aws-sdk/client-rds';
import { serve, EmbeddedCloud, USUAL_TIMES, VirtualClock } from '../../lib/rehearsal';
import type { JournalRow } from '../../lib/runbook/execution';
import type { TopologyInput } from '../../lib/topology';
import type { Figure } from '../figure';
import { awsStage, type AwsStage } from './aws-stage';

const INPUT: TopologyInput = {
  name: 'orders',
  engine: { name: 'postgres', version: '17.6' },
  primary: 'a',
  objectives: { lag: '5m', dataLoss: '10m' },
  members: {
    a: { region: 'us-east-1', size: 'db.m7g.large', storage: { gib: 100 } },
    b: { region: 'eu-west-1', replicaOf: 'a', promotion: 1, key: 'create' },
  },
};

/** A promotion of 240 s in all and a restart of 60 s: what a small instance may take. */
const TIMES = {
  ...USUAL_TIMES,
  promotionLinger: 45,
  promotion: 120,
  promotionReboot: 60,
  sourceLinger: 15,
  reboot: 60,
};
const PROMOTION = TIMES.promotionLinger + TIMES.promotion + TIMES.promotionReboot + TIMES.sourceLinger;

/** What the cloud itself takes for a run: its groups settle, it restarts, promotes and copies. */
const OWN = TIMES.settling + TIMES.reboot + PROMOTION + TIMES.replicaCreation;

/** Most seconds that a run may take beyond the cloud's own. */
const LIMIT = 15;

/** The seconds that a whole run takes beyond what the cloud itself takes, in the cloud's time, and the calls of each phase. */
export async function overheadFigures(): Promise<readonly Figure[]> {
  const baseline = `promote, sleep 60, poll every 60 (fences nothing, repoints nothing): ${await naiveOverhead()} s`;
  const planned = await runOverhead('switchover');
  const unplanned = await runOverhead('failover');
  return [
    { bench: 'runbook-overhead-planned', value: planned.seconds, limit: LIMIT, baseline, calls: planned.calls },
    { bench: 'runbook-overhead-unplanned', value: unplanned.seconds, limit: LIMIT, baseline, calls: unplanned.calls },
  ];
}

interface Overhead {
  readonly seconds: number;
  readonly calls: Readonly<Record<string, number>>;
}

async function runOverhead(mode: 'switchover' | 'failover'): Promise<Overhead> {
  const stage = await awsStage(INPUT, { timetable: TIMES });
  try {
    await watched(stage);
    if (mode === 'failover') {
      stage.databases.kill('orders-a');
      stage.clock.advance(40);
    }
    const consent = mode === 'failover' ? { acceptDataLoss: 3600 } : {};
    const { planHash } = await stage.ask({ mode: 'plan', ...consent });
    const began = stage.clock.now();
    const calls = new CallsPerPhase(stage);
    const event = { mode, reason: 'bench', approve: planHash, ...consent } as const;
    const { outcome, next } = await stage.ask(event, { onRow: (row) => calls.note(row) });
    if (outcome !== 'DONE') throw new Error(`the run ended ${outcome}: ${next.join(' ')}`);
    return { seconds: (stage.clock.now() - began) / 1000 - OWN, calls: calls.counts };
  } finally {
    await stage.close();
  }
}

async function watched(stage: AwsStage): Promise<void> {
  for (let minute = 0; minute < 2; minute += 1) {
    await stage.watch();
    stage.clock.advance(60);
  }
}

class CallsPerPhase {
  readonly counts: Record<string, number> = {};
  readonly #stage: AwsStage;
  #before: number;

  constructor(stage: AwsStage) {
    this.#stage = stage;
    this.#before = stage.cloud.calls.length;
  }

  note(row: JournalRow): void {
    if (row.type !== 'phase ended') return;
    const now = this.#stage.cloud.calls.length;
    this.counts[row.phase] = now - this.#before;
    this.#before = now;
  }
}

/** What most scripts do, and how much longer it takes than the cloud itself. */
async function naiveOverhead(): Promise<number> {
  const clock = new VirtualClock();
  const instances = [
    { region: 'us-east-1', id: 'orders-a' },
    { region: 'eu-west-1', id: 'orders-b', replicaOf: 'orders-a' },
  ];
  const server = await serve(new EmbeddedCloud({ clock, instances, timetable: TIMES }));
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'any' };
  const rds = new RDSClient({ region: 'eu-west-1', endpoint: server.url, credentials });
  const id = { DBInstanceIdentifier: 'orders-b' };
  const began = clock.now();
  await rds.send(new PromoteReadReplicaCommand(id));
  for (;;) {
    clock.advance(60);
    const { DBInstances } = await rds.send(new DescribeDBInstancesCommand(id));
    const [instance] = DBInstances ?? [];
    const isOver = instance?.ReadReplicaSourceDBInstanceIdentifier === undefined;
    if (isOver && instance?.DBInstanceStatus === 'available') break;
  }
  rds.destroy();
  await server.close();
  return (clock.now() - began) / 1000 - PROMOTION;
}
