import type { Breaker } from './breaker';
import { withMember } from './edits';

export const STORAGE_BREAKERS: readonly Breaker[] = [
  {
    code: 'replica-storage-below-source',
    wish: { least: 2 },
    break: (whole) => {
      const replica = whole.pick(
        whole.view.replicas.filter((member) => whole.view.followedBy(member)?.storage.gib !== undefined),
      );
      return replica && withMember(whole.input, replica.id, { storage: { gib: 99 } });
    },
  },
  {
    code: 'storage-type-unsupported',
    wish: { engines: ['db2'] },
    break: (whole) => {
      const member = whole.pick(whole.present);
      return (
        member &&
        withMember(whole.input, member.id, {
          storage: { gib: member.storage.gib, type: 'gp2', growTo: member.storage.growTo },
        })
      );
    },
  },
  {
    code: 'small-volume-provisioned',
    wish: { engines: ['mysql', 'mariadb', 'postgres'] },
    break: (whole) => {
      const alone = whole.present.filter((member) => whole.view.followersOf(member).length === 0);
      const member = whole.pick(alone.filter(({ replicaOf }) => replicaOf === undefined));
      return member && withMember(whole.input, member.id, { storage: { gib: 399, type: 'gp3', iops: 4000 } });
    },
  },
  {
    code: 'growth-too-small',
    wish: {},
    break: (whole) => {
      const origin = whole.pick(whole.present.filter(({ replicaOf }) => replicaOf === undefined));
      return (
        origin &&
        withMember(whole.input, origin.id, {
          storage: { ...origin.storage, gib: 400, type: 'gp3', iops: undefined, throughput: undefined, growTo: 439 },
        })
      );
    },
  },
];
