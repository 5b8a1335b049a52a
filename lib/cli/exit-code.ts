/**
 * What the process ends with.
 *
 * 3 to 7 are outcomes of a run. 69 and 70 are `EX_UNAVAILABLE` and `EX_SOFTWARE` of sysexits.h: the cloud did not do what was
 * asked, and nothing came of it; the fault is ours, not the caller's. 130: Ctrl-C.
 */
export const EXIT = {
  ok: 0,
  findings: 1,
  usage: 2,
  degraded: 3,
  refused: 4,
  needsOperator: 5,
  aborted: 6,
  inProgress: 7,
  unavailable: 69,
  internal: 70,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
