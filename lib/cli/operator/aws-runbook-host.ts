import { UnderstudyError } from '../../topology';
import { openRunbookHostWith } from './open-runbook-host';

/** The way to a runbook on AWS. */
export const openRunbookHost = openRunbookHostWith(() => {
  throw new UnderstudyError(
    'local-not-wired',
    'the engine cannot run on this machine yet; allowed: its function; leave out --local',
  );
});
