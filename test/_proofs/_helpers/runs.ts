/** How often a property is tried: `SOAK=20 npx jest test/_proofs` looks twenty times as long. */
export function runs(usual: number): { readonly numRuns: number } {
  return { numRuns: usual * Number(process.env['SOAK'] ?? 1) };
}

/** Milliseconds that a property may take. */
export const PATIENCE = 60_000 * Number(process.env['SOAK'] ?? 1);
