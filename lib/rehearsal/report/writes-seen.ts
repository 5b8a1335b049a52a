import type { Write } from '../clients/write-log';
import { bandOf, type BandOptions } from './band-of';
import type { ReportedClient, ReportedRehearsal } from './report-schema';

export type WritesSeenOptions = Omit<BandOptions, 'isLost'> & { readonly lost: ReadonlySet<string> };

/** What became of all writes: counts, the longest interruption, and a band for each client. */
export function writesSeen(options: WritesSeenOptions): ReportedRehearsal['writes'] {
  const { writes, lost, at, resolution } = options;
  const kept = writes.filter(({ id, end }) => end === 'acknowledged' && !lost.has(id));
  // One that is not over lasts until the last client has tried.
  const last = writes.reduce((latest, { ended }) => Math.max(latest, ended), 0);
  const outage = longestGap([...kept.map(({ ended }) => at(ended)), ...(kept.length > 0 ? [at(last)] : [])]);
  const names = [...new Set(writes.map(({ client }) => client))];
  const clients = names.map((name) => clientSeen(name, options));
  return { ...countsOf(writes, lost), ...(outage && { outage }), resolution, clients };
}

function clientSeen(name: string, options: WritesSeenOptions): ReportedClient {
  const { lost, at } = options;
  const writes = options.writes.filter(({ client }) => client === name);
  // A client that is acknowledged nothing any more goes without until the end.
  const edges = writes.filter(({ end }, index) => end === 'acknowledged' || index === writes.length - 1);
  const { from, to } = longestGap(edges.map(({ ended }) => at(ended))) ?? { from: 0, to: 0 };
  const band = [...bandOf({ ...options, writes, isLost: ({ id }) => lost.has(id) })];
  return { name, ...countsOf(writes, lost), longest: to - from, band };
}

function countsOf(
  writes: readonly Write[],
  lost: ReadonlySet<string>,
): Pick<ReportedClient, 'acknowledged' | 'lost' | 'refused' | 'unknown'> {
  const counts = { acknowledged: 0, lost: 0, refused: 0, unknown: 0 };
  for (const { id, end } of writes) {
    counts[end] += 1;
    if (lost.has(id)) counts.lost += 1;
  }
  return counts;
}

function longestGap(times: readonly number[]): { from: number; to: number } | undefined {
  const sorted = times.toSorted((a, b) => a - b);
  let longest: { from: number; to: number } | undefined;
  sorted.slice(1).forEach((to, index) => {
    const from = sorted[index] ?? to;
    if (longest === undefined || to - from > longest.to - longest.from) longest = { from, to };
  });
  return longest;
}
