import type { TopologyInput } from '../../lib/topology';
import type { Breaker, Whole } from './breaker';
import { withAws, withMember, withObjectives } from './edits';

type RunbookInput = NonNullable<NonNullable<TopologyInput['aws']>['runbook']>;

const VPC = { id: 'vpc-0123456789abcdef0', subnets: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] };

/** The Region of the primary, which has a runbook if any has: the primary can be promoted. */
function home({ primary }: Whole): string {
  return primary.region ?? '';
}

function withRunbook(input: TopologyInput, runbook: RunbookInput): TopologyInput {
  return withAws(input, { runbook });
}

/** With a VPC in that Region, made here or not. */
function withVpc(input: TopologyInput, region: string, kind: 'created' | 'existing'): TopologyInput {
  const { vpc: _, ...others } = input.aws?.regions?.[region] ?? {};
  const own = kind === 'created' ? others : { ...others, cidr: undefined, vpc: VPC };
  const regions = { ...input.aws?.regions, [region]: JSON.parse(JSON.stringify(own)) as typeof others };
  return withAws(input, { regions });
}

function attached(region: string, network: NonNullable<RunbookInput['regions']>[string]['network']): RunbookInput {
  return { regions: { [region]: { network } } };
}

/** Nothing that another rule would say of a runbook that fails over by itself. */
function automatic(whole: Whole, region: string): TopologyInput {
  const told = withObjectives(whole.input, { dataLoss: '7d' });
  return withRunbook(withVpc(told, region, 'existing'), { automatic: region, ...attached(region, {}) });
}

export const RUNBOOK_BREAKERS: readonly Breaker[] = [
  {
    code: 'runbook-region-unknown',
    wish: {},
    break: ({ input }) => withRunbook(input, { regions: { 'eu-nowhere-1': { enabled: false } } }),
  },
  {
    code: 'runbook-without-way',
    wish: {},
    break: (whole) => withRunbook(withVpc(whole.input, home(whole), 'created'), attached(home(whole), {})),
  },
  {
    code: 'runbook-subnets-unknown',
    wish: { most: 1 },
    break: (whole) =>
      withRunbook(
        withVpc(whole.input, home(whole), 'created'),
        attached(home(whole), { subnets: [...VPC.subnets], createEndpoints: true }),
      ),
  },
  {
    code: 'runbook-endpoints-not-ours',
    wish: {},
    break: (whole) =>
      withRunbook(withVpc(whole.input, home(whole), 'existing'), attached(home(whole), { createEndpoints: true })),
  },
  {
    code: 'runbook-reaches-one-region',
    wish: { least: 2 },
    break: (whole) =>
      whole.present.every(({ region }) => region === home(whole))
        ? undefined
        : withRunbook(withVpc(whole.input, home(whole), 'created'), attached(home(whole), { createEndpoints: true })),
  },
  {
    code: 'endpoint-kinds',
    wish: {},
    break: ({ input }) => withRunbook(input, { endpoints: [{ parameter: '/a', secret: 'a' }] }),
  },
  { code: 'endpoint-kinds', wish: {}, break: ({ input }) => withRunbook(input, { endpoints: [{ role: 'writer' }] }) },
  {
    code: 'endpoint-duplicate',
    wish: {},
    break: ({ input }) => withRunbook(input, { endpoints: [{ secret: 'a' }, { secret: 'a', role: 'reader' }] }),
  },
  {
    code: 'writer-endpoint-missing',
    wish: {},
    break: ({ input }) => withRunbook(input, { endpoints: [{ parameter: '/reader', role: 'reader' }] }),
  },
  {
    code: 'automatic-region-unknown',
    wish: {},
    break: ({ input }) => withRunbook(withObjectives(input, { dataLoss: '7d' }), { automatic: 'eu-nowhere-1' }),
  },
  {
    code: 'automatic-without-data-loss',
    wish: { least: 2 },
    break: (whole) => {
      const region = whole.view.promotable[0]?.region;
      return region === undefined ? undefined : withObjectives(automatic(whole, region), { dataLoss: undefined });
    },
  },
  {
    code: 'automatic-without-fence',
    wish: { least: 2 },
    break: (whole) => {
      const region = whole.view.promotable[0]?.region;
      return region === undefined ? undefined : withRunbook(automatic(whole, region), { automatic: region });
    },
  },
  {
    code: 'automatic-without-candidate',
    wish: { least: 3 },
    break: (whole) => {
      const here = whole.view.promotable.filter(({ region }) => region === home(whole));
      const input = automatic(whole, home(whole));
      const broken = here.reduce((left, { id }) => withMember(left, id, { promotion: 'never' }), input);
      return whole.view.promotable.length === here.length ? undefined : broken;
    },
  },
];
