import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What one program leaves behind is not to be cleared away at the cost of the next. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
