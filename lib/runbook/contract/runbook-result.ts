import { z } from 'zod';
import { OUTCOMES, PHASES } from './phase';

const seconds = z.number();
const instant = z.iso.datetime();

/** One thing that preflight saw. */
export const findingSchema = z.strictObject({
  id: z.string(),
  severity: z.enum(['block', 'warn']),
  problem: z.string(),
  fix: z.string(),
  /** Whether `override` can accept it. */
  overridable: z.boolean(),
  /** It was accepted in the event. */
  overridden: z.boolean(),
});

/** What a promotion would lose, or has lost. */
export const lossEstimateSchema = z.strictObject({
  seconds: seconds.describe('Acknowledged writes that may be lost, as a time; the best guess.'),
  error: seconds.describe('How much more it may be.'),
  bytes: z.number().optional(),
  source: z.enum(['sql', 'metric', 'frozen']).describe('frozen: captured after the freeze of a planned run.'),
  from: instant.describe('Writes acknowledged before are safe.'),
  to: instant
    .optional()
    .describe('When the old primary certainly stopped to accept writes; absent while that is not proven.'),
});

/** One member as a candidate: its place, or why it has none. */
export const candidateSchema = z.strictObject({
  member: z.string(),
  rank: z.int().positive().optional(),
  reason: z.string(),
  loss: lossEstimateSchema.optional(),
});

/** Whether the old primary can still take writes. */
export const fenceSchema = z.strictObject({
  outcome: z.enum(['proven', 'attempted', 'impossible']),
  reason: z.string(),
  /** Who takes the risk of a fence that is not proven, and why. */
  accepted: z.strictObject({ by: z.string(), reason: z.string() }).optional(),
});

/** What a run is going to do. A person approves it by its hash. */
export const planSchema = z.strictObject({
  mode: z.enum(['switchover', 'failover']),
  primary: z.string(),
  target: z.string(),
  loss: lossEstimateSchema,
  fence: z.string(),
  irreversible: z.string(),
  duration: seconds.describe('Estimate of the time without a primary.'),
  steps: z.array(z.string()),
});

/** What every invocation answers. */
export const runbookResultSchema = z.strictObject({
  runId: z.string(),
  outcome: z.enum(OUTCOMES),
  phase: z.enum(PHASES),
  plan: planSchema.optional(),
  planHash: z.string().optional(),
  findings: z.array(findingSchema),
  candidates: z.array(candidateSchema),
  loss: lossEstimateSchema.optional(),
  fence: fenceSchema.optional(),
  timings: z.array(z.strictObject({ phase: z.enum(PHASES), seconds })),
  /** What to do now: whole sentences and exact commands. */
  next: z.array(z.string()),
  /** Seconds to wait before calling again. */
  resumeAfter: seconds.optional(),
});

export type RunbookFinding = z.infer<typeof findingSchema>;
export type LossEstimate = z.infer<typeof lossEstimateSchema>;
export type Candidate = z.infer<typeof candidateSchema>;
export type FenceOutcome = z.infer<typeof fenceSchema>;
export type Plan = z.infer<typeof planSchema>;
export type RunbookResult = z.infer<typeof runbookResultSchema>;
