import type { RunbookEvent, RunbookResult } from '../../runbook/contract';
import { runRunbook, watch, type Host, type Limits } from '../../runbook/execution';
import type { Ports } from '../../runbook/execution/ports';
import { isUnderstudyError, type Topology } from '../../topology';
import type { ScaledClock } from '../scaled-clock';
import type { Random } from '../seeded-random';
import type { Asked } from './stage';

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

  /** Time runs slowly while it is at work, and fast while it waits. */
  async ask(event: RunbookEvent, { host = {}, ports = this.#options.ports, over }: Asked = {}): Promise<RunbookResult> {
    const { topology, limits, random } = this.#options;
    const usual: Host = {
      holder: 'rehearsal',
      newRunId: () => `run-${(this.#runs += 1)}`,
      random,
      command: (asked) => JSON.stringify(asked),
    };
    const shift = this.#options.clock.begin();
    void over?.then(() => shift.end());
    const clock: Ports['clock'] = {
      now: () => ports.clock.now(),
      wait: (seconds) => shift.rest(() => ports.clock.wait(seconds)),
    };
    try {
      const paced = { ...ports, clock };
      return await runRunbook(event, { ports: paced, topology: topology(), limits, host: { ...usual, ...host } });
    } finally {
      shift.end();
    }
  }

  keepWatch(): Promise<void> {
    const { ports, topology, clock } = this.#options;
    return new Promise((resolve) => {
      const round = async (): Promise<void> => {
        for (let looks = 1; !this.#isOver; looks += 1) {
          await clock.during(() => watch(ports, topology())).catch(ifItWillPass);
          if (looks === 2) resolve();
          await clock.wait(60);
        }
      };
      this.#watching = round();
      // Thrown when it is closed, and not in the middle of a story.
      void this.#watching.catch(() => undefined).then(resolve);
    });
  }

  /** Waits for the watch to end. @throws what is wrong with the watch itself */
  async close(): Promise<void> {
    this.#isOver = true;
    await this.#watching;
  }
}

/** A watch that fails is tried again in a minute, as a function's is. What fails for no reason of the cloud is a mistake of ours. */
function ifItWillPass(error: unknown): void {
  if (!isUnderstudyError(error)) throw error;
}
