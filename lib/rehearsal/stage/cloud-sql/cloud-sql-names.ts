import type { GoogleEndpointSetting } from '../../../runbook/contract';
import type { EmbeddedGoogle, EmbeddedGoogleOptions } from '../../gcp/embedded-google';
import type { FakeInstance } from '../../gcp/sql/fake-instance';

const ZONE = 'understudy';
const WRITER = 'writer.understudy.internal';
const READER = 'understudy-reader';
/** Of the user who asks the databases. */
export const LOGIN = 'understudy-login';

interface Hosts {
  readonly writer: string;
  readonly reader: string;
  readonly port: number;
}

/** Names as they are when the story begins: a record leads to who takes writes, a secret to who is read from. */
export function namesLeadingTo(
  { writer, reader, port }: Hosts,
  login: string,
): Pick<EmbeddedGoogleOptions, 'zones' | 'secrets'> {
  return {
    zones: { [ZONE]: [{ name: `${WRITER}.`, type: 'A', ttl: 30, rrdatas: [writer] }] },
    secrets: { [READER]: JSON.stringify({ host: reader, port }), [LOGIN]: login },
  };
}

/** What the runbook moves; of a designated pair it also watches Cloud SQL's own write endpoint. */
export function endpointsOf(isPair: boolean): GoogleEndpointSetting[] {
  return [
    { kind: 'record', role: 'writer', zone: ZONE, name: WRITER, ttl: 30 },
    { kind: 'secret', role: 'reader', id: READER },
    ...(isPair ? [{ kind: 'write-endpoint', role: 'writer' } as const] : []),
  ];
}

/** Where the record leads. */
export const recordOf = ({ zones }: EmbeddedGoogle): string | undefined => zones.records(ZONE)[0]?.rrdatas[0];

/** Where the secret leads. */
export const readerOf = ({ secrets }: EmbeddedGoogle): string =>
  (JSON.parse(secrets.value(READER)) as { readonly host: string }).host;

/** Where the write endpoint leads; undefined: there is none, because no pair is designated. */
export function writeEndpointOf({ sql }: EmbeddedGoogle): string | undefined {
  const leads = sql.all.find((each) => each.drReplica !== undefined && sql.sourceOf(each) === undefined);
  return leads && addressOf(leads);
}

const addressOf = ({ ipAddresses }: FakeInstance): string | undefined => ipAddresses[0]?.ipAddress;
