/** What the process ends with. 70 is `EX_SOFTWARE` of sysexits.h: the fault is ours, not the caller's. */
export const EXIT = { ok: 0, findings: 1, usage: 2, internal: 70 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
