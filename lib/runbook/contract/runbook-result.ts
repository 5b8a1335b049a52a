import * as z from 'zod';
import { OUTCOMES, PHASES } from './phase';

const seconds = z.number().nonnegative({ error: 'seconds, 0 or more' });
const instant = z.iso.datetime({ error: 'a time in UTC, as 2026-11-23T03:00:00.000Z' });
const acceptance = z.strictObject({ by: z.string(), reason: z.string() });

/** By which field of the event a finding can be accepted. `none`: not at all. */
export const ACCEPTANCES = ['none', 'override', 'acceptDataLoss', 'acceptSplitBrainRisk'] as const;

/** One thing that preflight saw. */
export const findingSchema = z.strictObject({
  id: z.string(),
  severity: z.enum(['block', 'warn']).describe('block stops the run unless it is accepted.'),
  problem: z.string(),
  fix: z.string(),
  acceptance: z.enum(ACCEPTANCES).describe('By which field of the event it can be accepted.'),
  accepted: z.boolean().describe('It was accepted in the event.'),
});

/** What a promotion would lose, or has lost. */
export const lossEstimateSchema = z.strictObject({
  seconds: seconds.describe('Acknowledged writes that are known to be missing, as a time; the best guess.'),
  error: seconds.describe('How much more it may be.'),
  bytes: z.number().nonnegative().optional(),
  source: z.enum(['sql', 'metric']),
  from: instant.describe('Writes acknowledged before are safe.'),
  to: instant
    .optional()
    .describe('When the old primary certainly stopped to accept writes; absent while that is not proven.'),
});

/** One member as a candidate: its place, or why it has none. */
export const candidateSchema = z.strictObject({
  member: z.string(),
  rank: z.int().positive().optional().describe('1 is first; absent: it cannot be promoted.'),
  reason: z.string(),
  loss: lossEstimateSchema.optional(),
});

/** Whether the old primary can still take writes. `attempted` is not done: nothing proves it. */
export const fenceSchema = z.strictObject({
  outcome: z.enum(['proven', 'attempted', 'impossible']),
  reason: z.string(),
  accepted: acceptance.optional().describe('Who takes the risk of a fence that is not proven, and why.'),
});

/** What a run is going to do. A person approves it by its hash. */
export const planSchema = z.strictObject({
  mode: z.enum(['switchover', 'failover']),
  topology: z.string(),
  primary: z.string(),
  target: z.string(),
  loss: z.union([lossEstimateSchema, z.enum(['nothing', 'unknown'])]),
  lossBound: seconds.describe('Most that may be lost under this plan; with more, the run is refused.'),
  fence: z.string(),
  irreversible: z.string(),
  accepted: z.array(z.string()).describe('Ids of the findings that the plan goes on in spite of.'),
  splitBrainRisk: acceptance.optional().describe('Who lets a fence pass that is not proven, and why.'),
  lastPromotion: instant.optional().describe('The promotion before this one: an approval does not outlive the next.'),
  duration: seconds.describe('Estimate of the time without a primary.'),
  steps: z.array(z.string()),
});

/** What every invocation answers. */
export const runbookResultSchema = z
  .strictObject({
    runId: z.string().min(1),
    outcome: z.enum(OUTCOMES),
    phase: z.enum(PHASES),
    plan: planSchema.optional(),
    planHash: z.string().optional(),
    findings: z.array(findingSchema),
    candidates: z.array(candidateSchema),
    loss: lossEstimateSchema.optional(),
    fence: fenceSchema.optional(),
    timings: z.array(z.strictObject({ phase: z.enum(PHASES), seconds })),
    next: z.array(z.string()).describe('What to do now: whole sentences and exact commands.'),
    waitingFor: z
      .string()
      .optional()
      .describe('Of a run that somebody works on: what it waited for a moment ago, and how far that is.'),
    resumeAfter: seconds.optional().describe('Seconds to wait before calling again.'),
  })
  .refine(({ plan, planHash }) => (plan === undefined) === (planHash === undefined), {
    path: ['planHash'],
    error:
      'plan and planHash come together. Allowed: both or none. Fix: a plan without its hash cannot be approved; add the other.',
    params: { isWhole: true },
  });

export type Acceptance = (typeof ACCEPTANCES)[number];
export type SplitBrainRisk = z.infer<typeof acceptance>;
export type RunbookFinding = z.infer<typeof findingSchema>;
export type LossEstimate = z.infer<typeof lossEstimateSchema>;
export type Candidate = z.infer<typeof candidateSchema>;
export type FenceOutcome = z.infer<typeof fenceSchema>;
export type Plan = z.infer<typeof planSchema>;
export type RunbookResult = z.infer<typeof runbookResultSchema>;
