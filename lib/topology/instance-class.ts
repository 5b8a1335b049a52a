const CLASS = /^db\.([a-z0-9-]+)\.(micro|small|medium|large|(\d*)xlarge|metal(?:-(\d+)xl)?)(\.[a-z0-9.]+)?$/;
/** How many xlarges a `metal` without a number is, in all families that have one but the smaller x2iezn. */
const METAL = 32;
const BELOW_XLARGE = ['micro', 'small', 'medium', 'large'];

/** An RDS DB instance class taken apart. */
export interface InstanceClass {
  /** For example `r7g`. */
  readonly family: string;
  /** Grows with the size inside a family: `micro` 0, `large` 3, `xlarge` 4, `2xlarge` 5, and so on. */
  readonly rank: number;
  /** vCPUs, as in every family since m5, r5 and t3. */
  readonly vcpus: number;
}

/** The parts of `db.r7g.2xlarge`, or undefined when it is no DB instance class. */
export function parseInstanceClass(size: string): InstanceClass | undefined {
  const match = CLASS.exec(size);
  if (match === null) return undefined;
  const [, family = '', step = '', multiple, metal] = match;
  const below = BELOW_XLARGE.indexOf(step);
  if (below >= 0) return { family, rank: below, vcpus: 2 };
  const times = step.startsWith('metal') ? Number(metal ?? METAL) : Number(multiple || 1);
  return { family, rank: BELOW_XLARGE.length - 1 + times, vcpus: 4 * times };
}
