import type { TopologyKind } from '../kinds';
import {
  runbookRegions,
  type EndpointRequest,
  type RunbookNetworkRequest,
  type RunbookRequest,
} from '../runbook-request';
import type { TopologyView } from '../topology-view';
import { listOf } from './list-of';
import type { Rule } from './rule';
import { runbookRule } from './runbook-rule';

/** Where the runbook itself has to silence who is primary; clusters leave that to Aurora. */
const INSTANCES: readonly TopologyKind[] = ['instances'];

/** Regions with a runbook; undefined while the Region of somebody who can be promoted is unknown. */
function regionsWith({ topology }: TopologyView): readonly string[] | undefined {
  const isKnown = topology.members.every(({ promotion, region }) => promotion === 'never' || region !== undefined);
  return isKnown ? runbookRegions(topology) : undefined;
}

function listed(regions: readonly string[] | undefined): string {
  return regions?.join(', ') || 'none: no member can be promoted where a runbook is on';
}

/** Regions that are spoken of, and in which no runbook can be. */
function strangers({ regions }: RunbookRequest, view: TopologyView): readonly string[] {
  const able = view.topology.members.filter(({ promotion }) => promotion !== 'never').map(({ region }) => region);
  return able.includes(undefined) ? [] : Object.keys(regions).filter((region) => !able.includes(region));
}

/** The ways to the databases that are asked for, in Regions whose VPC is created or existed already. */
function networksIn(
  { regions }: RunbookRequest,
  { topology }: TopologyView,
  vpc: 'created' | 'existing',
): readonly (readonly [region: string, network: RunbookNetworkRequest])[] {
  return Object.entries(regions).flatMap(([region, { network }]) => {
    const isCreated = topology.aws.regions[region]?.vpc === undefined;
    return network === undefined || isCreated !== (vpc === 'created') ? [] : [[region, network] as const];
  });
}

/** Where alone the records of Route 53 can be changed (its API reference, endpoints: the control plane is in one Region). */
const RECORDS_ARE_CHANGED_IN = 'us-east-1';

/** The records by which the writer is found, where there is no other name; undefined: there is one. */
function recordsAlone({ endpoints }: RunbookRequest): readonly string[] | undefined {
  const writers = endpoints.filter(({ role }) => role === 'writer');
  const records = writers.flatMap(({ record }) => record?.name ?? []);
  return records.length > 0 && records.length === writers.length ? records : undefined;
}

function namesIn({ parameter, secret, record }: EndpointRequest): readonly string[] {
  return [
    ...(parameter === undefined ? [] : [`the parameter ${parameter}`]),
    ...(secret === undefined ? [] : [`the secret ${secret}`]),
    ...(record === undefined ? [] : [`the record ${record.name}`]),
  ];
}

/** Places in the list, and what is named there. */
function named({
  endpoints,
}: RunbookRequest): readonly { readonly index: number; readonly names: readonly string[] }[] {
  return endpoints.map((endpoint, index) => ({ index, names: namesIn(endpoint) }));
}

/** Regions of members that still exist, other than this one. */
function elsewhere({ topology }: TopologyView, region: string): readonly string[] {
  const regions = topology.members.filter(({ retired }) => retired !== 'removed').map((member) => member.region);
  return [...new Set(regions)].filter((other) => other !== undefined).filter((other) => other !== region);
}

