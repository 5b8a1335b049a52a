import type { History, MemberHistory } from '../../../../lib/runbook/execution/ports';

/** What is remembered of the members: the newest of everything. */
export class WorldHistory implements History {
  readonly #members = new Map<string, MemberHistory>();

  read(): Promise<readonly MemberHistory[]> {
    return Promise.resolve([...this.#members.values()]);
  }

  record(members: readonly MemberHistory[]): Promise<void> {
    for (const { id, ...seen } of members) {
      const before = this.#members.get(id);
      this.#members.set(id, {
        id,
        ...before,
        ...seen,
        ...newest('lastSeenAlive', before, seen),
        ...newest('lastReached', before, seen),
      });
    }
    return Promise.resolve();
  }
}

type Times = Partial<Pick<MemberHistory, 'lastSeenAlive' | 'lastReached'>>;

function newest(key: keyof Times, before: Times | undefined, seen: Times): Times {
  const known = [before?.[key], seen[key]].filter((each) => each !== undefined);
  return known.length === 0 ? {} : { [key]: Math.max(...known) };
}
