export { openRunbookHost } from './aws-runbook-host';
export type { Asking, HostRequest, OpenRunbookHost, RunbookHost } from './runbook-host';
