/** When it begins, for a person, and something that no other has: `20261123-030000-1f0c9a2b`. */
export function newRunId(milliseconds: number, unique: string): string {
  const time = new Date(milliseconds).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
  return `${time}-${unique.slice(0, 8)}`;
}
