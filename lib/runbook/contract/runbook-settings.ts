import * as z from 'zod';

const endpoint = { role: z.enum(['writer', 'reader']) };

/** A name that the runbook moves, and where it is kept. All are in the Region that is recovered in. */
export const endpointSettingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...endpoint, kind: z.literal('parameter'), name: z.string().describe('Of the SSM parameter.') }),
  z.strictObject({
    ...endpoint,
    kind: z.literal('secret'),
    id: z.string().describe('Name or ARN of the secret; its value is JSON with host and port.'),
  }),
  z.strictObject({
    ...endpoint,
    kind: z.literal('record'),
    zone: z.string().describe('Id of the Route 53 hosted zone.'),
    name: z.string().describe('Name of the CNAME record.'),
    ttl: z.int().positive().describe('Seconds.'),
  }),
]);

/**
 * What the infrastructure tells the runbook: written by the constructs, read by the handler and by the command.
 *
 * It is the value of {@link SETTINGS_VARIABLE} and of the SSM parameter {@link settingsParameter}.
 */
export const runbookSettingsSchema = z.strictObject({
  version: z.literal(1),
  /** JSON of the topology, compressed with gzip, in base64: a large one does not fit into an environment otherwise. */
  topology: z.string(),
  region: z.string().describe('The Region that is recovered in.'),
  table: z.string().describe('Name of the DynamoDB table with lease, journal and history.'),
  topic: z.string().optional().describe('ARN of the SNS topic that is told.'),
  endpoints: z.array(endpointSettingSchema),
  secret: z.string().optional().describe("Name or ARN of the master user's secret in that Region."),
  isConnected: z.boolean().describe('The function is attached to the VPC, and can ask the databases.'),
  functionName: z.string().optional(),
});

/** Name of the SSM parameter by which applications find who takes writes, or whom to read from, where no other name is declared. */
export const usualParameter = (topology: string, role: EndpointSetting['role']): string =>
  `/understudy/${topology}/${role}`;

/** Seconds for which clients may keep what a record says, where nobody declares another time. */
export const USUAL_TTL = 5;

/** Name of the environment variable with the settings. */
export const SETTINGS_VARIABLE = 'UNDERSTUDY_RUNBOOK';

/** Name of the SSM parameter with the settings, in the Region that is recovered in: a command finds them without the function. */
export const settingsParameter = (topology: string): string => `/understudy/${topology}/runbook`;

/** Name of the tag on every member with the id of its Region's quarantine security group. */
export const QUARANTINE_TAG = 'understudy:quarantine';

export type EndpointSetting = z.infer<typeof endpointSettingSchema>;
export type RunbookSettings = z.infer<typeof runbookSettingsSchema>;
