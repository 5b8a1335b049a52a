import type { TopologyInput } from '../../../lib/topology';
import { withAws, withMember, withObjectives } from '../../_arbitraries/edits';
import { describeRule, withoutMemberFields } from '../../_helpers/describe-rule';
import { follower, promoted, sample, withMembers } from '../../_helpers/sample-topology';

type Aws = NonNullable<TopologyInput['aws']>;
type RunbookInput = NonNullable<Aws['runbook']>;

const VPC = { id: 'vpc-0123456789abcdef0', subnets: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] };
const EXISTING: Aws['regions'] = { 'eu-west-1': { vpc: VPC } };

function runbook(request: RunbookInput, input: TopologyInput = sample(), regions: Aws['regions'] = {}): TopologyInput {
  return withAws(input, { runbook: request, regions });
}

const here = (network: NonNullable<RunbookInput['regions']>[string]['network']): RunbookInput => ({
  regions: { 'eu-west-1': { network } },
});

/** With cyd in another Region, who can be promoted, too. */
const abroad = withMembers(sample(), {
  cyd: { region: 'eu-central-1', replicaOf: 'ada', key: 'create', promotion: 2 },
});
const told = withObjectives(sample(), { dataLoss: '15m' });
const automatic = (more: RunbookInput = {}): RunbookInput => ({ automatic: 'eu-west-1', ...here({}), ...more });

describeRule('runbook-region-unknown', {
  breaches: [
    {
      of: 'settings for Regions in which nobody can be promoted, each',
      input: runbook(
        { regions: { 'eu-central-1': { enabled: false }, 'eu-west-1': {}, 'us-east-1': {} } },
        withMembers(sample(), { cyd: follower('ada', { region: 'us-east-1', key: 'create' }) }),
      ),
      lines: ['eu-central-1', 'us-east-1'].map(
        (region) =>
          `error runbook-region-unknown: aws.runbook.regions.${region}: the runbook in ${region} has settings, and no member there can be promoted. Allowed: eu-west-1. Fix: take them away, or give a member there a priority.`,
      ),
    },
  ],
  accepted: [
    { of: 'no settings at all', input: runbook({}) },
    { of: 'a Region in which somebody can be promoted', input: runbook({ regions: { 'eu-central-1': {} } }, abroad) },
    {
      of: 'a Region in which only the old primary is left',
      input: runbook(
        { regions: { 'eu-west-1': {} } },
        promoted(withMember(sample(), 'bab', { region: 'eu-central-1', key: 'create' })),
      ),
    },
  ],
  unknown: [{ of: 'the Region of a member', erase: withoutMemberFields('region') }],
});

describeRule('runbook-without-way', {
  breaches: [
    {
      of: 'a runbook in a VPC that is created, without endpoints',
      input: runbook(here({})),
      lines: [
        'error runbook-without-way: aws.runbook.regions.eu-west-1.network: the runbook in eu-west-1 is attached to the VPC that is created there, which has no way out. Allowed: endpoints in it, which cost by the hour, or an existing VPC. Fix: set `createEndpoints: true`, or name an existing VPC in aws.regions.eu-west-1.vpc.',
      ],
    },
  ],
  accepted: [
    { of: 'endpoints', input: runbook(here({ createEndpoints: true })) },
    { of: 'an existing VPC', input: runbook(here({}), sample(), EXISTING) },
    { of: 'no network', input: runbook({ regions: { 'eu-west-1': {} } }) },
  ],
});

describeRule('runbook-subnets-unknown', {
  breaches: [
    {
      of: 'subnets where the VPC is created',
      input: runbook(here({ subnets: [...VPC.subnets], createEndpoints: true })),
      lines: [
        'error runbook-subnets-unknown: aws.runbook.regions.eu-west-1.network.subnets: subnets are named for the runbook in eu-west-1, where the VPC is created. Allowed: subnets of an existing VPC. Fix: take them away, or name the VPC in aws.regions.eu-west-1.vpc.',
      ],
    },
  ],
  accepted: [
    { of: 'subnets of an existing VPC', input: runbook(here({ subnets: [...VPC.subnets] }), sample(), EXISTING) },
  ],
});

describeRule('runbook-endpoints-not-ours', {
  breaches: [
    {
      of: 'endpoints in an existing VPC',
      input: runbook(here({ createEndpoints: true }), sample(), EXISTING),
      lines: [
        'error runbook-endpoints-not-ours: aws.runbook.regions.eu-west-1.network.createEndpoints: createEndpoints is true in eu-west-1, whose VPC exists already. Allowed: true where the VPC is created: an existing one has its own, one for each service. Fix: take it away, and name subnets with a way to AWS.',
      ],
    },
  ],
  accepted: [{ of: 'none there', input: runbook(here({ createEndpoints: false }), sample(), EXISTING) }],
});

