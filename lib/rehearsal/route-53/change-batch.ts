import { z } from 'zod';
import { ApiRefusal } from '../api-refusal';
import { addressOf, domainName, recordSet, type RecordSet } from './record-set';
import type { Zone } from './zones';

export const changeBatch = z.strictObject({
  Comment: z.string().optional(),
  Changes: z
    .array(z.strictObject({ Action: z.enum(['CREATE', 'DELETE', 'UPSERT']), ResourceRecordSet: recordSet }))
    .min(1)
    .max(1000),
});

type Change = z.output<typeof changeBatch>['Changes'][number];

/**
 * The records of a zone after all changes of a batch.
 *
 * @throws ApiRefusal InvalidChangeBatch with all that is wrong, if anything is: then none of it happens
 */
export function recordsAfter(zone: Zone, changes: readonly Change[]): readonly RecordSet[] {
  const records = new Map(zone.records.map((each) => [addressOf(each), each]));
  const problems = changes.flatMap((change) => {
    const problem = problemWith(change, zone, records);
    if (problem !== undefined) return [problem];
    const { Action, ResourceRecordSet: given } = change;
    if (Action === 'DELETE') records.delete(addressOf(given));
    else records.set(addressOf(given), { ...given, Name: domainName(given.Name) });
    return [];
  });
  problems.push(...conflicts(zone, [...records.values()]));
  if (problems.length > 0) throw new ApiRefusal('InvalidChangeBatch', `[${problems.join(', ')}]`);
  return [...records.values()];
}

function problemWith(
  { Action, ResourceRecordSet: given }: Change,
  zone: Zone,
  records: ReadonlyMap<string, RecordSet>,
): string | undefined {
  const name = domainName(given.Name);
  const identified = given.SetIdentifier === undefined ? '' : `, set-identifier='${given.SetIdentifier}'`;
  const said = `resource record set [name='${name}', type='${given.Type}'${identified}]`;
  if (name !== zone.name && !name.endsWith(`.${zone.name}`)) {
    return `RRSet with DNS name ${name} is not permitted in zone ${zone.name}`;
  }
  if (Action !== 'DELETE' && !given.AliasTarget && (given.TTL === undefined || !given.ResourceRecords?.length)) {
    return 'Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or TrafficPolicyInstanceId], but found none';
  }
  const there = records.get(addressOf(given));
  if (Action === 'CREATE' && there) return `Tried to create ${said} but it already exists`;
  if (Action !== 'DELETE') return undefined;
  if (!there) return `Tried to delete ${said} but it was not found`;
  return same(there, given)
    ? undefined
    : `Tried to delete ${said} but the values provided do not match the current values`;
}

/** Where a name has a CNAME, it has nothing else. */
function conflicts(zone: Zone, records: readonly RecordSet[]): readonly string[] {
  return records
    .filter(({ Type, Name }) => Type === 'CNAME' && records.some((other) => other.Name === Name && other.Type !== Type))
    .map(
      ({ Name }) =>
        `RRSet of type CNAME with DNS name ${Name} is not permitted as it conflicts with other records with the same DNS name in zone ${zone.name}`,
    );
}

/** Values have no order; names and settings are compared as they are kept. */
function same(a: RecordSet, b: RecordSet): boolean {
  const [one, other] = [a, b].map(({ Name, ResourceRecords = [], ...rest }) =>
    JSON.stringify([domainName(Name), ResourceRecords.map(({ Value }) => Value).sort(), Object.entries(rest).sort()]),
  );
  return one === other;
}
