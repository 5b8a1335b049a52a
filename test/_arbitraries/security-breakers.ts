import { CASCADING, FLAT, type Breaker } from './breaker';
import { withAws, withMember, withReadyPrimary, withReplicas } from './edits';

export const SECURITY_BREAKERS: readonly Breaker[] = [
  {
    code: 'encryption-mixed',
    wish: { least: 2 },
    break: (whole) => {
      const leaf = whole.pick(whole.leaves);
      return leaf && withMember(whole.input, leaf.id, { encrypted: leaf.encrypted !== true });
    },
  },
  {
    code: 'destination-key-missing',
    wish: { least: 2 },
    break: (whole) => {
      const replica = whole.isEncrypted ? whole.pick(whole.abroad) : undefined;
      return replica && withMember(whole.input, replica.id, { key: undefined });
    },
  },
  {
    code: 'key-in-other-region',
    wish: {},
    break: (whole) => {
      const member = whole.isEncrypted ? whole.pick(whole.present) : undefined;
      const elsewhere = member?.region === 'sa-east-1' ? 'eu-west-1' : 'sa-east-1';
      const key = `arn:aws:kms:${elsewhere}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
      return member && withMember(whole.input, member.id, { key });
    },
  },
  {
    code: 'key-without-encryption',
    wish: {},
    break: (whole) => {
      const member = whole.isEncrypted ? undefined : whole.pick(whole.present);
      return member && withMember(whole.input, member.id, { key: 'create' });
    },
  },
  {
    code: 'same-region-key-differs',
    wish: { most: 3, engines: [...CASCADING, 'oracle'] },
    break: ({ input, primary, isEncrypted }) =>
      isEncrypted
        ? withReplicas(withReadyPrimary(input), 1, { replicaOf: primary.id, key: 'alias/another' })
        : undefined,
  },
  {
    code: 'managed-password-with-replicas',
    wish: { least: 2, engines: [...CASCADING, 'oracle', 'db2'] },
    break: ({ input, view }) =>
      view.replicas.length === 0 ? undefined : withAws(input, { credentials: 'rds-managed' }),
  },
  {
    code: 'iam-authentication-unsupported',
    wish: { engines: FLAT },
    break: ({ input }) => withAws(input, { iamAuthentication: true }),
  },
];
