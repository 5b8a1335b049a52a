import * as z from 'zod';
import { ENGINE_NAMES } from '../../topology';
import { PHASES, runbookEventSchema, runbookResultSchema } from '../../runbook/contract';

const at = z.number().describe('Seconds since the rehearsal began, by the clock of the cloud that is played.');
const seconds = z.number().nonnegative();
const count = z.int().nonnegative();
const member = z.string().describe('Id of a member of the topology; of an instance that is none, its name.');

const topologySchema = z.strictObject({
  name: z.string(),
  engine: z.enum(ENGINE_NAMES),
  version: z.string().optional(),
  primary: member.describe('Who was primary when it began.'),
  objectives: z.strictObject({
    lag: seconds,
    dataLoss: seconds.optional(),
    recovery: z.strictObject({ member: seconds.optional(), region: seconds.optional() }),
  }),
  members: z.array(
    z.strictObject({
      id: member,
      region: z.string().optional(),
      replicaOf: member.optional(),
      promotion: z.union([z.int(), z.literal('never')]),
    }),
  ),
});

const promiseSchema = z.strictObject({
  id: z.string(),
  isKept: z.boolean(),
  seen: z.string().describe('What was seen, for a person.'),
});

const bandSchema = z
  .strictObject({
    from: at,
    to: at,
    state: z
      .enum(['written', 'lost', 'none'])
      .describe('lost: acknowledged, and not there in the end; none: no write.'),
    member: member.optional().describe('Who acknowledged them.'),
    acknowledged: count,
    lost: count,
    refused: count,
    unknown: count,
  })
  .describe('A time in which one client fared alike.');

const clientSchema = z.strictObject({
  name: z.string(),
  acknowledged: count,
  lost: count.describe('Of those acknowledged.'),
  refused: count,
  unknown: count.describe('The connection ended before an answer.'),
  longest: seconds.describe('Longest time without a write that was acknowledged to this client.'),
  band: z.array(bandSchema),
});

const writesSchema = z.strictObject({
  acknowledged: count,
  lost: count,
  refused: count,
  unknown: count,
  outage: z
    .strictObject({ from: at, to: at })
    .optional()
    .describe('Longest time in which nobody was acknowledged a write that is still there.'),
  resolution: seconds.describe('Shorter interruptions are not in the bands.'),
  clients: z.array(clientSchema),
});

const readSchema = z.strictObject({ client: z.string(), member, asked: at, newest: z.string().optional() });
const lostSchema = z.strictObject({ id: z.string(), client: z.string(), member, sent: at, ended: at });

const runSchema = z.strictObject({
  began: at,
  ended: at,
  holder: z.string().describe('Who ran it.'),
  event: runbookEventSchema,
  result: runbookResultSchema.optional().describe('Absent: the runner was killed before it answered.'),
  phases: z.array(z.strictObject({ phase: z.enum(PHASES), from: at, to: at })),
  journal: z
    .array(z.looseObject({ type: z.string(), number: z.int(), at: z.number() }))
    .describe('What the run wrote down; its times are seconds since 1970.'),
});

const callsSchema = z.strictObject({
  counts: z.array(z.strictObject({ service: z.string(), action: z.string(), count, failed: count })),
  mutations: z.array(
    z.strictObject({
      at,
      service: z.string(),
      region: z.string(),
      action: z.string(),
      resource: z.string().optional(),
      effect: z.boolean().describe('It was carried out, even if nobody was told.'),
      outcome: z.string().describe('What the caller saw.'),
    }),
  ),
});

const rehearsalSchema = z.strictObject({
  scenario: z.string(),
  about: z.string(),
  isKept: z.boolean().describe('Every promise was kept.'),
  engine: z.enum(['postgres', 'mariadb']),
  seed: z.number().describe('The same seed plays the same story again.'),
  scale: z.number().positive().describe("Seconds of the cloud in one of the machine's."),
  replay: z.string().optional().describe('The command that plays it again.'),
  began: z.iso.datetime().describe("By the cloud's clock."),
  seconds: seconds.describe("How long it was, by the cloud's clock."),
  took: seconds.describe("Seconds of the machine's clock."),
  topology: topologySchema,
  promises: z.array(promiseSchema),
  outage: seconds.describe('Seconds without writes, as all clients together saw it.'),
  outageByPhase: z.array(z.strictObject({ phase: z.string(), seconds })),
  acts: z.array(z.strictObject({ at, text: z.string(), member: member.optional() })),
  runs: z.array(runSchema),
  reigns: z.array(z.strictObject({ member, from: at, to: at.optional(), tookWrites: z.boolean() })),
  writes: writesSchema,
  reads: z.strictObject({ answered: count, unanswered: count, stale: z.array(readSchema) }),
  lag: z.array(
    z.strictObject({ member, points: z.array(z.tuple([at, z.number().describe('Seconds behind; -1: broken.')])) }),
  ),
  lost: z.array(lostSchema).describe('Every write that was acknowledged and is not there.'),
  calls: callsSchema,
});

/** The record that `report.json` is. */
export const reportSchema = z
  .strictObject({
    version: z.literal(1).describe('Of this format.'),
    madeBy: z.string().describe('Package and version.'),
    isKept: z.boolean().describe('Every promise of every rehearsal was kept.'),
    rehearsals: z.array(rehearsalSchema),
  })
  .meta({ title: 'Report of rehearsals' });

export type Report = z.infer<typeof reportSchema>;
export type ReportedRehearsal = Report['rehearsals'][number];
export type ReportedRun = ReportedRehearsal['runs'][number];
export type ReportedClient = ReportedRehearsal['writes']['clients'][number];
export type Band = ReportedClient['band'][number];
