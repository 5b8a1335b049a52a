import type { z } from 'zod';
import { ApiRefusal, notPlayed } from '../api-refusal';

export interface JsonCall<Input> {
  /** Where the call was sent to: it sees and changes what is there, and nothing else. */
  readonly region: string;
  readonly caller: string;
  readonly input: Input;
}

/** An action of a service that speaks JSON, or that is read as if it did. */
export interface JsonAction {
  readonly mutating: boolean;
  /** @throws ApiRefusal, having changed nothing: all checks come before the first change */
  run(name: string, call: JsonCall<unknown>): Readonly<Record<string, unknown>>;
}

interface JsonActionOptions<Schema extends z.ZodType> {
  readonly mutating: boolean;
  /** What it reads; anything else is refused. */
  readonly input: Schema;
  perform(call: JsonCall<z.output<Schema>>): Readonly<Record<string, unknown>>;
}

export function jsonAction<Schema extends z.ZodType>(options: JsonActionOptions<Schema>): JsonAction {
  return {
    mutating: options.mutating,
    run(name, call) {
      const read = options.input.safeParse(call.input);
      if (read.success) return options.perform({ ...call, input: read.data });
      throw refusalOf(name, read.error.issues);
    },
  };
}

/** What is not known here comes before what is wrong. The words are ours: the SDK's types leave little to be wrong. */
function refusalOf(name: string, issues: readonly z.core.$ZodIssue[]): ApiRefusal {
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') return notPlayed(`${[...issue.path, issue.keys[0]].join('.')} of ${name}`);
  }
  const wrong = issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  return new ApiRefusal('ValidationException', wrong);
}
