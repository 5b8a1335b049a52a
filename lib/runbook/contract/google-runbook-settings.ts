import * as z from 'zod';

const endpoint = { role: z.enum(['writer', 'reader']) };

/** A name that the runbook moves on Google Cloud, or that moves by itself, and where it is kept. */
export const googleEndpointSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...endpoint,
    kind: z.literal('record'),
    zone: z.string().describe('Name of the managed zone of Cloud DNS.'),
    name: z.string().describe('Name of the record, an A record or a CNAME.'),
    ttl: z.int().positive().describe('Seconds.'),
  }),
  z.strictObject({
    ...endpoint,
    kind: z.literal('secret'),
    id: z.string().describe('Id of the secret in the project; its value is JSON with host and port.'),
  }),
  z.strictObject({
    role: z.literal('writer'),
    kind: z.literal('write-endpoint').describe("Cloud SQL's own, of a designated pair: it is watched, not written."),
  }),
]);

/**
 * What the infrastructure tells a runbook on Google Cloud: written by the component, read by the handler and by the command.
 *
 * It is the value of {@link SETTINGS_VARIABLE} and of a document beside the lease.
 */
export const googleRunbookSettingsSchema = z.strictObject({
  version: z.literal(1),
  cloud: z.literal('gcp'),
  /** JSON of the topology, compressed with gzip, in base64: a large one does not fit into an environment otherwise. */
  topology: z.string(),
  project: z.string(),
  region: z.string().describe('The region that is recovered in.'),
  database: z.string().describe('Id of the Firestore database with lease, journal and history.'),
  topic: z.string().optional().describe('Name of the Pub/Sub topic that is told.'),
  endpoints: z.array(googleEndpointSchema),
  secret: z.string().optional().describe('Id of the secret with the user that asks the databases.'),
  isConnected: z.boolean().describe('The function is attached to the VPC, and can ask the databases.'),
  functionName: z.string().optional(),
});

/** Path of the document with the settings, in that database. */
export const settingsDocument = (topology: string): string => `understudy/${topology}/settings/current`;

export type GoogleEndpointSetting = z.infer<typeof googleEndpointSchema>;
export type GoogleRunbookSettings = z.infer<typeof googleRunbookSettingsSchema>;
