import type { DatabaseProbe, Question } from '../../../runbook/execution/ports';
import type { EngineName } from '../../../topology';
import type { Loopback } from '../../servers/loopback';

export interface Reach {
  readonly network: Loopback;
  /** From where it is asked. */
  readonly region: string;
  /** Whose servers stand there. */
  readonly engine: EngineName;
}

/**
 * A probe that finds the servers of this machine: to Cloud SQL's API every instance has the usual port of its engine, here the port
 * says from where somebody comes. And it asks the engine that there is.
 */
export function reachedProbe(probe: DatabaseProbe, { network, region, engine: name }: Reach): DatabaseProbe {
  const here = (question: Question): Question => ({
    ...question,
    address: network.addressFrom(region, question.address.host),
    topology: { ...question.topology, engine: { ...question.topology.engine, name } },
  });
  return {
    isConnected: probe.isConnected,
    ask: (question) => probe.ask(here(question)),
    tryWrite: (question) => probe.tryWrite(here(question)),
    ...(probe.obstacles && { obstacles: probe.obstacles.bind(probe) }),
  };
}
