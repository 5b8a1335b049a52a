import type { Instance } from './instance';

export type WorkKind = 'create' | 'replicate' | 'promote' | 'reboot' | 'configure' | 'stop' | 'start' | 'delete';

/** Something to do to the database server behind an instance. */
export interface Work {
  readonly kind: WorkKind;
  /** As it is when the work begins. */
  readonly instance: Instance;
  /** Whom it follows, if it follows anyone who is still there. */
  readonly source: Instance | undefined;
}

/**
 * What stands behind the instances: the seam for real database servers.
 *
 * The control plane asks for work when a status begins, and leaves that status when both the work and the timetable
 * are done. What does not take time (security groups, parameters, tags) comes as `configure`.
 */
export interface InstanceBackend {
  /** @returns undefined if it is done already; a promise that fails puts the instance into `failed` */
  carryOut(work: Work): Promise<void> | undefined;
}

/** Nothing behind the instances: all work is done at once. */
export const NO_BACKEND: InstanceBackend = { carryOut: () => undefined };
