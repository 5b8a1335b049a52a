import type { History, MemberHistory } from '../../runbook/execution/ports';

/**
 * The history as it counts on this machine.
 *
 * That a database answered the function's network says nothing about this one: here it may never answer, fenced or not, and a
 * silence must not prove a fence. So only what has answered this process counts as reached, and is not written down for others.
 */
export function reachedFromHere(history: History): History {
  const reached = new Map<string, number>();
  return {
    async read() {
      return (await history.read()).map((member) => {
        const at = reached.get(member.id);
        return { ...withoutReach(member), ...(at === undefined ? {} : { lastReached: at }) };
      });
    },
    record(members) {
      for (const { id, lastReached } of members) if (lastReached !== undefined) reached.set(id, lastReached);
      return history.record(members.map(withoutReach));
    },
  };
}

function withoutReach({ lastReached: _, ...member }: MemberHistory): MemberHistory {
  return member;
}
