import type { RunbookEvent, RunbookResult } from '../../../lib/runbook/contract';
import type { TopologyInput } from '../../../lib/topology';
import { FAILURES, failingAt, killedAt, noting, type Failure } from '../execution/_world/mishaps';
import { auroraStage, type AuroraStage } from './_aurora/aurora-stage';

const IS_SOAK = process.env['SOAK'] !== undefined;

jest.setTimeout(IS_SOAK ? 3_600_000 : 120_000);

const GLOBAL: TopologyInput = {
  name: 'orders',
  kind: 'global',
  engine: { name: 'aurora-postgresql', version: '16.8' },
  primary: 'paris',
  objectives: { lag: '5s', dataLoss: '10m' },
  members: {
    paris: { region: 'eu-west-3', size: 'db.r7g.large', instances: { a: {} } },
    dublin: {
      region: 'eu-west-1',
      size: 'db.r7g.large',
      replicaOf: 'paris',
      promotion: 1,
      key: 'create',
      instances: { a: {} },
    },
  },
};

const LOST: Partial<RunbookEvent> = {
  acceptSplitBrainRisk: { by: 'Ada', reason: 'the Region is gone' },
  acceptDataLoss: 3600,
  override: ['primary-unknown'],
};

/** At every how manyeth call a runner is killed, and at the move itself: all of them under SOAK. */
const STRIDE = IS_SOAK ? 1 : 151;

/** After these nobody knows whether the call has had its effect. */
const AMBIGUOUS: readonly Failure[] = ['lost on the way', 'answer lost'];

async function setUp(isLost: boolean): Promise<AuroraStage> {
  const stage = auroraStage(GLOBAL, (cloud) => {
    cloud.add('orders-paris', 'eu-west-3', ['orders-paris-a']);
    cloud.add('orders-dublin', 'eu-west-1', ['orders-dublin-a'], { retention: 1 });
    cloud.global = {
      id: 'orders',
      hasEndpoint: true,
      members: ['orders-paris', 'orders-dublin'],
      writer: 'orders-paris',
    };
  });
  await stage.watch();
  stage.cloud.clock.advance(60);
  await stage.watch();
  if (!isLost) return stage;
  stage.cloud.dead.add('eu-west-3');
  stage.cloud.clock.advance(180);
  // It comes back, or there would be nothing to keep.
  stage.cloud.after(600, () => stage.cloud.dead.clear());
  return stage;
}

/** What is left of a run when it is over. */
interface End {
  readonly outcome: RunbookResult['outcome'];
  readonly writer: string;
  readonly primary: string | undefined;
  readonly calls: number;
}

const MOVES = /(Switchover|Failover)GlobalCluster$/;

function endOf(stage: AuroraStage, { outcome }: RunbookResult): End {
  return {
    outcome,
    writer: stage.writer(),
    primary: stage.cloud.global?.writer,
    calls: stage.cloud.changes.filter((change) => MOVES.test(change)).length,
  };
}

test.each([
  ['switchover', {}],
  ['failover', LOST],
] as const)(
  'a crash before or after a call of a %s, and a resumption, ends as the run without',
  async (mode, consent) => {
    const calls: string[] = [];
    const first = await setUp(mode === 'failover');
    const usual = endOf(first, await first.carry(mode, consent, () => noting(first.ports, calls)));
    expect(usual).toMatchObject({ primary: 'orders-dublin', calls: 1 });
    const promotion = calls.indexOf('promote.do move') + 1;
    expect(promotion).toBeGreaterThan(10);
    for (let at = 1; at <= calls.length; at += 1) {
      if (at % STRIDE !== 0 && at !== promotion) continue;
      for (const when of ['before', 'after'] as const) {
        const stage = await setUp(mode === 'failover');
        const result = await stage.carry(mode, consent, (invocation) =>
          invocation === 1 ? killedAt(stage.ports, { at, when }) : stage.ports,
        );
        const end = endOf(stage, result);
        // The journal says that it is about to be called, and nobody can know whether it was: it is not called again.
        const isUnknowable = end.calls === 0;
        const isBetween = (at === promotion && when === 'before') || (at === promotion - 1 && when === 'after');
        expect({ at, when, call: calls[at - 1], ...end }).toStrictEqual({
          ...{ at, when, call: calls[at - 1] },
          ...(isBetween && isUnknowable
            ? { outcome: 'NEEDS_OPERATOR', writer: 'somewhere', primary: 'orders-paris', calls: 0 }
            : usual),
        });
      }
    }
  },
);

const DUBLIN = 'orders-dublin.cluster.eu-west-1.rds.amazonaws.com';

const FAILED = [
  ['switchover', {}],
  ['failover', LOST],
] as const;

test.each(IS_SOAK ? FAILED : FAILED.slice(0, 1))(
  'whichever call of a %s fails once, the primary moves once or not at all',
  async (mode, consent) => {
    const calls: string[] = [];
    const first = await setUp(mode === 'failover');
    await first.carry(mode, consent, () => noting(first.ports, calls));
    const promotion = calls.indexOf('promote.do move') + 1;
    for (let at = 1; at <= calls.length; at += 1) {
      if (at % STRIDE !== 0 && at !== promotion) continue;
      for (const failure of IS_SOAK ? FAILURES : AMBIGUOUS) {
        const stage = await setUp(mode === 'failover');
        const result = await stage.carry(mode, consent, (invocation) =>
          invocation === 1 ? failingAt(stage.ports, at, failure) : stage.ports,
        );
        const { outcome, writer, calls: made } = endOf(stage, result);
        // What was called goes on, whoever looks.
        stage.cloud.clock.advance(600);
        stage.cloud.now();
        const primary = stage.cloud.global?.writer;
        const isDone = ['DONE', 'DEGRADED'].includes(outcome);
        // Clients are never sent to who is not primary; and are sent there, where the run says that all is well.
        const places = [...(isDone ? [] : ['somewhere']), ...(made === 1 ? [DUBLIN] : [])];
        // Nobody is told that nothing was done after the call.
        const isTold = made === 0 || isDone || outcome === 'NEEDS_OPERATOR';
        expect({
          at,
          failure,
          call: calls[at - 1],
          made,
          primary,
          isTold,
          isWell: places.includes(writer),
        }).toStrictEqual({
          ...{ at, failure, call: calls[at - 1], isTold: true, isWell: true },
          made: isDone ? 1 : Math.min(made, 1),
          primary: made === 1 ? 'orders-dublin' : 'orders-paris',
        });
      }
    }
  },
);