describeRule('runbook-reaches-one-region', {
  breaches: [
    {
      of: 'a runbook in a VPC that is created, and members elsewhere',
      input: runbook(here({ createEndpoints: true }), abroad),
      lines: [
        'warning runbook-reaches-one-region: aws.runbook.regions.eu-west-1.network: the runbook in eu-west-1 is in a VPC that is created there, and reaches nothing in eu-central-1: no fence of a member there can be proven. Allowed: an existing VPC that is connected to those of the other Regions and has a NAT gateway. Fix: name one in aws.regions.eu-west-1.vpc; or know that a failover from there needs a person who takes that risk.',
      ],
    },
  ],
  accepted: [
    { of: 'members in one Region', input: runbook(here({ createEndpoints: true })) },
    { of: 'an existing VPC', input: runbook(here({}), abroad, EXISTING) },
    {
      of: 'a member elsewhere that is gone',
      input: runbook(
        here({ createEndpoints: true }),
        withMember(abroad, 'cyd', { retired: 'removed', promotion: 'never' }),
      ),
    },
  ],
});

describeRule('endpoint-kinds', {
  breaches: [
    {
      of: 'endpoints that are several things or none, each',
      input: runbook({
        endpoints: [
          { parameter: '/a', record: { zone: 'Z1', name: 'db.a.example' } },
          { secret: 'a' },
          { role: 'reader' },
        ],
      }),
      lines: [
        'error endpoint-kinds: aws.runbook.endpoints.0: endpoint 1 is the parameter /a and the record db.a.example. Allowed: exactly one of parameter, secret and record. Fix: write one endpoint for each.',
        'error endpoint-kinds: aws.runbook.endpoints.2: endpoint 3 is nothing. Allowed: exactly one of parameter, secret and record. Fix: say which one.',
      ],
    },
  ],
  accepted: [
    {
      of: 'one of each',
      input: runbook({
        endpoints: [{ parameter: '/a' }, { secret: 'a' }, { record: { zone: 'Z1', name: 'db.a.example', ttl: '1m' } }],
      }),
    },
  ],
});

describeRule('endpoint-duplicate', {
  breaches: [
    {
      of: 'a name that is that of the writer and of a reader',
      input: runbook({ endpoints: [{ parameter: '/a' }, { parameter: '/a', role: 'reader' }] }),
      lines: [
        'error endpoint-duplicate: aws.runbook.endpoints.1: the parameter /a is there twice. Allowed: each name once: it names the writer or a reader. Fix: take one of the two away.',
      ],
    },
  ],
  accepted: [
    {
      of: 'a parameter and a secret of one name',
      input: runbook({ endpoints: [{ parameter: '/a' }, { secret: '/a' }] }),
    },
  ],
});

describeRule('writer-endpoint-missing', {
  breaches: [
    {
      of: 'readers alone',
      input: runbook({ endpoints: [{ parameter: '/a', role: 'reader' }] }),
      lines: [
        'warning writer-endpoint-missing: aws.runbook.endpoints: no endpoint names the writer, and after a promotion applications write to the old one still. Allowed: at least one endpoint whose role is writer. Fix: add one, or take `endpoints` away: then it is the parameter /understudy/NAME/writer.',
      ],
    },
  ],
  accepted: [
    { of: 'a writer, too', input: runbook({ endpoints: [{ parameter: '/a', role: 'reader' }, { parameter: '/b' }] }) },
    { of: 'no endpoint', input: runbook({}) },
  ],
});

const inUsEast1 = (of: TopologyInput): TopologyInput => withMember(of, 'ada', { region: 'us-east-1' });
const record = { zone: 'Z0123456789ABCDEFGHIJ', name: 'db.orders.example' };
const spare = { ...record, name: 'db2.orders.example' };
const across = inUsEast1(withMember(sample(), 'bab', { key: 'create' }));

