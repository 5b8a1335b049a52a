import type { CallStep, Endpoint, Ports, Procedure } from '../../../../lib/runbook/execution/ports';

/** Stands between a runner and one call. */
export type Intercept = <T>(call: string, go: () => Promise<T>) => Promise<T>;

/** The same ports, with somebody between who sees every call and may do something about it. */
export function intercepted(ports: Ports, intercept: Intercept): Ports {
  const { clock, fleet, probe, endpoints, ledger, history, notifier } = ports;
  const procedure = (name: string, inner: Procedure): Procedure => ({
    next: async (attempts) => {
      const step = await intercept(`${name}.next`, () => inner.next(attempts));
      return step.kind === 'do' ? calling(name, step) : step;
    },
  });
  const calling = (name: string, { then, ...step }: CallStep): CallStep => ({
    ...step,
    call: () => intercept(`${name}.do ${step.id}`, () => step.call()),
    ...(then === undefined ? {} : { then: calling(name, then) }),
  });
  const endpoint = (each: Endpoint): Endpoint => ({
    id: each.id,
    role: each.role,
    read: () => intercept(`${each.role}.read`, () => each.read()),
    point: (to) => procedure(`${each.role}.point`, each.point(to)),
    goBack: (to) => procedure(`${each.role}.goBack`, each.goBack(to)),
  });
  return {
    clock: { now: () => clock.now(), wait: (seconds) => intercept('clock.wait', () => clock.wait(seconds)) },
    fleet: {
      look: (topology) => intercept('fleet.look', () => fleet.look(topology)),
      ...(fleet.current && {
        current: async (topology, target) =>
          intercept('fleet.current', async () => fleet.current?.(topology, target) ?? topology),
      }),
      ...(fleet.fenceOf && {
        fenceOf: (topology, target, how) =>
          intercept('fleet.fenceOf', async () => fleet.fenceOf?.(topology, target, how)),
      }),
      freeze: (topology) => procedure('freeze', fleet.freeze(topology)),
      unfreeze: (topology, member) => procedure('unfreeze', fleet.unfreeze(topology, member)),
      fence: (topology) => procedure('fence', fleet.fence(topology)),
      unfence: (topology, member) => procedure('unfence', fleet.unfence(topology, member)),
      promote: (topology, target, how) => procedure('promote', fleet.promote(topology, target, how)),
      restore: (topology, target) => procedure('restore', fleet.restore(topology, target)),
      rebuild: (topology, target, how) => procedure('rebuild', fleet.rebuild(topology, target, how)),
    },
    probe: {
      isConnected: probe.isConnected,
      ask: (question) => intercept('probe.ask', () => probe.ask(question)),
      tryWrite: (question) => intercept('probe.tryWrite', () => probe.tryWrite(question)),
    },
    endpoints: {
      all: endpoints.all.map(endpoint),
      obstacles: () => intercept('endpoints.obstacles', () => endpoints.obstacles()),
    },
    ledger: {
      standing: () => intercept('ledger.standing', () => ledger.standing()),
      take: (request) => intercept('ledger.take', () => ledger.take(request)),
      renew: (...renewal) => intercept('ledger.renew', () => ledger.renew(...renewal)),
      leave: (lease, at) => intercept('ledger.leave', () => ledger.leave(lease, at)),
      append: (lease, ...rows) =>
        intercept(`ledger.append ${rows.at(-1)?.type ?? ''}`, () => ledger.append(lease, ...rows)),
      rows: (runId) => intercept('ledger.rows', () => ledger.rows(runId)),
      askAbort: (runId, entry, at) => intercept('ledger.askAbort', () => ledger.askAbort(runId, entry, at)),
    },
    history: {
      read: () => intercept('history.read', () => history.read()),
      record: (members) => intercept('history.record', () => history.record(members)),
    },
    notifier: { tell: (notice) => intercept('notifier.tell', () => notifier.tell(notice)) },
  };
}

/** Calls that leave something behind, somewhere. A probe that writes is one: a plan must not even try. */
export function isMutating(call: string): boolean {
  return (
    call.includes('.do ') ||
    /^ledger\.(take|renew|leave|append|askAbort)/.test(call) ||
    ['history.record', 'notifier.tell', 'probe.tryWrite'].includes(call)
  );
}
