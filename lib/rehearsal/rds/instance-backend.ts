import type { Instance } from './instance';
import type { Parameter } from './parameter-groups';

export type WorkKind = 'create' | 'replicate' | 'promote' | 'reboot' | 'configure' | 'stop' | 'start' | 'delete';

/** Something to do to the database server behind an instance. */
export interface Work {
  readonly kind: WorkKind;
  /** As it is when the work begins. */
  readonly instance: Instance;
  /** Whom it follows, if it follows anyone who is still there. */
  readonly source: Instance | undefined;
  /** What its parameter group changes now, whether or not a restart is waited for. */
  readonly parameters: readonly Parameter[];
}

/**
 * What stands behind the instances: the seam for real database servers.
 *
 * The control plane asks for work when a status begins, and leaves that status when both the work and the timetable
 * are done. What does not take time (security groups, parameters, tags) comes as `configure`; security groups once more
 * when they are `active`.
 */
export interface InstanceBackend {
  /** @returns undefined if it is done already; a promise that fails puts the instance into `failed` */
  carryOut(work: Work): Promise<void> | undefined;
  /**
   * Takes an instance over that is there from the start, or whose creation is done.
   *
   * @returns where clients find it; undefined: under the name that RDS would give it
   */
  adopt?(instance: Instance): Instance['endpoint'] | undefined;
}

/** Nothing behind the instances: all work is done at once. */
export const NO_BACKEND: InstanceBackend = { carryOut: () => undefined };
