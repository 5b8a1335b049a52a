import { z } from 'zod';
import { parseDuration } from './duration';
import type { RunbookRequest } from './runbook-request';
import { duration, oneOf, section, text, yesOrNo } from './schema-leaves';

function matching(allowed: string, pattern: RegExp) {
  return z.string({ error: allowed }).regex(pattern, { error: allowed });
}

const recordSchema = section('a mapping with zone, name and ttl', {
  zone: matching('the id of a hosted zone, for example Z0123456789ABCDEFGHIJ', /^Z[A-Z0-9]{1,31}$/).describe(
    'Id of the hosted zone, public or private.',
  ),
  name: matching(
    'a full DNS name, for example db.orders.example',
    /^(?=.{1,255}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/,
  ).describe('Full name of the CNAME, in lower case.'),
  ttl: duration('a time above 0s')
    .refine((written) => parseDuration(written) > 0, { error: 'a time above 0s: 5s, 1m' })
    .optional()
    .describe('How long clients keep the old address. Default: 5s.'),
});

const endpointSchema = section('a mapping with parameter, secret or record, and role', {
  parameter: matching(
    'the name of an SSM parameter, for example /orders/writer',
    /^(?!\/(aws|ssm)\b)(?=.{1,900}$)(\/[a-zA-Z0-9_.-]+)+$/,
  )
    .optional()
    .describe('An SSM parameter with the host name, in each Region with a runbook. It is made when it is not there.'),
  secret: matching(
    'the name of a secret, the same in every Region, for example orders/app',
    /^(?!arn:)[a-zA-Z0-9/_+=.@-]{1,512}$/,
  )
    .optional()
    .describe(
      'A secret of yours with `host` and `port` in its JSON. It is there already, in each Region with a runbook.',
    ),
  record: recordSchema.optional().describe('A CNAME in Route 53. It is made when it is not there.'),
  role: oneOf(['writer', 'reader']).optional().describe('Whom it names. Default: writer.'),
});

const networkSchema = section('a mapping with subnets or createEndpoints', {
  subnets: z
    .array(matching('a subnet id, for example subnet-0123456789abcdef0', /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/), {
      error: 'a list of subnet ids',
    })
    .min(1, { error: 'one or more subnet ids' })
    .optional()
    .describe('Subnets of the existing VPC, with a way to AWS and to the databases. Default: those for databases.'),
  createEndpoints: yesOrNo()
    .optional()
    .describe('In a VPC that is created: make the VPC endpoints that the runbook needs. They cost by the hour.'),
});

/** The runbook, as it is asked for. */
export const runbookSchema = section('a mapping with endpoints, notify, automatic or regions', {
  endpoints: z
    .array(endpointSchema, { error: 'a list of names by which applications find the database' })
    .min(1, { error: 'at least one name, or nothing: then it is the parameter /understudy/NAME/writer' })
    .optional()
    .describe('The names that a promotion moves. Default: the SSM parameter /understudy/NAME/writer.'),
  notify: z
    .array(matching('an e-mail address', /^[^@\s]+@[^@\s]+$/), { error: 'a list of e-mail addresses' })
    .optional()
    .describe('E-mail addresses that are told of runs. Default: whoever is told of alarms.'),
  automatic: text('a Region with a runbook')
    .optional()
    .describe('The one Region whose runbook fails over without a person. Default: none, a person decides.'),
  regions: z
    .record(
      z.string(),
      section('a mapping with enabled or network', {
        enabled: yesOrNo().optional().describe('Default: true, where a member can be promoted.'),
        network: networkSchema
          .optional()
          .describe('Attach it to the VPC of the Region: without, it cannot prove that an old primary is silent.'),
      }),
      { error: 'a mapping of Regions' },
    )
    .optional()
    .describe('What differs in a Region.'),
}).describe('The runbook that promotes a member, in each Region where one can be promoted. Default: none.');

type Written = z.input<typeof runbookSchema>;

/** The runbook that was meant. */
export function runbookRequest(written: Written): RunbookRequest {
  return {
    endpoints: (written.endpoints ?? []).map(({ role = 'writer', record, ...name }) => ({
      role,
      ...name,
      ...(record && { record: { ...record, ttl: record.ttl === undefined ? undefined : parseDuration(record.ttl) } }),
    })),
    notify: written.notify ?? [],
    automatic: written.automatic,
    regions: Object.fromEntries(
      Object.entries(written.regions ?? {}).map(([region, { enabled = true, network }]) => [
        region,
        { enabled, network: network && { ...network, createEndpoints: network.createEndpoints ?? false } },
      ]),
    ),
  };
}
