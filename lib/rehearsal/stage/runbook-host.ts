import type { RunbookEvent, RunbookResult } from '../../runbook/contract';
import { runRunbook, watch, type Host, type Limits } from '../../runbook/execution';
import type { Ports } from '../../runbook/execution/ports';
import type { Topology } from '../../topology';
import type { ScaledClock } from '../scaled-clock';
import type { Random } from '../seeded-random';

export interface RunbookHostOptions {
  readonly clock: ScaledClock;
  readonly random: Random;
  readonly limits: Limits;
  readonly ports: Ports;
  /** As it is declared now. */
  readonly topology: () => Topology;
}

/** Where the runbook runs on a stage, and the function that watches beside it. */
export class RunbookHost {
  readonly #options: RunbookHostOptions;
  #runs = 0;
  #isOver = false;
  #watching: Promise<void> = Promise.resolve();

  constructor(options: RunbookHostOptions) {
    this.#options = options;
  }

  ask(event: RunbookEvent, host: Partial<Host> = {}, ports: Ports = this.#options.ports): Promise<RunbookResult> {
    const { topology, limits, random } = this.#options;
    const usual: Host = {
      holder: 'rehearsal',
      newRunId: () => `run-${(this.#runs += 1)}`,
      random,
      command: (asked) => JSON.stringify(asked),
    };
    return runRunbook(event, { ports, topology: topology(), limits, host: { ...usual, ...host } });
  }

  keepWatch(): void {
    const { ports, topology, clock } = this.#options;
    const round = async (): Promise<void> => {
      while (!this.#isOver) {
        await watch(ports, topology());
        await clock.wait(60);
      }
    };
    this.#watching = round();
  }

  /** Waits for the watch to end. */
  async close(): Promise<void> {
    this.#isOver = true;
    await this.#watching.catch(() => undefined);
  }
}
