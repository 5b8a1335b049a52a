import type { RunbookResult } from '../../lib/runbook/contract';
import { watch } from '../../lib/runbook/execution';
import type { Contestant, Sample } from './contestant';
import { ourPair, type OurPair } from './our-pair';
import { later, promotion } from './promotion';

type Mode = 'switchover' | 'failover';

/** Milliseconds in which a plan has to be one that can be approved: until nobody may still have heard from the dead primary. */
const PATIENCE = 90_000;

export const OUR_SWITCHOVER: Contestant = {
  name: 'understudy switchover',
  kind: 'planned',
  isOurs: true,
  note: 'lease, checks, freeze, promotion with its restart, endpoint',
  run: () => run('switchover'),
};

export const OUR_FAILOVER: Contestant = {
  name: 'understudy failover, primary dead',
  kind: 'unplanned',
  isOurs: true,
  note: 'lease, checks, proven fence, promotion with its restart, endpoint',
  run: () => run('failover'),
};

async function run(mode: Mode): Promise<Sample> {
  const pair = await ourPair();
  const { stage, old, next } = pair;
  const consent = mode === 'failover' ? { acceptDataLoss: 3600 } : {};
  let approve: string | undefined;
  try {
    await watch(stage.ports, stage.topology);
    return await promotion({
      ...{ old, next },
      // Clients go by the endpoint, as they do in a cloud: whoever goes to the host itself could write before its restart.
      isFound: () => stage.writerFor(stage.region) === stage.member('b').doors.host,
      ...(mode === 'failover' ? { kill: () => stage.member('a').kill() } : {}),
      before: async () => {
        approve = await planned(pair, mode, consent);
      },
      invoke: async () => {
        const result = await stage.ask({ mode, target: 'b', reason: 'bench', approve, ...consent });
        if (result.outcome !== 'DONE') throw new Error(`the ${mode} ended ${result.outcome}: ${result.next.join(' ')}`);
      },
    });
  } finally {
    await stage.close();
  }
}

async function planned({ stage }: OurPair, mode: Mode, consent: { acceptDataLoss?: number }): Promise<string> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    const plan: RunbookResult = await stage.ask({ mode: 'plan', target: 'b', ...consent });
    if (plan.outcome === 'DONE' && plan.plan?.mode === mode && plan.planHash !== undefined) return plan.planHash;
    if (performance.now() > deadline) throw new Error(`no ${mode} could be planned: ${plan.next.join(' ')}`);
    await later(500);
  }
}
