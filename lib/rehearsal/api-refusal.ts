import { UnderstudyError } from '../topology';

/** A service says no: what it answers instead of doing anything. `code` is the service's own. */
export class ApiRefusal extends UnderstudyError {
  readonly httpStatus: number;

  constructor(code: string, message: string, httpStatus = 400) {
    super(code, message);
    this.name = 'ApiRefusal';
    this.httpStatus = httpStatus;
  }
}

/** True of what a service says, as opposed to a bug of the embedded cloud. */
export function isApiRefusal(error: unknown): error is ApiRefusal {
  return typeof error === 'object' && error !== null && 'httpStatus' in error && 'code' in error;
}