describeRule('writer-record-immovable', {
  breaches: [
    {
      of: 'records alone, with the primary where they are changed',
      input: runbook({ endpoints: [{ record }, { record: spare }, { parameter: '/r', role: 'reader' }] }, across),
      lines: [
        'warning writer-record-immovable: aws.runbook.endpoints: the writer is found by db.orders.example and db2.orders.example alone, and Route 53 changes records in us-east-1 alone, where the primary ada is: when that Region is lost, nobody moves them. Allowed: a parameter or a secret of the Region that recovers, beside the record or in its place. Fix: add one of role writer, and let applications there find the database by it.',
      ],
    },
  ],
  accepted: [
    { of: 'a parameter beside the record', input: runbook({ endpoints: [{ record }, { parameter: '/w' }] }, across) },
    { of: 'a primary elsewhere', input: runbook({ endpoints: [{ record }] }, abroad) },
    {
      of: 'nobody elsewhere',
      input: runbook({ endpoints: [{ record }] }, withMember(across, 'bab', { region: 'us-east-1', key: undefined })),
    },
    { of: 'a record for readers', input: runbook({ endpoints: [{ record, role: 'reader' }] }, across) },
    { of: 'no names', input: runbook({}, across) },
  ],
  unknown: [{ of: 'the Region of a member', erase: withoutMemberFields('region') }],
});

describeRule('automatic-region-unknown', {
  breaches: [
    {
      of: 'a Region without members',
      input: runbook({ automatic: 'us-east-1' }, abroad),
      lines: [
        'error automatic-region-unknown: aws.runbook.automatic: automatic is us-east-1, which has no runbook. Allowed: eu-west-1, eu-central-1. Fix: name one of these, or take it away: then a person decides.',
      ],
    },
    {
      of: 'a Region whose runbook is turned off',
      input: runbook({ automatic: 'eu-west-1', regions: { 'eu-west-1': { enabled: false } } }),
      lines: [
        'error automatic-region-unknown: aws.runbook.automatic: automatic is eu-west-1, which has no runbook. Allowed: none: no member can be promoted where a runbook is on. Fix: name one of these, or take it away: then a person decides.',
      ],
    },
  ],
  accepted: [{ of: 'a Region with a runbook', input: runbook(automatic(), told, EXISTING) }],
  unknown: [{ of: 'the Region of a member', erase: withoutMemberFields('region') }],
});

describeRule('automatic-without-data-loss', {
  breaches: [
    {
      of: 'nothing said of how much may be lost',
      input: runbook(automatic(), sample(), EXISTING),
      lines: [
        'error automatic-without-data-loss: aws.runbook.automatic: the runbook in eu-west-1 is to fail over by itself, and objectives.dataLoss is not set. Allowed: automatic only with the most writes that may be lost, as a time. Fix: set objectives.dataLoss, or take automatic away.',
      ],
    },
  ],
  accepted: [
    { of: 'an objective', input: runbook(automatic(), told, EXISTING) },
    { of: 'a person who decides', input: runbook({}) },
  ],
});

describeRule('automatic-without-fence', {
  breaches: [
    {
      of: 'a runbook that is attached to nothing',
      input: runbook({ automatic: 'eu-west-1' }, told),
      lines: [
        'error automatic-without-fence: aws.runbook.automatic: the runbook in eu-west-1 is to fail over by itself, and is attached to no VPC. Allowed: automatic only where the old primary can be asked: a fence is proven there or nowhere. Fix: add aws.runbook.regions.eu-west-1.network, or take automatic away.',
      ],
    },
  ],
  accepted: [
    { of: 'one that is attached', input: runbook(automatic(), told, EXISTING) },
    { of: 'a Region without a runbook, which is reported as such', input: runbook({ automatic: 'us-east-1' }, told) },
  ],
  unknown: [{ of: 'the Region of a member', erase: withoutMemberFields('region') }],
});

describeRule('automatic-without-candidate', {
  breaches: [
    {
      of: 'a Region in which only the primary could be promoted',
      input: runbook(
        automatic(),
        withMember(withObjectives(abroad, { dataLoss: '15m' }), 'bab', { promotion: 'never' }),
        EXISTING,
      ),
      lines: [
        'warning automatic-without-candidate: aws.runbook.automatic: automatic is eu-west-1, where no replica can be promoted now. Allowed: eu-central-1. Fix: name one of these, or add a replica with a priority there.',
      ],
    },
  ],
  accepted: [
    { of: 'somebody there', input: runbook(automatic(), told, EXISTING) },
    {
      of: 'nobody anywhere, which is reported as such',
      input: runbook(automatic(), withMember(told, 'bab', { promotion: 'never' }), EXISTING),
    },
  ],
  unknown: [{ of: 'the Region of a member', erase: withoutMemberFields('region') }],
});
