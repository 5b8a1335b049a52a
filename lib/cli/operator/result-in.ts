import { parseResult, type RunbookResult } from '../../runbook/contract';
import { isUnderstudyError, UnderstudyError } from '../../topology';

/** What a function answered. @param title of the function, for a person */
export function resultIn(payload: string, title: string): RunbookResult {
  try {
    return parseResult(jsonIn(payload));
  } catch (error) {
    if (!isUnderstudyError(error)) throw error;
    throw new UnderstudyError(
      'result-refused',
      `${title} answered what is no result: ${error.message.replaceAll(/\s+/g, ' ')}; use the version of the package that deployed it, or correct --function`,
      { family: 'unknown' },
    );
  }
}

/** Undefined: it is no JSON. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
