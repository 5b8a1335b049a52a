import type { RunbookEvent, RunbookResult } from '../contract';
import { requestOf } from '../decision';
import { currentTopology, declaredIn } from './current-topology';
import { lookAround } from './look-around';
import type { Set } from './lease-holding';
import { MemoryLedger } from './memory-ledger';
import { Run } from './run';
import { work } from './work';

/**
 * A plan: the phases up to the approval, on a journal that is forgotten. Nothing is changed anywhere, no lease is taken:
 * it can be asked for while a run is on its way.
 */
export async function planned(
  event: RunbookEvent,
  { ports, host, topology: declared, limits }: Set,
): Promise<RunbookResult> {
  const standing = await ports.ledger.standing();
  const topology = await currentTopology(ports, declared, standing, event.target);
  const ledger = new MemoryLedger(standing);
  const runId = host.newRunId();
  const at = ports.clock.now();
  const taking = await ledger.take({ runId, holder: host.holder, ttl: limits.leaseTtl, at });
  const begin = {
    type: 'begun',
    runId,
    event,
    topology,
    declared: declaredIn(topology, declared),
    holder: host.holder,
  } as const;
  const own = { host, limits, lease: taking.kind === 'ours' ? taking.lease : taking.by, ports: { ...ports, ledger } };
  // Which kind of run it would be follows from what is seen.
  const scout = new Run({ ...own, rows: [{ ...begin, kind: 'failover', number: 1, at }] });
  const observation = await lookAround(scout);
  const run = new Run({ ...own, rows: [] });
  run.observation = observation;
  await run.append({ ...begin, kind: requestOf(event, observation)?.kind ?? 'failover' });
  return work(run);
}
