import { exactly } from './log-position';

const GTID = /^(\d+)-(\d+)-(\d+)$/;

/**
 * How many transactions MariaDB has counted up to a position such as `0-1-100,1-2-50`; undefined when the text is none.
 *
 * Each domain counts for itself, whichever server wrote, and a promoted one counts on. So the sum grows with every transaction,
 * and of two members of one lineage that have not parted, the one with the greater sum has more.
 */
export function countMariadbGtids(position: string): number | undefined {
  const domains = domainsIn(position);
  if (domains === undefined) return undefined;
  return exactly([...domains.values()].reduce((sum, { sequence }) => sum + sequence, 0n));
}

/** The same position always as the same text: the server lists domains in no order. */
export function mariadbToken(position: string): string {
  const domains = [...(domainsIn(position) ?? [])].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return domains.map(([, { text }]) => text).join(',');
}

interface Newest {
  readonly sequence: bigint;
  readonly text: string;
}

/** The newest transaction of each domain. */
function domainsIn(position: string): ReadonlyMap<bigint, Newest> | undefined {
  const domains = new Map<bigint, Newest>();
  for (const text of position.replaceAll(/\s/g, '').split(',')) {
    if (text === '') continue;
    const [, domain, , sequence] = GTID.exec(text) ?? [];
    if (domain === undefined || sequence === undefined) return undefined;
    const known = domains.get(BigInt(domain));
    if (known === undefined || known.sequence < BigInt(sequence)) {
      domains.set(BigInt(domain), { sequence: BigInt(sequence), text });
    }
  }
  return domains;
}
