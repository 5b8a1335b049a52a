import * as z from 'zod';

/** What the runbook can be asked. */
export const MODES = ['plan', 'switchover', 'failover', 'status', 'abort', 'unfence'] as const;

/**
 * `plan` looks and changes nothing; `switchover` moves the primary on purpose; `failover` replaces one that is lost;
 * `status` tells how a run stands; `abort` stops one before its promotion; `unfence` lets a fenced member take writes again.
 */
export type Mode = (typeof MODES)[number];

const SENTENCE = 'a sentence of 1 to 1000 characters';
const ID = 'an id of 1 to 100 characters';
const sentence = z.string({ error: SENTENCE }).trim().min(1, { error: SENTENCE }).max(1000, { error: SENTENCE });
const id = z.string({ error: ID }).min(1, { error: ID }).max(100, { error: ID });
const SECONDS = 'seconds, 0 or more';

const fields = {
  mode: z.enum(MODES, { error: MODES.join(', ') }),
  target: id
    .optional()
    .describe('Id of the member to promote, by default the best candidate; in mode unfence, of the member to unfence.'),
  reason: sentence.optional().describe('Why, for the journal. Required by every mode that changes something.'),
  expectedPrimary: id.optional().describe('Refuse when another member is the primary.'),
  approve: z
    .string({ error: 'the hash of a plan: 64 hexadecimal digits' })
    .regex(/^[0-9a-f]{64}$/, { error: 'the hash of a plan: 64 hexadecimal digits' })
    .optional()
    .describe('Hash of the plan that a person has read.'),
  acceptDataLoss: z
    .number({ error: SECONDS })
    .nonnegative({ error: SECONDS })
    .optional()
    .describe('Seconds of acknowledged writes that may be lost.'),
  acceptSplitBrainRisk: z
    .strictObject({ by: sentence, reason: sentence }, { error: 'by and reason' })
    .optional()
    .describe('Who takes the risk that the old primary still accepts writes, and why.'),
  override: z
    .array(id, { error: 'a list of ids of findings' })
    .max(50, { error: 'at most 50 ids of findings' })
    .optional()
    .describe('Ids of findings that are known and accepted.'),
  runId: id.optional().describe('The run to continue, to look at, or to abort.'),
};

type Field = keyof typeof fields;

/**
 * The fields that each mode reads, and those it needs. One that is not read is refused: a consent that nobody looks at is none.
 *
 * A switchover loses nothing and freezes a primary that answers: to accept a loss or a split brain there is a sign that
 * failover was meant.
 */
const FIELDS_OF: Readonly<Record<Mode, { readonly reads: readonly Field[]; readonly needs: readonly Field[] }>> = {
  plan: {
    reads: ['target', 'reason', 'expectedPrimary', 'acceptDataLoss', 'acceptSplitBrainRisk', 'override'],
    needs: [],
  },
  switchover: {
    reads: ['target', 'reason', 'expectedPrimary', 'approve', 'override', 'runId'],
    needs: ['reason'],
  },
  failover: {
    reads: [
      ...(['target', 'reason', 'expectedPrimary', 'approve'] as const),
      ...(['acceptDataLoss', 'acceptSplitBrainRisk', 'override', 'runId'] as const),
    ],
    needs: ['reason'],
  },
  status: { reads: ['runId'], needs: [] },
  abort: { reads: ['reason', 'runId'], needs: ['reason', 'runId'] },
  unfence: { reads: ['target', 'reason', 'expectedPrimary', 'acceptSplitBrainRisk'], needs: ['reason', 'target'] },
};

/** What invokes the runbook: the event of the Lambda function, the input of the state machine, the arguments of the command. */
export const runbookEventSchema = z
  .strictObject(fields, { error: 'an object with mode, and what the mode reads' })
  .superRefine((event, context) => {
    const { reads, needs } = FIELDS_OF[event.mode];
    const names = Object.keys(fields) as Field[];
    const refuse = (field: Field, message: string): void =>
      context.addIssue({ code: 'custom', path: [field], message, params: { isWhole: true } });
    for (const field of names) {
      const isThere = event[field] !== undefined;
      if (!isThere && needs.includes(field)) {
        refuse(field, `${field} is missing. Allowed in mode ${event.mode}: only with ${field}. Fix: add ${field}.`);
      }
      if (isThere && field !== 'mode' && !reads.includes(field)) {
        refuse(
          field,
          `${field} is not read in mode ${event.mode}. Allowed: ${reads.join(', ')}. Fix: take it away, or use the mode that reads it.`,
        );
      }
    }
  });

/** One request to the runbook. */
export type RunbookEvent = z.infer<typeof runbookEventSchema>;
