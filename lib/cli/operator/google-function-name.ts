/** Cloud Run functions have names of up to 63 characters. */
const LONGEST = 63;
const SUFFIX = '-promote';

/**
 * The name that the component PromotionRunbook gives the function that answers. A test holds it against the component's own, which
 * no file of the command may import.
 */
export function googleFunctionName(topology: string, region: string): string {
  const stem = `understudy-${topology}-${region}`;
  return stem.slice(0, LONGEST - SUFFIX.length).replace(/-$/, '') + SUFFIX;
}
