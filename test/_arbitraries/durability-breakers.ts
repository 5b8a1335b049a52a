import { formatDuration } from '../../lib/topology';
import type { Breaker } from './breaker';
import { withMember, withObjectives } from './edits';
import { isBefore14 } from './lineage-breakers';

export const DURABILITY_BREAKERS: readonly Breaker[] = [
  {
    code: 'retention-range',
    wish: {},
    break: (whole) =>
      withMember(whole.input, whole.primary.id, { retention: whole.pick(['36d', '36h', '400d', '11s']) }),
  },
  {
    code: 'source-without-backups',
    wish: { least: 2 },
    break: (whole) => {
      const source = whole.pick(whole.view.active.filter((member) => whole.view.followersOf(member).length > 0));
      return source && withMember(whole.input, source.id, { retention: '0d' });
    },
  },
  {
    code: 'replica-backups-unsupported',
    wish: { least: 2, engines: ['sqlserver', 'postgres'] },
    break: (whole) => {
      const replica = whole.engine === 'sqlserver' || isBefore14(whole) ? whole.pick(whole.view.replicas) : undefined;
      return replica && withMember(whole.input, replica.id, { retention: '1d' });
    },
  },
  { code: 'lag-above-data-loss', wish: {}, break: ({ input }) => withObjectives(input, { dataLoss: '30s' }) },
  {
    code: 'heartbeat-above-lag',
    wish: {},
    break: ({ input, view: { topology } }) => ({ ...input, heartbeat: formatDuration(topology.objectives.lag) }),
  },
  {
    code: 'idle-lag-climb',
    wish: { least: 2, engines: ['postgres'] },
    break: ({ input, view }) =>
      view.replicas.length === 0 ? undefined : { ...withObjectives(input, { lag: '5m' }), heartbeat: undefined },
  },
];
