import * as z from 'zod';
import { OUTCOMES } from '../../runbook/contract';
import { duration, name, oneOf, section, text, whole } from '../../topology';
import { MOMENT, MOMENT_WORDS } from './moment';

/** What can be done to the cloud, and which fields say more about it. Those with `?` may be left out. */
export const DEEDS = {
  kill: ['member'],
  start: ['member'],
  freeze: ['member'],
  thaw: ['member'],
  'break-replication': ['member'],
  'mend-replication': ['member'],
  'slow-link': ['member', 'by'],
  'delay-replay': ['member', 'by'],
  'delay-metrics': ['member', 'by'],
  'fill-disk': ['member'],
  'empty-disk': ['member'],
  'add-server': ['member'],
  'fail-fence': [],
  'fail-over': [],
  cut: ['region'],
  heal: ['region'],
  throttle: ['service?', 'action?', 'times?'],
  deny: ['service?', 'action?', 'times?'],
  'lose-answers': ['service?', 'action?', 'times?'],
  'kill-runbook': [],
  declare: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Deed = keyof typeof DEEDS;

const deeds = Object.keys(DEEDS) as [Deed, ...Deed[]];
/** Of AWS; on Google those are meant that do the same there. */
const AWS_SERVICES = ['rds', 'dynamodb', 'cloudwatch', 'ssm', 'secretsmanager', 'sns', 'route53'] as const;
export type AwsService = (typeof AWS_SERVICES)[number];

/** By their own names, for what is only on Google. */
export const GOOGLE_SERVICES = ['sqladmin', 'firestore', 'monitoring', 'dns', 'secretmanager', 'pubsub'] as const;
export type GoogleServiceName = (typeof GOOGLE_SERVICES)[number];

const timing = {
  at: duration('time since the story began').optional().describe('When, in time of the cloud since all was well.'),
  when: z.string({ error: MOMENT_WORDS }).regex(MOMENT, { error: MOMENT_WORDS }).optional().describe(MOMENT_WORDS),
  after: duration('how much later').optional().describe('So much later than at or when.'),
};

const member = text('the id of a member, the primary, the target, every replica or every other replica');

export const actSchema = section('a mapping with do, and at or when', {
  ...timing,
  do: oneOf(deeds).describe('What happens.'),
  member: member.optional().describe('To whom: an id, the primary, the target, every replica or every other replica.'),
  region: text('a Region, or the Region of the primary or of the target')
    .optional()
    .describe('To which Region: its name, of the primary or of the target.'),
  by: duration('how much later')
    .optional()
    .describe('How much later things arrive, are applied, or are told. 0s: as usual again.'),
  service: oneOf([...AWS_SERVICES, ...GOOGLE_SERVICES])
    .optional()
    .describe('Which calls. Default: of any service.'),
  action: text('an action, for example PromoteReadReplica or instances.promoteReplica')
    .optional()
    .describe('Which calls. Default: any action.'),
  times: whole('calls', 1).optional().describe('How many calls in a row. Default: 1.'),
});

const acceptSchema = section('a mapping with dataLoss, splitBrainRisk or findings', {
  dataLoss: duration('acknowledged writes, as a time').optional().describe('Most that may be lost.'),
  splitBrainRisk: section('a mapping with by and reason', {
    by: text('who').describe('Who takes that risk.'),
    reason: text('a sentence').describe('Why.'),
  })
    .optional()
    .describe('Who lets a fence pass that is not proven, and why.'),
  findings: z
    .array(text('the id of a finding'), { error: 'a list of ids of findings' })
    .optional()
    .describe('Findings that are known and accepted.'),
});

const requestSchema = section('a mapping with mode and outcomes', {
  ...timing,
  mode: oneOf(['switchover', 'failover']).describe('What the runbook is asked.'),
  target: text('the id of a member').optional().describe('Whom to promote. Default: the best candidate.'),
  accept: acceptSchema.optional().describe('What a person accepts beforehand. Default: nothing.'),
  resume: whole('the number of an earlier run', 1).optional().describe('Goes on with that run, as another host.'),
  outcomes: z
    .array(oneOf(OUTCOMES), { error: `a list of ${OUTCOMES.join(', ')}` })
    .min(1, { error: `a list of ${OUTCOMES.join(', ')}` })
    .describe('How it may end, every promise kept.'),
});

/** The one schema behind scenario files and the scenarios that are there. */
export const scenarioSchema = section('a mapping with name, about and runs', {
  $schema: z.string().optional().describe('For editors.'),
  name: name('a name').describe('Name of the scenario.'),
  about: text('one sentence').describe('What happens, for a person.'),
  acts: z
    .array(actSchema, { error: 'a list of acts' })
    .optional()
    .describe('What happens to the cloud. Default: nothing.'),
  runs: z
    .array(requestSchema, { error: 'a list of at least one run' })
    .min(1, { error: 'a list of at least one run' })
    .describe('What the runbook is asked: each when the one before is over, unless it says when.'),
  aftermath: duration('time').optional().describe('How long clients go on when all is over. Default: 1m.'),
}).describe('Something that happens to a topology, and what the runbook is asked then.');

/** A scenario as it is written. */
export type ScenarioInput = z.input<typeof scenarioSchema>;
export type ActInput = z.input<typeof actSchema>;
export type RequestInput = z.input<typeof requestSchema>;

/** JSON Schema (draft 2020-12) of a scenario file, for editors. */
export function scenarioJsonSchema(): Record<string, unknown> {
  return { title: 'db-understudy scenario', ...z.toJSONSchema(scenarioSchema, { io: 'input' }) };
}