const ENDPOINT_RULES: readonly Rule[] = [
  runbookRule({
    code: 'endpoint-kinds',
    severity: 'error',
    about: 'a name that a promotion moves is one of parameter, secret and record',
    broken: (runbook) => named(runbook).filter(({ names }) => names.length !== 1),
    message: ({ index, names }) => ({
      at: ['endpoints', String(index)],
      problem: `endpoint ${index + 1} is ${names.join(' and ') || 'nothing'}`,
      allowed: 'exactly one of parameter, secret and record',
      fix: names.length === 0 ? 'say which one' : 'write one endpoint for each',
    }),
  }),
  runbookRule({
    code: 'endpoint-duplicate',
    severity: 'error',
    about: 'no name is moved twice',
    broken: (runbook) => {
      const all = named(runbook).flatMap(({ index, names }) => names.map((name) => ({ index, name })));
      return all.filter(({ name }, place) => all.findIndex((each) => each.name === name) < place);
    },
    message: ({ index, name }) => ({
      at: ['endpoints', String(index)],
      problem: `${name} is there twice`,
      allowed: 'each name once: it names the writer or a reader',
      fix: 'take one of the two away',
    }),
  }),
  runbookRule({
    code: 'writer-endpoint-missing',
    severity: 'warning',
    about: 'one of the names that a promotion moves is that of the writer',
    broken: ({ endpoints }) => (endpoints.length > 0 && endpoints.every(({ role }) => role === 'reader') ? [true] : []),
    message: () => ({
      at: ['endpoints'],
      problem: 'no endpoint names the writer, and after a promotion applications write to the old one still',
      allowed: 'at least one endpoint whose role is writer',
      fix: 'add one, or take `endpoints` away: then it is the parameter /understudy/NAME/writer',
    }),
  }),
  runbookRule({
    code: 'writer-record-immovable',
    severity: 'warning',
    about: 'the writer is found by a name that can be moved while the Region of the primary is lost',
    broken: (runbook, view) => {
      const records = recordsAlone(runbook);
      const isLost = view.get(view.topology.primary)?.region === RECORDS_ARE_CHANGED_IN;
      const isRecovered = view.promotable.some(
        ({ region = RECORDS_ARE_CHANGED_IN }) => region !== RECORDS_ARE_CHANGED_IN,
      );
      return records !== undefined && isLost && isRecovered ? [records] : [];
    },
    message: (records, { topology }) => ({
      at: ['endpoints'],
      problem: `the writer is found by ${listOf(records)} alone, and Route 53 changes records in ${RECORDS_ARE_CHANGED_IN} alone, where the primary ${topology.primary} is: when that Region is lost, nobody moves them`,
      allowed: 'a parameter or a secret of the Region that recovers, beside the record or in its place',
      fix: 'add one of role writer, and let applications there find the database by it',
    }),
  }),
];

const NETWORK_RULES: readonly Rule[] = [
  runbookRule({
    code: 'runbook-region-unknown',
    severity: 'error',
    about: 'a runbook is in a Region where a member can be promoted',
    broken: strangers,
    message: (region, view) => ({
      at: ['regions', region],
      problem: `the runbook in ${region} has settings, and no member there can be promoted`,
      allowed: listed(regionsWith(view)),
      fix: 'take them away, or give a member there a priority',
    }),
  }),
  runbookRule({
    code: 'runbook-without-way',
    severity: 'error',
    about: 'a runbook in a VPC that is created here reaches AWS by endpoints',
    broken: (runbook, view) =>
      networksIn(runbook, view, 'created').filter(([, { createEndpoints }]) => !createEndpoints),
    message: ([region]) => ({
      at: ['regions', region, 'network'],
      problem: `the runbook in ${region} is attached to the VPC that is created there, which has no way out`,
      allowed: 'endpoints in it, which cost by the hour, or an existing VPC',
      fix: `set \`createEndpoints: true\`, or name an existing VPC in aws.regions.${region}.vpc`,
    }),
  }),
  runbookRule({
    code: 'runbook-subnets-unknown',
    severity: 'error',
    about: 'only of a VPC that exists already can subnets be named',
    broken: (runbook, view) => networksIn(runbook, view, 'created').filter(([, { subnets }]) => subnets !== undefined),
    message: ([region]) => ({
      at: ['regions', region, 'network', 'subnets'],
      problem: `subnets are named for the runbook in ${region}, where the VPC is created`,
      allowed: 'subnets of an existing VPC',
      fix: `take them away, or name the VPC in aws.regions.${region}.vpc`,
    }),
  }),
  runbookRule({
    code: 'runbook-endpoints-not-ours',
    severity: 'error',
    about: 'VPC endpoints are made in a VPC that is created here alone',
    broken: (runbook, view) =>
      networksIn(runbook, view, 'existing').filter(([, { createEndpoints }]) => createEndpoints),
    message: ([region]) => ({
      at: ['regions', region, 'network', 'createEndpoints'],
      problem: `createEndpoints is true in ${region}, whose VPC exists already`,
      allowed: 'true where the VPC is created: an existing one has its own, one for each service',
      fix: 'take it away, and name subnets with a way to AWS',
    }),
  }),
  runbookRule({
    code: 'runbook-reaches-one-region',
    severity: 'warning',
    kinds: INSTANCES,
    about: 'a runbook reaches the members of other Regions, too, to prove that an old primary is silent',
    broken: (runbook, view) =>
      networksIn(runbook, view, 'created').filter(
        ([region, { createEndpoints }]) => createEndpoints && elsewhere(view, region).length > 0,
      ),
    message: ([region], view) => ({
      at: ['regions', region, 'network'],
      problem: `the runbook in ${region} is in a VPC that is created there, and reaches nothing in ${elsewhere(view, region).join(', ')}: no fence of a member there can be proven`,
      allowed: 'an existing VPC that is connected to those of the other Regions and has a NAT gateway',
      fix: `name one in aws.regions.${region}.vpc; or know that a failover from there needs a person who takes that risk`,
    }),
  }),
];

