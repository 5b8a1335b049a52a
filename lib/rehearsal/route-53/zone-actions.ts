import { z } from 'zod';
import { jsonAction, type JsonAction } from '../wire/json-action';
import type { XmlElements } from '../wire/write-xml';
import { changeBatch, recordsAfter } from './change-batch';
import { compareRecordSets, recordSet, type RecordSet } from './record-set';
import type { DnsChange, Zones } from './zones';

const MOST_RECORDS = 300;

export const getHostedZone = (zones: Zones): JsonAction =>
  jsonAction({
    mutating: false,
    input: z.strictObject({ Id: z.string() }),
    perform({ input: { Id } }) {
      const zone = zones.get(Id);
      return {
        HostedZone: {
          ...{ Id: `/hostedzone/${zone.id}`, Name: zone.name, CallerReference: zone.id },
          ...{ Config: { PrivateZone: zone.private }, ResourceRecordSetCount: zone.records.length },
        },
      };
    },
  });

/** Record sets in order, from a name on. */
export const listResourceRecordSets = (zones: Zones): JsonAction =>
  jsonAction({
    mutating: false,
    input: z.strictObject({
      HostedZoneId: z.string(),
      name: z.string().optional(),
      type: recordSet.shape.Type.optional(),
      identifier: z.string().optional(),
      maxitems: z.coerce.number().int().min(1).optional(),
    }),
    perform({ input: { HostedZoneId, name, type, identifier, maxitems = MOST_RECORDS } }) {
      const { records } = zones.get(HostedZoneId);
      const from = name === undefined ? undefined : startingAt(name, type, identifier);
      const rest = from ? records.filter((each) => compareRecordSets(each, from) >= 0) : records;
      const size = Math.min(maxitems, MOST_RECORDS);
      const next = rest[size];
      return {
        ResourceRecordSets: { ResourceRecordSet: rest.slice(0, size).map(rendered) },
        ...{ IsTruncated: next !== undefined, MaxItems: size },
        ...{ NextRecordName: next?.Name, NextRecordType: next?.Type, NextRecordIdentifier: next?.SetIdentifier },
      };
    },
  });

/** Without a type, all types of the name are after it. */
const startingAt = (Name: string, Type: RecordSet['Type'] | undefined, SetIdentifier = ''): RecordSet =>
  ({ Name, Type: Type ?? '', SetIdentifier }) as RecordSet;

const rendered = ({ ResourceRecords, ...rest }: RecordSet): XmlElements => ({
  ...rest,
  ResourceRecords: ResourceRecords && { ResourceRecord: ResourceRecords },
});

/** All changes of a batch or none. */
export const changeResourceRecordSets = (zones: Zones): JsonAction =>
  jsonAction({
    mutating: true,
    input: z.strictObject({ HostedZoneId: z.string(), ChangeBatch: changeBatch }),
    perform({ input: { HostedZoneId, ChangeBatch } }) {
      const zone = zones.get(HostedZoneId);
      const records = recordsAfter(zone, ChangeBatch.Changes);
      return { ChangeInfo: changeInfo(zones, zones.replace(zone, records, ChangeBatch.Comment)) };
    },
  });

export const getChange = (zones: Zones): JsonAction =>
  jsonAction({
    mutating: false,
    input: z.strictObject({ Id: z.string() }),
    perform: ({ input: { Id } }) => ({ ChangeInfo: changeInfo(zones, zones.change(Id)) }),
  });

const changeInfo = (zones: Zones, change: DnsChange): XmlElements => ({
  Id: `/change/${change.id}`,
  Status: zones.isInSync(change) ? 'INSYNC' : 'PENDING',
  SubmittedAt: new Date(change.at),
  Comment: change.comment,
});
