import { UnderstudyError } from '../topology';

const CODE = 'usage';

/** The command cannot be carried out as it was given. Its message is one line: the problem with the value, what is allowed, the fix. */
export class UsageError extends UnderstudyError {
  constructor(problem: string, allowed: string, fix: string, cause?: unknown) {
    super(CODE, `${problem}; ${allowed}; ${fix}`, { cause });
    this.name = 'UsageError';
  }
}

/** Code of every {@link UsageError}. */
export const USAGE = CODE;
