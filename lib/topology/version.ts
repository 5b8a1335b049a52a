const NUMBERS = /\d+/g;

function numbersOf(version: string): readonly number[] {
  return (version.match(NUMBERS) ?? []).map(Number);
}

/** The first `parts` numbers of a version, joined by dots: `majorOf('8.4.7', 2)` is `8.4`. */
export function majorOf(version: string, parts: number): string {
  return numbersOf(version).slice(0, parts).join('.');
}

/**
 * Negative, zero or positive as `a` is below, equal to or above `b`.
 *
 * Undefined when one only says less than the other (`17` against `17.6`): then they cannot be told apart.
 */
export function compareVersions(a: string, b: string): number | undefined {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  const common = Math.min(left.length, right.length);
  for (let index = 0; index < common; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length === right.length ? 0 : undefined;
}

/** True unless `version` is known to be below `least`. `8.0.46-rds.20260624` is at least `8.0.46`. */
export function isAtLeast(version: string, least: string): boolean {
  const [left, right] = [numbersOf(version), numbersOf(least)];
  for (const [index, floor] of right.entries()) {
    const part = left[index];
    if (part === undefined || part > floor) return true;
    if (part < floor) return false;
  }
  return true;
}
