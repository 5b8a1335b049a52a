import { readFileSync, statSync, writeFileSync } from 'node:fs';

/** Nothing, when there is no such file. */
const statOf = (file: string) => statSync(file, { throwIfNoEntry: false });

function stateOf(file: string): string {
  const stat = statOf(file);
  return stat === undefined ? 'not there' : `${stat.size} ${stat.mtimeMs}`;
}

/** Whether each file is as it was when the stamp was written, by size and time. */
export function isUpToDate(stamp: string): boolean {
  if (statOf(stamp) === undefined) return false;
  const lines = readFileSync(stamp, 'utf8').trim().split('\n');
  return lines.map((line) => line.split('\t')).every(([file = '', was]) => stateOf(file) === was);
}

/**
 * Notes how files are. Not while one of the sources has been written since all began: nobody knows what was made of it.
 *
 * @param began milliseconds since 1970
 */
export function writeStamp(
  stamp: string,
  {
    sources,
    made,
    began,
  }: { readonly sources: readonly string[]; readonly made: readonly string[]; readonly began: number },
): void {
  if (sources.some((file) => (statOf(file)?.mtimeMs ?? 0) >= began)) return;
  const files = [...new Set([...sources, ...made])].toSorted();
  writeFileSync(stamp, `${files.map((file) => `${file}\t${stateOf(file)}`).join('\n')}\n`);
}
