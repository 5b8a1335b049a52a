import { UnderstudyError } from '../../../../topology';
import type { History, MemberHistory } from '../../../execution/ports';
import { DynamoTable, type DynamoTableOptions, type Expression, type Item } from '../ledger/dynamo-table';
import { repeatSafely, type Patience } from '../repeat-safely';

export type DynamoHistoryOptions = DynamoTableOptions & Patience;

const PREFIX = 'history#';

/** What is remembered of the members, in the table of the ledger. One item each; two watches at once lose nothing of each other. */
export class DynamoHistory implements History {
  readonly #table: DynamoTable;
  readonly #patience: Patience;
  /** As they were read last, each for one writing: what others wrote since is found out by it. */
  #known = new Map<string, Item>();

  constructor(options: DynamoHistoryOptions) {
    this.#table = new DynamoTable(options);
    this.#patience = options;
  }

  async read(): Promise<readonly MemberHistory[]> {
    const items: Item[] = [];
    let start: Item | undefined;
    do {
      const page = await repeatSafely(this.#patience, () => this.#table.page(PREFIX, start));
      items.push(...page.items);
      start = page.next;
    } while (start !== undefined);
    this.#known = new Map(items.map((item) => [item['item']?.S ?? '', item]));
    return items.flatMap((item) => keptIn(item) ?? []);
  }

  /** One member that cannot be kept does not keep the others from it. */
  async record(members: readonly MemberHistory[]): Promise<void> {
    const ends = await Promise.allSettled(members.map((member) => this.#keep(member)));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  }

  #keep(member: MemberHistory): Promise<void> {
    const key = `${PREFIX}${member.id}`;
    let known = this.#known.get(key);
    this.#known.delete(key);
    return repeatSafely(this.#patience, async () => {
      const item = known ?? (await this.#table.get(key));
      known = undefined;
      const before = keptIn(item) ?? { id: member.id };
      const after = newer(before, member);
      if (item && JSON.stringify(after) === JSON.stringify(newer(before, before))) return;
      if (await this.#table.update(key, changing(item, after))) return;
      throw new UnderstudyError('ledger-busy', `${member.id} was recorded by another watch at the same time`, {
        family: 'retryable',
      });
    });
  }
}

/** Of each of the two what is newer. An address has no time of its own: it is as new as the evidence that came with it. */
function newer(before: MemberHistory, seen: MemberHistory): MemberHistory {
  const isStale = (seen.lastSeenAlive ?? Infinity) < (before.lastSeenAlive ?? -Infinity);
  const lastSeenAlive = latest(before.lastSeenAlive, seen.lastSeenAlive);
  const lastReached = latest(before.lastReached, seen.lastReached);
  const address = isStale ? (before.address ?? seen.address) : (seen.address ?? before.address);
  return {
    id: before.id,
    ...(lastSeenAlive === undefined ? {} : { lastSeenAlive }),
    ...(lastReached === undefined ? {} : { lastReached }),
    ...(address === undefined ? {} : { address: { host: address.host, port: address.port } }),
  };
}

const latest = (...times: (number | undefined)[]): number | undefined => {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
};

function keptIn(item: Item | undefined): MemberHistory | undefined {
  const { item: key, lastSeenAlive, lastReached, host, port } = item ?? {};
  if (key?.S === undefined) return undefined;
  return {
    id: key.S.slice(PREFIX.length),
    ...(lastSeenAlive?.N === undefined ? {} : { lastSeenAlive: Number(lastSeenAlive.N) }),
    ...(lastReached?.N === undefined ? {} : { lastReached: Number(lastReached.N) }),
    ...(host?.S === undefined ? {} : { address: { host: host.S, port: Number(port?.N) } }),
  };
}

/** Writes it if nobody else has since it was read. */
function changing(item: Item | undefined, { lastSeenAlive, lastReached, address }: MemberHistory): Expression {
  const seen = item?.['version']?.N;
  const fields: Item = {
    version: { N: String(Number(seen ?? 0) + 1) },
    ...(lastSeenAlive === undefined ? {} : { lastSeenAlive: { N: String(lastSeenAlive) } }),
    ...(lastReached === undefined ? {} : { lastReached: { N: String(lastReached) } }),
    ...(address === undefined ? {} : { host: { S: address.host }, port: { N: String(address.port) } }),
  };
  return {
    condition: seen === undefined ? 'attribute_not_exists(#version)' : '#version = :seen',
    update: `SET ${Object.keys(fields)
      .map((name) => `#${name} = :${name}`)
      .join(', ')}`,
    values: {
      ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [`:${name}`, value])),
      ...(seen === undefined ? {} : { ':seen': { N: seen } }),
    },
  };
}
