import type { Seconds } from '../../../topology';
import { drive } from '../drive';
import type { Ending } from '../ending';
import { growingWait } from '../growing-wait';
import { tryWriteNow } from '../look-around';
import type { Procedure } from '../ports';
import type { Run } from '../run';
import { fencedByCloud } from './fenced-by-cloud';
import { noteShortfall } from '../shortfall';

/** Waits until the target follows nobody, is available and takes a write. */
export async function confirming(run: Run): Promise<Ending<'confirm'>> {
  const { topology, target, ports, limits } = run;
  const began = ports.clock.now();
  const end = await drive(run, {
    phase: 'confirm',
    name: 'promote',
    procedure: neverAgain(ports.fleet.promote(topology, target, run.promotion), began + limits.promotionSilence, run),
    isAbortable: false,
  });
  if (end.kind !== 'done') return { signal: end.kind === 'stuck' ? 'failed' : 'timed out', detail: end.problem };
  const problem = await takesWrites(run, began + limits.phase.confirm);
  if (problem !== undefined) return { signal: 'timed out', detail: problem };
  if (run.last('promoted') === undefined) {
    await run.append({ type: 'promoted', member: target, from: topology.primary, declared: run.begun.declared });
  }
  return run.move === 'stepwise' ? { signal: 'ok' } : fencedByCloud(run);
}

/** Waits until a write succeeds; undefined: it did, or nobody here can tell and the cloud's word has to do. */
async function takesWrites(run: Run, deadline: number): Promise<string | undefined> {
  const { target, ports, limits } = run;
  const patience = ports.probe.isConnected ? ports.clock.now() + limits.writeProbe : 0;
  for (let waits = 0; ; waits += 1) {
    const [, written] = await Promise.all([run.arrive(false), tryWriteNow(run, target)]);
    if (written === 'yes') return undefined;
    const now = ports.clock.now();
    if (written === 'unknown' && now >= patience) {
      await noteShortfall(
        run,
        'confirm',
        `nobody here could write to ${target}: by the cloud's word alone it is a primary`,
      );
      return undefined;
    }
    if (now >= deadline) return `${target} takes no writes`;
    await run.wait(growingWait(waits, limits.poll), `${target} to take a write`);
  }
}

/** How long it has to look as if nothing had been asked: one that is available again may name its source for a while still. */
const STEADY: Seconds = 60;

/** The call was made, or may have been: it is not made again. Without any effect for long, it was not taken. */
function neverAgain(procedure: Procedure, deadline: number, run: Run): Procedure {
  let stillSince: number | undefined;
  return {
    next: async (attempts) => {
      const step = await procedure.next(attempts);
      const now = run.ports.clock.now();
      stillSince = step.kind === 'do' ? (stillSince ?? now) : undefined;
      if (step.kind !== 'do') return step;
      if (now < deadline || now - (stillSince ?? now) < STEADY) {
        return { kind: 'wait', title: 'the promotion to show an effect', seconds: run.limits.poll };
      }
      return { kind: 'stuck', problem: `the promotion of ${run.target} was called once, and shows no effect` };
    },
  };
}
