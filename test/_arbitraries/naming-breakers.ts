import type { Breaker } from './breaker';
import { withMemberAws, withNew } from './edits';

export const NAMING_BREAKERS: readonly Breaker[] = [
  {
    code: 'identifier-invalid',
    wish: {},
    break: (whole) => {
      const member = whole.pick(whole.present);
      const identifier = whole.pick(['Orders', 'orders_a', 'a--b', 'a-', '1a', 'a'.repeat(64)]) ?? '';
      return member && withMemberAws(whole.input, member.id, { identifier });
    },
  },
  {
    code: 'identifier-duplicate',
    wish: { least: 2 },
    break: ({ input, present: [first, second] }) =>
      first && second && withMemberAws(input, second.id, { identifier: first.aws.identifier }),
  },
  { code: 'role-word-in-name', wish: {}, break: ({ input }) => ({ ...input, name: 'orders-primary' }) },
  {
    code: 'role-word-in-name',
    wish: { least: 2 },
    break: ({ input, leaves: [leaf] }) => {
      const member = leaf === undefined ? undefined : input.members[leaf.id];
      if (leaf === undefined || member === undefined) return undefined;
      const others = Object.fromEntries(Object.entries(input.members).filter(([id]) => id !== leaf.id));
      return withNew({ ...input, members: others }, 'eu-replica-1', member);
    },
  },
];
