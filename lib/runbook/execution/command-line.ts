import type { Mode, RunbookEvent } from '../contract';
import { shellQuote } from './shell-quote';

/** Where a command finds the runbook again. */
export interface CommandPlace {
  readonly topology: string;
  /** The Region that is recovered in. */
  readonly region: string;
  /** Of Google Cloud. @default - it is on AWS */
  readonly project?: string;
  /** The engine runs on the operator's machine. @default false */
  readonly isLocal?: boolean;
  /** That machine reaches the databases. @default false */
  readonly isConnected?: boolean;
  /** The function, when it has not its usual name. */
  readonly functionName?: string | undefined;
}

const VERBS: Readonly<Record<Mode, readonly string[]>> = {
  plan: ['plan'],
  switchover: ['promote', '--switchover'],
  failover: ['promote', '--failover'],
  status: ['status'],
  abort: ['abort'],
  unfence: ['unfence'],
};

/** What to type into a POSIX shell to ask for this: `understudy promote orders --region eu-west-1 --failover ...`. */
export function commandLine(event: RunbookEvent, place: CommandPlace): string {
  const [verb = '', ...kind] = VERBS[event.mode];
  const words = ['understudy', verb, shellQuote(place.topology), '--region', shellQuote(place.region)];
  if (place.project !== undefined) words.push(...option('project', place.project));
  if (place.isLocal === true) words.push('--local');
  if (place.isConnected === true) words.push('--connected');
  if (place.functionName !== undefined) words.push(...option('function', place.functionName));
  return [...words, ...kind, ...wishesIn(event)].join(' ');
}

function wishesIn(event: RunbookEvent): readonly string[] {
  const { acceptDataLoss, acceptSplitBrainRisk: risk } = event;
  return [
    ...option('run-id', event.runId),
    ...option('target', event.target),
    ...option('expected-primary', event.expectedPrimary),
    ...option('reason', event.reason),
    ...option('accept-data-loss', acceptDataLoss === undefined ? undefined : String(acceptDataLoss)),
    // The command takes the name up to the first colon: who has one in the name cannot be written so.
    ...option('accept-split-brain-risk', risk === undefined ? undefined : `${risk.by}: ${risk.reason}`),
    ...(event.override ?? []).flatMap((id) => option('override', id)),
    ...option('approve', event.approve),
  ];
}

/** A value that begins like an option is tied to its own. */
function option(name: string, value: string | undefined): readonly string[] {
  if (value === undefined) return [];
  return value.startsWith('-') ? [`--${name}=${shellQuote(value)}`] : [`--${name}`, shellQuote(value)];
}
