import { CLASS_LIMITS_TABLE } from './class-limits-table';
import { rowClasses } from './row-classes';

/** Whether a version takes a class that its engine has. */
type Limit = (size: string) => boolean;

/** By engine and version. Read when it is first asked for. */
let limits: ReadonlyMap<string, Limit> | undefined;

/**
 * Whether the version of an engine, named as CloudFormation does, takes a DB instance class that the engine has in a
 * Region; true as well when nothing is known of the version.
 */
export function versionTakes(engine: string, version: string, size: string): boolean {
  limits ??= read();
  for (let known = version; known !== ''; known = withoutLast(known)) {
    const limit = limits.get(`${engine} ${known}`);
    if (limit !== undefined) return limit(size);
  }
  return true;
}

/** `11.22-rds.20240418`, then `11.22-rds`, `11.22` and `11`. */
function withoutLast(version: string): string {
  return version.slice(0, Math.max(0, version.lastIndexOf('.'), version.lastIndexOf('-')));
}

function read(): ReadonlyMap<string, Limit> {
  const found = new Map<string, Limit>();
  for (const row of CLASS_LIMITS_TABLE) {
    const [engine = '', ...words] = row.split(' ');
    const end = words.findIndex((word) => word === 'only' || word === 'not');
    const classes = new Set(words.slice(end + 1).flatMap(rowClasses));
    const isTaken = words[end] === 'only';
    for (const version of words.slice(0, end))
      found.set(`${engine} ${version}`, (size) => classes.has(size) === isTaken);
  }
  return found;
}
