import { isOffered } from '../../lib/topology/offered-classes';
import type { Breaker } from './breaker';
import { withAws, withMember, withMemberAws, withReadyPrimary, withReplicas } from './edits';

export const PLACEMENT_BREAKERS: readonly Breaker[] = [
  {
    code: 'region-unknown',
    wish: {},
    break: (whole) => {
      const member = whole.pick(whole.present);
      return (
        member &&
        withMember(whole.input, member.id, { region: whole.pick(['eu-wst-1', 'Ireland', 'eu-west-1a', 'nowhere']) })
      );
    },
  },
  {
    code: 'partition-mixed',
    wish: { least: 2 },
    break: (whole) => {
      const member = whole.pick(whole.view.replicas.filter(({ key }) => key?.startsWith('arn:') !== true));
      return member && withMember(whole.input, member.id, { region: 'us-iso-east-1' });
    },
  },
  {
    code: 'size-unknown',
    wish: {},
    break: (whole) => {
      const member = whole.pick(whole.present);
      return (
        member &&
        withMember(whole.input, member.id, { size: whole.pick(['r7g.large', 'db.large', 'large', 'db.r7g.huge']) })
      );
    },
  },
  {
    code: 'size-not-offered',
    wish: { engines: ['mysql', 'mariadb', 'postgres', 'sqlserver'], most: 4 },
    break: (whole) => {
      const { input, primary, view } = whole;
      const place = { engine: view.topology.engine, region: primary.region ?? '' };
      const size = whole.pick(['db.m9g.8xlarge', 'db.x2g.2xlarge', 'db.r7g.3xlarge', 'db.m1.xlarge', 'db.r99x.xlarge']);
      if (size === undefined || isOffered(size, place) !== false) return undefined;
      return withReplicas(withReadyPrimary(input), 1, { replicaOf: primary.id, size });
    },
  },
  {
    code: 'replica-mode-unsupported',
    wish: { least: 2, engines: ['mysql', 'mariadb', 'postgres', 'sqlserver'] },
    break: (whole) => {
      const replica = whole.pick(whole.view.replicas);
      return replica && withMemberAws(whole.input, replica.id, { replicaMode: 'mounted' });
    },
  },
  {
    code: 'replica-mode-unsupported',
    wish: { engines: ['oracle', 'db2'], promoted: false },
    break: ({ input, primary }) => withMemberAws(input, primary.id, { replicaMode: 'open-read-only' }),
  },
  {
    code: 'delay-unsupported',
    wish: { promoted: false },
    break: ({ input, primary }) => withMemberAws(input, primary.id, { delay: '1h' }),
  },
  {
    code: 'delay-unsupported',
    wish: { engines: ['postgres', 'oracle'], most: 3 },
    break: ({ input, primary }) =>
      withReplicas(withReadyPrimary(input), 1, { replicaOf: primary.id, aws: { delay: '1d1s' } }),
  },
  {
    code: 'db2-license-parameters',
    wish: { engines: ['db2'] },
    break: ({ input }) => withAws(input, { parameters: { 'rds.ibm_site_id': '1' } }),
  },
];
