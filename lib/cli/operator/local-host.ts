import type { RunbookEvent, RunbookResult } from '../../runbook/contract';
import { commandLine, report, runRunbook, type Host } from '../../runbook/execution';
import type { Clock, History, JournalRow, Ports } from '../../runbook/execution/ports';
import type { Topology } from '../../topology';
import { reachedFromHere } from './reached-from-here';
import type { Asking, HostRequest, RunbookHost } from './runbook-host';

/** What the settings of a runbook lead to. */
export interface Wiring {
  readonly ports: Ports;
  /** As the program declares it. */
  readonly topology: Topology;
}

/** Who works here, and chance. */
export interface Person {
  /** For a person; different in every invocation. */
  readonly holder: string;
  readonly newRunId: () => string;
  readonly random: () => number;
}

/** The runbook in this process: works although its function does not. */
export class LocalHost implements RunbookHost {
  readonly isRemote = false;
  readonly #request: HostRequest;
  readonly #wiring: Wiring;
  readonly #person: Person;
  /** Of all that is asked here: a promotion is looked at before it is approved. */
  readonly #history: History;

  constructor(request: HostRequest, wiring: Wiring, person: Person) {
    this.#request = request;
    this.#wiring = wiring;
    this.#person = person;
    this.#history = reachedFromHere(wiring.ports.history);
  }

  get title(): string {
    return `the engine on this machine, for ${this.#request.region}`;
  }

  async ask(event: RunbookEvent, { signal, onSight }: Asking): Promise<RunbookResult> {
    const { topology } = this.#wiring;
    const ports = this.#ports(signal);
    const { holder, newRunId, random } = this.#person;
    const place = { ...this.#request, isLocal: true, functionName: undefined };
    const command = (asked: RunbookEvent): string => commandLine(asked, place);
    // A run that is gone on with has a beginning that is not written again.
    const rows: JournalRow[] = event.runId === undefined ? [] : [...(await ports.ledger.rows(event.runId))];
    const host: Host = {
      ...{ holder, newRunId, random, command },
      onRow: (row) => {
        rows.push(row);
        onSight?.(report(rows, { command }));
      },
      onWait: (waitingFor) => onSight?.({ ...report(rows, { command }), waitingFor }),
      get until() {
        // Long ago: the run ends at its next safe point.
        return signal.aborted ? 0 : undefined;
      },
    };
    return runRunbook(event, { ports, host, topology });
  }

  #ports(signal: AbortSignal): Ports {
    const { ports } = this.#wiring;
    return { ...ports, clock: interruptible(ports.clock, signal), history: this.#history };
  }

  /** There is nobody else here who could go on with it. */
  begin(event: RunbookEvent): Promise<void> {
    return this.ask(event, { signal: new AbortController().signal }).then(() => undefined);
  }

  close(): void {
    // The adapters close what they open.
  }
}

/** Who wants to stop does not wait for a wait to end. */
function interruptible(clock: Clock, signal: AbortSignal): Clock {
  return {
    now: () => clock.now(),
    wait: (seconds) => {
      if (signal.aborted) return Promise.resolve();
      let stop = (): void => undefined;
      const stopped = new Promise<void>((resolve) => {
        stop = resolve;
        signal.addEventListener('abort', stop, { once: true });
      });
      return Promise.race([clock.wait(seconds), stopped]).finally(() => signal.removeEventListener('abort', stop));
    },
  };
}