const AUTOMATIC_RULES: readonly Rule[] = [
  runbookRule({
    code: 'automatic-region-unknown',
    severity: 'error',
    kinds: INSTANCES,
    about: 'what fails over by itself is the runbook of a Region that has one',
    broken: ({ automatic }, view) =>
      automatic !== undefined && regionsWith(view)?.includes(automatic) === false ? [automatic] : [],
    message: (automatic, view) => ({
      at: ['automatic'],
      problem: `automatic is ${automatic}, which has no runbook`,
      allowed: listed(regionsWith(view)),
      fix: 'name one of these, or take it away: then a person decides',
    }),
  }),
  runbookRule({
    code: 'automatic-without-data-loss',
    severity: 'error',
    kinds: INSTANCES,
    about: 'what fails over by itself is told how much may be lost',
    broken: ({ automatic }, { topology }) =>
      automatic !== undefined && topology.objectives.dataLoss === undefined ? [automatic] : [],
    message: (automatic) => ({
      at: ['automatic'],
      problem: `the runbook in ${automatic} is to fail over by itself, and objectives.dataLoss is not set`,
      allowed: 'automatic only with the most writes that may be lost, as a time',
      fix: 'set objectives.dataLoss, or take automatic away',
    }),
  }),
  runbookRule({
    code: 'automatic-without-fence',
    severity: 'error',
    kinds: INSTANCES,
    about: 'what fails over by itself can prove that the old primary is silent',
    broken: ({ automatic, regions }, view) =>
      automatic !== undefined &&
      regionsWith(view)?.includes(automatic) === true &&
      regions[automatic]?.network === undefined
        ? [automatic]
        : [],
    message: (automatic) => ({
      at: ['automatic'],
      problem: `the runbook in ${automatic} is to fail over by itself, and is attached to no VPC`,
      allowed: 'automatic only where the old primary can be asked: a fence is proven there or nowhere',
      fix: `add aws.runbook.regions.${automatic}.network, or take automatic away`,
    }),
  }),
  runbookRule({
    code: 'automatic-without-candidate',
    severity: 'warning',
    kinds: INSTANCES,
    about: 'what fails over by itself has a replica that it can promote',
    broken: ({ automatic }, view) => {
      const isThere = view.promotable.some(({ region }) => region === automatic || region === undefined);
      const isKnown = automatic !== undefined && regionsWith(view)?.includes(automatic) === true;
      return isKnown && view.hasPrimary && view.promotable.length > 0 && !isThere ? [automatic] : [];
    },
    message: (automatic, view) => ({
      at: ['automatic'],
      problem: `automatic is ${automatic}, where no replica can be promoted now`,
      allowed: [...new Set(view.promotable.map(({ region = '' }) => region))].join(', '),
      fix: 'name one of these, or add a replica with a priority there',
    }),
  }),
];

/** The runbook that a topology asks for. */
export const RUNBOOK_RULES: readonly Rule[] = [...NETWORK_RULES, ...ENDPOINT_RULES, ...AUTOMATIC_RULES];
