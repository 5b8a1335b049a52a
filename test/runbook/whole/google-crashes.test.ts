import type { RunbookEvent, RunbookResult } from '../../../lib/runbook/contract';
import { cloudSql, enterprise, withDr } from '../../_helpers/sample-cloud-sql';
import { PAIR, PLAIN } from '../adapters/gcp/_helpers/google-stage';
import { killedAt, noting } from '../execution/_world/mishaps';
import { googleRun, type GoogleRun } from './_google/google-run';

jest.setTimeout(300_000);

/** At every how manyeth call a runner is killed, and at those around the promotion: all of them under SOAK. */
const STRIDE = process.env['SOAK'] === undefined ? 499 : 1;

const LOST: Partial<RunbookEvent> = {
  ...{ acceptDataLoss: 3600, acceptSplitBrainRisk: { by: 'Ada', reason: 'the region is gone' } },
  override: ['primary-unknown'],
};

type Kind = 'switchover' | 'handover' | 'failover';

/** Planned on Enterprise, and of a designated pair; unplanned of such a pair, away from a region that is dead. */
async function setUp(kind: Kind): Promise<GoogleRun> {
  const isPair = kind !== 'switchover';
  const topology = { ...(isPair ? withDr(cloudSql()) : enterprise()), objectives: { lag: '5m', dataLoss: '10m' } };
  const run = await googleRun(topology, { instances: isPair ? PAIR : PLAIN });
  await run.watched(5);
  if (kind !== 'failover') return run;
  run.databases.kill('orders-ada');
  run.google.cut('europe-west1');
  run.time.advance(120);
  return run;
}

/** What is left of a run when it is over. */
interface End {
  readonly outcome: RunbookResult['outcome'];
  readonly record: string | undefined;
  readonly primary: string | undefined;
  readonly promotions: number;
  readonly pairs: number;
}

function endOf({ google, databases }: GoogleRun, { outcome }: RunbookResult): End {
  databases.look();
  return {
    outcome,
    record: google.zones.records('shop-internal')[0]?.rrdatas[0],
    primary: google.sql.get('orders-bab').instanceType,
    promotions: google.mutations.filter(({ method }) => /promoteReplica|switchover/.test(method)).length,
    pairs: databases.writers.filter((writers) => writers.length > 1).length,
  };
}

test.each([
  ['switchover', 'switchover', {}],
  ['handover', 'switchover', {}],
  ['failover', 'failover', LOST],
] as const)(
  'a crash before or after a call of a %s, and a resumption, ends as the run without',
  async (kind, mode, consent) => {
    const calls: string[] = [];
    const first = await setUp(kind);
    const usual = endOf(first, await first.carry(mode, consent, { portsOf: () => noting(first.ports, calls) }));
    await first.close();
    expect(usual).toMatchObject({ record: '10.0.0.2', primary: 'CLOUD_SQL_INSTANCE', promotions: 1, pairs: 0 });
    const promotion = calls.findIndex((call) => call.startsWith('promote.do')) + 1;
    expect(promotion).toBeGreaterThan(10);
    const around = [promotion - 1, promotion, promotion + 1];
    for (let at = 1; at <= calls.length; at += 1) {
      if (at % STRIDE !== 0 && !around.includes(at)) continue;
      for (const when of ['before', 'after'] as const) {
        const run = await setUp(kind);
        const result = await run.carry(mode, consent, {
          portsOf: (invocation) => (invocation === 1 ? killedAt(run.ports, { at, when }) : run.ports),
        });
        const end = endOf(run, result);
        await run.close();
        // The journal says that it is about to be called, and nobody can know whether it was: it is not called again.
        const isBetween = (at === promotion && when === 'before') || (at === promotion - 1 && when === 'after');
        const unknowable = {
          outcome: 'NEEDS_OPERATOR',
          record: '10.0.0.1',
          primary: 'READ_REPLICA_INSTANCE',
          promotions: 0,
          pairs: 0,
        };
        const call = calls[at - 1];
        expect({ at, when, call, ...end }).toStrictEqual({
          ...{ at, when, call },
          ...(isBetween && end.promotions === 0 ? unknowable : usual),
        });
      }
    }
  },
);
