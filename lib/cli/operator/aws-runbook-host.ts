import { awsPorts } from '../../runbook/adapters/aws';
import { openRunbookHostWith } from './open-runbook-host';

/** The way to a runbook on AWS. */
export const openRunbookHost = openRunbookHostWith((settings) => awsPorts(settings));
