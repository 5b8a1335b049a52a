export { commandLine, type CommandPlace } from './command-line';
export { shellQuote } from './shell-quote';
export type { Host } from './host';
export { USUAL_LIMITS, type Limits } from './limits';
export { MemoryLedger } from './memory-ledger';
export { report } from './report';
export { runRunbook, type Stage } from './run-runbook';
export { watch, type Watched } from './watch';
export type * from './ports';
