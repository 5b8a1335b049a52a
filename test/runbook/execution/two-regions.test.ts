import type { RunbookResult } from '../../../lib/runbook/contract';
import { MemoryLedger } from '../../../lib/runbook/execution';
import type { Ports } from '../../../lib/runbook/execution/ports';
import { carried, invoke } from './_world/runner';
import { ORDERS, RISK, sceneOf, type Scene } from './_world/scenes';

/** After the runbook of one Region has promoted bab. That of another has a journal of its own, and the same old program. */
async function moved(): Promise<Scene & { readonly other: Ports }> {
  const scene = await sceneOf('region lost', { topology: ORDERS });
  const { result } = await carried(scene.world, scene.event);
  expect([result.plan?.target, scene.world.writable]).toStrictEqual(['bab', ['ada', 'bab']]);
  return { ...scene, other: { ...scene.world.ports, ledger: new MemoryLedger() } };
}

function stoppers({ outcome, findings }: RunbookResult): readonly unknown[] {
  const against = findings.filter(({ severity, accepted }) => severity === 'block' && !accepted).map(({ id }) => id);
  return [outcome, against];
}

const FAIL = { mode: 'failover', reason: 'a test', acceptDataLoss: 3600, acceptSplitBrainRisk: RISK } as const;
const ACCEPTED = ['cooling-down', 'stale-target', 'primary-unknown', 'primary-unclear'];

describe('the runbook of another Region, asked right after', () => {
  it('refuses a second promotion, whatever is accepted, while it sees the new primary', async () => {
    const { world, other } = await moved();
    const override = [...ACCEPTED, 'another-primary', 'possible-primary'];
    const answer = await invoke(world, { ...FAIL, target: 'cyd', override, approve: 'f' }, { ports: other });
    expect(stoppers(answer)).toStrictEqual(['REFUSED', expect.arrayContaining(['another-primary'])]);
    expect(world.cloud.promotions).toStrictEqual(['bab']);
  });

  it('refuses it also where no database can be asked, by what the cloud says of it', async () => {
    const { world, other } = await moved();
    world.probe.isConnected = false;
    const answer = await invoke(world, { ...FAIL, target: 'cyd', override: ACCEPTED, approve: 'f' }, { ports: other });
    expect(stoppers(answer)).toStrictEqual(['REFUSED', expect.arrayContaining(['possible-primary'])]);
    expect(world.cloud.promotions).toStrictEqual(['bab']);
  });
});
