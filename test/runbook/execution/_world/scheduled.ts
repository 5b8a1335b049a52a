import type fc from 'fast-check';
import type { Ports } from '../../../../lib/runbook/execution/ports';
import { intercepted } from './intercepted';

/** A call of one of several runners. */
export interface Seen {
  readonly runner: string;
  readonly call: string;
}

/** What several runners have in common. */
export interface Shared {
  readonly ports: Ports;
  /** Lets time pass until then; it may be over already. */
  readonly advanceTo: (instant: number) => void;
}

/** Ports of one of several runners: when each of its calls happens the scheduler says; a wait ends when its time has come. */
export function scheduled(scheduler: fc.Scheduler, { ports, advanceTo }: Shared, runner: string, seen: Seen[]): Ports {
  const ours = intercepted(ports, async (call, go) => {
    await scheduler.schedule(Promise.resolve(), `${runner}: ${call}`);
    const answer = await go();
    const isTaken = call === 'ledger.take' && (answer as { readonly kind: string }).kind === 'ours';
    seen.push({ runner, call: isTaken ? 'took the lease' : call });
    return answer;
  });
  const wait = async (seconds: number): Promise<void> => {
    const end = ports.clock.now() + seconds;
    await scheduler.schedule(Promise.resolve(), `${runner}: waits`);
    advanceTo(end);
  };
  return { ...ours, clock: { now: () => ports.clock.now(), wait } };
}

/** Longer than a lease lives. */
export const LONG = 130;

/** All runners sleep for longer than a lease lives: after so many turns of somebody, and so many more. */
export async function sleeping(scheduler: fc.Scheduler, shared: Shared, sleeps: readonly number[]): Promise<void> {
  for (const turns of sleeps) {
    for (let turn = 0; turn < turns; turn += 1) await scheduler.schedule(Promise.resolve(), 'nothing');
    shared.advanceTo(shared.ports.clock.now() + LONG);
  }
}

/** Calls that a runner made after another had taken the lease from it. */
export function late(seen: readonly Seen[], runner: string): readonly string[] {
  const own = seen.findLastIndex((each) => each.runner === runner && each.call === 'took the lease');
  const lost = seen.findIndex((each, at) => at > own && each.runner !== runner && each.call === 'took the lease');
  if (own < 0 || lost < 0) return [];
  return seen.slice(lost).flatMap((each) => (each.runner === runner && each.call.includes('.do ') ? [each.call] : []));
}
