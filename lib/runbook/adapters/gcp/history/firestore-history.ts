import type { History, MemberHistory } from '../../../execution/ports';
import { Documents, idOf, type DocumentsOptions } from '../firestore/documents';
import { repeatWhileBusy, type Patience } from '../repeat-while-busy';

export type FirestoreHistoryOptions = DocumentsOptions & Patience & { readonly topology: string };

/** What is remembered of the members, beside the ledger. A document each; two watches at once lose nothing of each other. */
export class FirestoreHistory implements History {
  readonly #documents: Documents;
  readonly #patience: Patience;
  readonly #path: string;

  constructor(options: FirestoreHistoryOptions) {
    this.#documents = new Documents(options);
    this.#patience = options;
    this.#path = `understudy/${idOf(options.topology)}/history`;
  }

  read(): Promise<readonly MemberHistory[]> {
    return repeatWhileBusy(this.#patience, 'the history is read', async () => ({
      told: (await this.#documents.list(this.#path)).map(({ value }) => value as MemberHistory),
    }));
  }

  /** One member that cannot be kept does not keep the others from it. */
  async record(members: readonly MemberHistory[]): Promise<void> {
    const ends = await Promise.allSettled(members.map((member) => this.#keep(member)));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  }

  #keep(member: MemberHistory): Promise<void> {
    const path = `${this.#path}/${idOf(member.id)}`;
    return repeatWhileBusy(this.#patience, `${member.id} is recorded`, async () => {
      const found = await this.#documents.get(path);
      const before = (found?.value ?? {}) as Partial<MemberHistory>;
      const value = merged(before, member);
      if (found !== undefined && JSON.stringify(value) === JSON.stringify(merged(before, { id: member.id }))) {
        return { told: undefined };
      }
      const version = found === undefined ? {} : { version: found.version };
      return (await this.#documents.commit({ path, value, ...version })) ? { told: undefined } : undefined;
    });
  }
}

/** Of each what is newer. An address has no time of its own: it is as new as the evidence that came with it. */
function merged(before: Partial<MemberHistory>, seen: MemberHistory): MemberHistory {
  const isLate = (seen.lastSeenAlive ?? Infinity) < (before.lastSeenAlive ?? -Infinity);
  const [first, second] = isLate ? [before.address, seen.address] : [seen.address, before.address];
  const facts = {
    lastSeenAlive: later(before.lastSeenAlive, seen.lastSeenAlive),
    lastReached: later(before.lastReached, seen.lastReached),
    address: first ?? second,
  };
  return {
    id: seen.id,
    ...(Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined)) as object),
  };
}

function later(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.max(one, other);
}
