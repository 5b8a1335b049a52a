import { CASCADING, FLAT, type Breaker } from './breaker';
import { withAws, withEngine, withMember, withReadyPrimary, withReplicas } from './edits';

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
  {
    code: 'iam-authentication-unsupported',
    wish: { engines: ['mariadb'], promoted: false },
    break: ({ input, present }) => {
      const old = present.reduce((left, { id }) => withMember(left, id, { version: undefined }), input);
      return withAws(withEngine(old, { version: '10.5.29' }), { iamAuthentication: true });
    },
  },
  {
    code: 'not-encrypted',
    wish: { promoted: false },
    break: ({ input, present, isEncrypted }) =>
      isEncrypted
        ? present.reduce(
            (left, { id, replicaOf }) =>
              withMember(left, id, { key: undefined, encrypted: replicaOf === undefined ? false : undefined }),
            input,
          )
        : undefined,
  },
  {
    code: 'topic-in-other-region',
    wish: {},
    break: (whole) => {
      const region = whole.primary.region ?? '';
      const elsewhere = region === 'sa-east-1' ? 'eu-west-1' : 'sa-east-1';
      const alarmTopic = `arn:aws:sns:${elsewhere}:111122223333:databases`;
      return withAws(whole.input, { regions: { ...whole.input.aws?.regions, [region]: { alarmTopic } } });
    },
  },
];
