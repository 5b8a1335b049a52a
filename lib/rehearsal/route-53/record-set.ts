import { z } from 'zod';

/** A record set as the API has it. */
export const recordSet = z.strictObject({
  Name: z.string(),
  Type: z.enum(['A', 'AAAA', 'CNAME', 'CAA', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT']),
  TTL: z.coerce.number().int().min(0).optional(),
  ResourceRecords: z.array(z.strictObject({ Value: z.string() })).optional(),
  AliasTarget: z
    .strictObject({
      HostedZoneId: z.string(),
      DNSName: z.string(),
      EvaluateTargetHealth: z.enum(['true', 'false']).transform((text) => text === 'true'),
    })
    .optional(),
  SetIdentifier: z.string().optional(),
  Weight: z.coerce.number().int().optional(),
  Region: z.string().optional(),
  Failover: z.enum(['PRIMARY', 'SECONDARY']).optional(),
  MultiValueAnswer: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  HealthCheckId: z.string().optional(),
});

export type RecordSet = z.output<typeof recordSet>;

/** As Route 53 keeps names: in lower case, with a dot at the end. */
export const domainName = (name: string): string => `${name.toLowerCase().replace(/\.$/, '')}.`;

/** What makes a record set another one. */
export const addressOf = ({ Name, Type, SetIdentifier = '' }: RecordSet): string =>
  JSON.stringify([domainName(Name), Type, SetIdentifier]);

/** Names are in order from their ends: all of a domain is in one place. */
const sortName = (name: string): string => domainName(name).split('.').reverse().join('.');

export function compareRecordSets(a: RecordSet, b: RecordSet): number {
  const keys = [a, b].map(({ Name, Type, SetIdentifier = '' }) => [sortName(Name), Type, SetIdentifier]);
  const [one = [], other = []] = keys;
  const at = one.findIndex((part, index) => part !== other[index]);
  return at < 0 ? 0 : (one[at] ?? '') < (other[at] ?? '') ? -1 : 1;
}
