import type { CallStep, Endpoint, Fleet, Ports, Procedure, Step } from '../../runbook/execution/ports';

/** The life of one runner. When it ends, the runner does nothing any more, as a process that was killed. */
export class Life {
  #isOver = false;
  readonly #end: () => void;
  /** Comes when it ends. */
  readonly over: Promise<undefined>;

  constructor() {
    let end = (): void => undefined;
    this.over = new Promise((resolve) => (end = () => resolve(undefined)));
    this.#end = end;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  end(): void {
    this.#isOver = true;
    this.#end();
  }

  /** Does it, and hears of it, only while it lives: what was sent is sent, and nobody is there for the answer. */
  async living<T>(act: () => Promise<T>): Promise<T> {
    if (this.#isOver) return never();
    const outlived = await Promise.race([this.over, act().then(here, gone)]);
    if (outlived === undefined) return never();
    if ('error' in outlived) throw outlived.error;
    return outlived.value;
  }
}

const here = <T>(value: T): { readonly value: T } => ({ value });
const gone = (error: unknown): { readonly error: Error } => ({ error: error as Error });
const never = <T>(): Promise<T> => new Promise(() => undefined);

/** The ports of a runner that can be killed between any two steps. */
export function mortalPorts(ports: Ports, life: Life): Ports {
  const guarded = <T extends object>(port: T): T => guard(port, life);
  return {
    clock: guarded(ports.clock),
    probe: guarded(ports.probe),
    ledger: guarded(ports.ledger),
    history: guarded(ports.history),
    notifier: guarded(ports.notifier),
    fleet: fleetOf(ports.fleet, life),
    endpoints: {
      all: ports.endpoints.all.map((endpoint) => endpointOf(endpoint, life)),
      obstacles: () => life.living(() => ports.endpoints.obstacles()),
    },
  };
}

/** Every method that answers with a promise; what answers at once tells a dead runner nothing. */
function guard<T extends object>(port: T, life: Life): T {
  return new Proxy(port, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return (...given: readonly unknown[]): unknown => {
        // A dead one asks nothing any more.
        if (life.isOver) return never();
        const answer: unknown = Reflect.apply(value as () => unknown, target, [...given]);
        return answer !== null && typeof answer === 'object' && 'then' in answer
          ? life.living(() => answer as Promise<unknown>)
          : answer;
      };
    },
  });
}

function fleetOf(fleet: Fleet, life: Life): Fleet {
  const [current, fenceOf] = [fleet.current?.bind(fleet), fleet.fenceOf?.bind(fleet)];
  return {
    ...(current && { current: (...given) => life.living(() => current(...given)) }),
    ...(fenceOf && { fenceOf: (...given) => life.living(() => fenceOf(...given)) }),
    look: (topology) => life.living(() => fleet.look(topology)),
    freeze: (topology) => procedureOf(fleet.freeze(topology), life),
    unfreeze: (topology, member) => procedureOf(fleet.unfreeze(topology, member), life),
    fence: (topology) => procedureOf(fleet.fence(topology), life),
    unfence: (topology, member) => procedureOf(fleet.unfence(topology, member), life),
    promote: (topology, target, how) => procedureOf(fleet.promote(topology, target, how), life),
    restore: (topology, target) => procedureOf(fleet.restore(topology, target), life),
    rebuild: (topology, target, how) => procedureOf(fleet.rebuild(topology, target, how), life),
  };
}

function endpointOf(endpoint: Endpoint, life: Life): Endpoint {
  return {
    id: endpoint.id,
    role: endpoint.role,
    read: () => life.living(() => endpoint.read()),
    point: (to) => procedureOf(endpoint.point(to), life),
    goBack: (to) => procedureOf(endpoint.goBack(to), life),
  };
}

function procedureOf(procedure: Procedure, life: Life): Procedure {
  const callOf = ({ then, ...step }: CallStep): CallStep => ({
    ...step,
    call: () => life.living(() => step.call()),
    ...(then === undefined ? {} : { then: callOf(then) }),
  });
  const stepOf = (step: Step): Step => (step.kind === 'do' ? callOf(step) : step);
  return { next: (attempts) => life.living(async () => stepOf(await procedure.next(attempts))) };
}
