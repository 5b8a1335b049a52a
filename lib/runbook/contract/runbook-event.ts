import { z } from 'zod';

/** What the runbook can be asked. */
export const MODES = ['plan', 'switchover', 'failover', 'status', 'abort', 'unfence'] as const;

/** `plan` looks and changes nothing; `switchover` moves the primary on purpose; `failover` replaces one that is lost. */
export type Mode = (typeof MODES)[number];

/** Modes that change something: each must say why. */
const CHANGING: readonly Mode[] = ['switchover', 'failover', 'abort', 'unfence'];

const id = z.string().min(1).max(100);
const sentence = z.string().trim().min(1).max(1000);

/** What invokes the runbook: the event of the Lambda function, the input of the state machine, the arguments of the command. */
export const runbookEventSchema = z
  .strictObject({
    mode: z.enum(MODES),
    target: id.optional().describe('Id of the member to promote. Default: the best candidate.'),
    reason: sentence.optional().describe('Why, for the journal. Required by every mode that changes something.'),
    expectedPrimary: id.optional().describe('Refuse when another member is the primary.'),
    approve: z
      .string()
      .regex(/^[0-9a-f]{64}$/, { error: 'the hash of a plan: 64 hexadecimal digits' })
      .optional()
      .describe('Hash of the plan that a person has read.'),
    acceptDataLoss: z.number().nonnegative().optional().describe('Seconds of acknowledged writes that may be lost.'),
    acceptSplitBrainRisk: z
      .strictObject({ by: sentence, reason: sentence })
      .optional()
      .describe('Who takes the risk that the old primary still accepts writes, and why.'),
    override: z.array(id).max(50).optional().describe('Ids of findings that are known and accepted.'),
    runId: id.optional().describe('The run to continue, to look at, or to abort.'),
  })
  .superRefine(({ mode, reason, acceptDataLoss, runId }, context) => {
    const refuse = (field: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [field], message });
    };
    if (CHANGING.includes(mode) && reason === undefined) refuse('reason', `mode ${mode} needs a reason`);
    if (mode === 'abort' && runId === undefined) refuse('runId', 'mode abort needs the runId of the run to abort');
    // A switchover loses nothing: to accept a loss there is a sign that failover was meant.
    if (mode === 'switchover' && acceptDataLoss !== undefined) {
      refuse('acceptDataLoss', 'mode switchover loses nothing; a loss is accepted for a failover');
    }
  });

/** One request to the runbook. */
export type RunbookEvent = z.infer<typeof runbookEventSchema>;
