import { RestXmlService } from '../wire/rest-xml-service';
import { changeResourceRecordSets, getChange, getHostedZone, listResourceRecordSets } from './zone-actions';
import type { Zones } from './zones';

const RECORDS = /^\/2013-04-01\/hostedzone\/(?<HostedZoneId>[^/]+)\/rrset\/?$/;

/** Route 53. Its control plane is in us-east-1: that Region cut, it is gone. */
export const route53Service = (zones: Zones): RestXmlService =>
  new RestXmlService({
    profile: {
      name: 'route53',
      home: 'us-east-1',
      throttling: { code: 'Throttling', message: 'Rate exceeded' },
      denial: { code: 'AccessDenied', httpStatus: 403 },
    },
    namespace: 'https://route53.amazonaws.com/doc/2013-04-01/',
    routes: [
      {
        ...{ action: 'GetHostedZone', method: 'GET', path: /^\/2013-04-01\/hostedzone\/(?<Id>[^/]+)$/ },
        play: getHostedZone(zones),
      },
      {
        ...{ action: 'ListResourceRecordSets', method: 'GET', path: RECORDS },
        play: listResourceRecordSets(zones),
      },
      {
        ...{ action: 'ChangeResourceRecordSets', method: 'POST', path: RECORDS },
        play: changeResourceRecordSets(zones),
      },
      {
        ...{ action: 'GetChange', method: 'GET', path: /^\/2013-04-01\/change\/(?<Id>[^/]+)$/ },
        play: getChange(zones),
      },
    ],
    lists: new Set(['Changes', 'ResourceRecords']),
    resourceOf: ({ HostedZoneId, Id }) => [HostedZoneId, Id].find((id) => typeof id === 'string'),
    // A change has an id that begins with C, a zone one that begins with Z.
    deniedOn: (id = '*') => `arn:aws:route53:::${id.startsWith('C') ? 'change' : 'hostedzone'}/${id}`,
  });
