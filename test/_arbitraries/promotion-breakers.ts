import { parseInstanceClass } from '../../lib/topology/instance-class';
import { CASCADING, type Breaker } from './breaker';
import { withMember, withMemberAws, withObjectives, withReadyPrimary, withReplicas } from './edits';
import { isBefore14 } from './lineage-breakers';

export const PROMOTION_BREAKERS: readonly Breaker[] = [
  { code: 'primary-unknown', wish: {}, break: ({ input }) => ({ ...input, primary: 'nobody' }) },
  {
    code: 'primary-retired',
    wish: {},
    break: ({ input, primary }) => withMember(input, primary.id, { retired: 'kept' }),
  },
  {
    code: 'primary-retired',
    wish: { least: 2 },
    break: (whole) => {
      const retired = whole.pick(whole.view.topology.members.filter((member) => member.retired !== undefined));
      return retired && { ...whole.input, primary: retired.id };
    },
  },
  {
    code: 'primary-not-promotable',
    wish: {},
    break: ({ input, primary }) => withMember(input, primary.id, { promotion: 'never' }),
  },
  {
    code: 'nothing-promotable',
    wish: { least: 2 },
    break: ({ input, view }) =>
      view.replicas.length === 0
        ? undefined
        : view.promotable.reduce((left, { id }) => withMember(left, id, { promotion: 'never' }), input),
  },
  {
    code: 'region-loss-uncovered',
    wish: { most: 3 },
    break: ({ input, view, primary }) => {
      const elsewhere = view.promotable.filter(({ region }) => region !== primary.region);
      const kept = elsewhere.reduce((left, { id }) => withMember(left, id, { promotion: 'never' }), input);
      const wished = withObjectives(kept, { recovery: { region: '15m' } });
      return withReplicas(withReadyPrimary(wished), 1, { replicaOf: primary.id, promotion: 1 });
    },
  },
  {
    code: 'promotable-undersized',
    wish: { least: 2 },
    break: (whole) => {
      const replica = whole.pick(whole.view.promotable);
      const primary = parseInstanceClass(whole.primary.size ?? '');
      const smaller = whole.classes.filter(({ family, rank }) => family === primary?.family && rank < primary.rank);
      const chosen = whole.pick(smaller);
      return replica && chosen && withMember(whole.input, replica.id, { size: chosen.size });
    },
  },
  {
    code: 'promotable-family-differs',
    wish: { least: 2 },
    break: (whole) => {
      const replica = whole.pick(whole.view.promotable);
      const primary = parseInstanceClass(whole.primary.size ?? '');
      const others = whole.classes.filter(
        ({ family, rank }) => family !== primary?.family && rank >= (primary?.rank ?? 0),
      );
      const chosen = whole.pick(others);
      return replica && chosen && withMember(whole.input, replica.id, { size: chosen.size });
    },
  },
  {
    code: 'promotable-delayed',
    wish: { least: 2, engines: ['mysql', 'mariadb'] },
    break: (whole) => {
      const replica = whole.pick(whole.view.promotable);
      return replica && withMemberAws(whole.input, replica.id, { delay: '30m' });
    },
  },
  {
    code: 'promotable-without-backups',
    wish: { least: 2, engines: [...CASCADING, 'oracle', 'db2'] },
    break: (whole) => {
      if (isBefore14(whole)) return undefined;
      const replica = whole.pick(whole.leaves.filter(({ promotion }) => promotion !== 'never'));
      return replica && withMember(whole.input, replica.id, { retention: '0d' });
    },
  },
];
