import jsonata from 'jsonata';

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly MaxAttempts?: number;
}

interface State {
  readonly Type: 'Pass' | 'Task' | 'Wait' | 'Choice' | 'Succeed' | 'Fail';
  readonly Next?: string;
  readonly End?: boolean;
  readonly Assign?: Readonly<Record<string, unknown>>;
  readonly Output?: unknown;
  readonly Arguments?: { readonly FunctionName: string; readonly Payload: unknown };
  readonly Retry?: readonly Retrier[];
  readonly Seconds?: unknown;
  readonly Choices?: readonly { readonly Condition: string; readonly Next: string }[];
  readonly Default?: string;
  readonly Error?: unknown;
  readonly Cause?: unknown;
}

export interface Definition {
  readonly StartAt: string;
  readonly QueryLanguage: string;
  readonly States: Readonly<Record<string, State>>;
}

/** Answers an invocation, or fails under the name of an error. */
export type Answering = (functionName: string, payload: Readonly<Record<string, unknown>>) => unknown;

export class Failure extends Error {
  constructor(readonly errorName: string) {
    super(errorName);
  }
}

export interface Execution {
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly output?: unknown;
  readonly error?: unknown;
  readonly cause?: unknown;
  /** Names of the states, in order. */
  readonly path: readonly string[];
  /** Seconds of each wait. */
  readonly waits: readonly unknown[];
}

/** Carries out a state machine of Step Functions, so far as that of the runbook needs it, without waiting. */
export async function execute(
  { StartAt, States }: Definition,
  input: unknown,
  { name, answer }: { readonly name: string; readonly answer: Answering },
): Promise<Execution> {
  const variables: Record<string, unknown> = {};
  const [path, waits]: [string[], unknown[]] = [[], []];
  let current = StartAt;
  let value = input;
  for (;;) {
    const state = States[current];
    if (state === undefined || path.length > 200) throw new Error(`no way on from ${path.join(', ')}`);
    path.push(current);
    const scope = { input: value, context: { Execution: { Name: name } } };
    const evaluated = (each: unknown, result?: unknown): Promise<unknown> =>
      evaluate(each, { ...variables, states: { ...scope, result } });
    if (state.Type === 'Succeed') return { status: 'SUCCEEDED', output: value, path, waits };
    if (state.Type === 'Fail') {
      return {
        status: 'FAILED',
        error: await evaluated(state.Error),
        cause: await evaluated(state.Cause),
        path,
        waits,
      };
    }
    let result: unknown;
    if (state.Type === 'Wait') waits.push(await evaluated(state.Seconds));
    if (state.Type === 'Task') {
      const { FunctionName = '', Payload } = state.Arguments ?? {};
      const payload = (await evaluated(Payload)) as Record<string, unknown>;
      try {
        result = { Payload: retried(state.Retry ?? [], () => answer(FunctionName, payload)) };
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        return { status: 'FAILED', error: error.errorName, path, waits };
      }
    }
    let next = state.Next;
    for (const choice of state.Choices ?? []) {
      if ((await evaluated(choice.Condition)) !== true) continue;
      next = choice.Next;
      break;
    }
    const assigned = (await evaluated(state.Assign, result)) as Record<string, unknown> | undefined;
    value = state.Output === undefined ? (result ?? value) : await evaluated(state.Output, result);
    Object.assign(variables, assigned);
    current = next ?? state.Default ?? '';
  }
}

/** The first retrier that names the error counts it, as Step Functions has it. */
function retried(retriers: readonly Retrier[], call: () => unknown): unknown {
  const used = new Map<Retrier, number>();
  for (;;) {
    try {
      return call();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const { errorName } = error;
      const retrier = retriers.find(({ ErrorEquals }) =>
        ErrorEquals.some((each) => each === errorName || each === 'States.ALL'),
      );
      const count = retrier === undefined ? 0 : (used.get(retrier) ?? 0);
      if (retrier === undefined || count >= (retrier.MaxAttempts ?? 3)) throw error;
      used.set(retrier, count + 1);
    }
  }
}

async function evaluate(value: unknown, bindings: Record<string, unknown>): Promise<unknown> {
  if (typeof value === 'string') {
    const [, expression] = /^\{%([\s\S]*)%\}$/.exec(value) ?? [];
    if (expression === undefined) return value;
    const result: unknown = await jsonata(expression).evaluate(undefined, bindings);
    // Step Functions fails where an expression gives nothing.
    if (result === undefined) throw new Error(`nothing is what ${expression} gives`);
    return JSON.parse(JSON.stringify(result)) as unknown;
  }
  if (Array.isArray(value)) return Promise.all(value.map((each) => evaluate(each, bindings)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(async ([key, each]) => [key, await evaluate(each, bindings)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
