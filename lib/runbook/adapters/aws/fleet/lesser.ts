const numbersOf = (text: string): readonly number[] => (text.match(/\d+/g) ?? []).map(Number);

/** True if the first version is below the second, as far as both say. */
export function isOlderVersion(version: string, than: string): boolean {
  const [left, right] = [numbersOf(version), numbersOf(than)];
  const at = left.findIndex((number, index) => right[index] !== undefined && number !== right[index]);
  return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0);
}

const SIZES = ['micro', 'small', 'medium', 'large', 'xlarge'];

/** True if the first class is below the second, by the step in their names alone: families differ in other ways. */
export function isSmallerClass(size: string, than: string): boolean {
  const [left, right] = [rankOf(size), rankOf(than)];
  return left !== undefined && right !== undefined && left < right;
}

/** Grows with the size: `large` 3, `xlarge` 4, `2xlarge` 5. Undefined: a `metal`, or no class. */
function rankOf(size: string): number | undefined {
  const [, times, step = ''] = /^db\.[a-z0-9-]+\.(\d*)([a-z]+)/.exec(size) ?? [];
  const rank = SIZES.indexOf(step);
  if (rank < 0) return undefined;
  return times ? rank + Number(times) - 1 : rank;
}
