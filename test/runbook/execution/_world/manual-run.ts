import { USUAL_LIMITS, type Host, type Limits } from '../../../../lib/runbook/execution';
import { Run } from '../../../../lib/runbook/execution/run';
import type { Ports } from '../../../../lib/runbook/execution/ports';
import type { Kind } from '../../../../lib/runbook/decision';
import type { World } from './world';

export interface ManualRunOptions {
  readonly kind?: Kind;
  readonly ports?: Ports;
  readonly limits?: Limits;
  readonly host?: Partial<Host>;
}

/** A run that has begun, in the hands of a test. */
export async function manualRun(world: World, options: ManualRunOptions = {}): Promise<Run> {
  const { kind = 'switchover', ports = world.ports, limits = USUAL_LIMITS } = options;
  const { topology, clock, ledger } = world;
  const taking = await ledger.take({ runId: 'M', holder: 'test', ttl: limits.leaseTtl, at: clock.now() });
  if (taking.kind === 'held') throw new Error('another run is open');
  const host: Host = {
    ...{ holder: 'test', newRunId: () => 'M', random: () => 0.5, command: (event) => JSON.stringify(event) },
    ...options.host,
  };
  const run = new Run({ ports, host, limits, lease: taking.lease, rows: [] });
  const event = { mode: kind, reason: 'a test' } as const;
  await run.append({ type: 'begun', runId: 'M', kind, event, topology, declared: topology.primary, holder: 'test' });
  return run;
}
