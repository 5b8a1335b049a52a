/** Most characters of the id of a Firestore database, and of the name of a function. */
const LONGEST = 63;

/** Bytes of a digest that tell two long names apart, in characters. */
const DIGEST = 8;

/**
 * A name that fits. Of a longer one the end is a digest of all of it: what tells the runbooks of one topology apart, the region, is
 * what would be cut off.
 */
export function fittingName(name: string, longest: number): string {
  if (name.length <= longest) return name;
  return `${name.slice(0, longest - DIGEST - 1).replace(/[-_]+$/, '')}-${digestOf(name)}`;
}

/** FNV-1a of 32 bits: this room imports no package, and nothing here is a secret. */
function digestOf(text: string): string {
  let digest = 0x811c9dc5;
  for (const byte of Buffer.from(text)) digest = Math.imul(digest ^ byte, 0x01000193) >>> 0;
  return digest.toString(16).padStart(DIGEST, '0');
}

/** Id of the Firestore database of a runbook: a command finds it without the function. */
export function firestoreDatabase(topology: string, region: string): string {
  return fittingName(`understudy-${topology}-${region}`, LONGEST);
}

/** Name of a function of a runbook. */
export function googleFunctionName(topology: string, region: string, what: 'promote' | 'watch' = 'promote'): string {
  return `${fittingName(`understudy-${topology}-${region}`, LONGEST - what.length - 1)}-${what}`;
}
