import { UnderstudyError } from '../../../lib/topology';
import type { Asking, RunbookHost } from '../../../lib/cli/operator';
import type { RunbookEvent, RunbookResult } from '../../../lib/runbook/contract';

type Script = (event: RunbookEvent, asking: Asking) => RunbookResult | Promise<RunbookResult>;

/** A runbook that answers as a test says. Where the asking ends, so does a question that was not answered yet. */
export class ScriptedHost implements RunbookHost {
  readonly isRemote: boolean;
  readonly title: string;
  readonly asked: RunbookEvent[] = [];
  readonly begun: RunbookEvent[] = [];
  isClosed = false;
  readonly #script: Script;

  constructor(script: Script, isRemote = true) {
    this.#script = script;
    this.isRemote = isRemote;
    this.title = isRemote ? 'the function understudy-orders-promote in eu-west-1' : 'the engine on this machine';
  }

  /** Without the looks in between. */
  get questions(): readonly RunbookEvent[] {
    return this.asked.filter(({ mode }) => mode !== 'status');
  }

  async ask(event: RunbookEvent, asking: Asking): Promise<RunbookResult> {
    this.asked.push(event);
    let end = (): void => undefined;
    const given = new Promise<never>((_, reject) => {
      end = () => reject(new UnderstudyError('given-up', 'nobody waits any more', { family: 'unknown' }));
    });
    if (this.isRemote) asking.signal.addEventListener('abort', end);
    try {
      return await Promise.race([Promise.resolve(this.#script(event, asking)), given]);
    } finally {
      asking.signal.removeEventListener('abort', end);
    }
  }

  begin(event: RunbookEvent): Promise<void> {
    this.begun.push(event);
    return Promise.resolve();
  }

  close(): void {
    this.isClosed = true;
  }
}
