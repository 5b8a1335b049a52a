import {
  applicationDefault,
  defaultIdentity,
  Documents,
  googlePorts,
  RestClient,
  type IdentitySource,
} from '../../runbook/adapters/gcp';
import {
  firestoreDatabase,
  googleRunbookSettingsSchema,
  settingsDocument,
  type GoogleRunbookSettings,
} from '../../runbook/contract';
import { UnderstudyError } from '../../topology';
import type { Wiring } from './local-host';
import type { HostRequest } from './runbook-host';

/** What leads to a runbook on Google Cloud. */
export interface GoogleWay {
  readonly rest: RestClient;
  readonly wire: (settings: GoogleRunbookSettings) => Wiring;
  /** Proves to a function who asks it. */
  readonly identity: IdentitySource;
}

/** As whoever is signed in. The library that proves it is read when somebody asks for it: who works on AWS never loads it. */
export const GOOGLE = (): GoogleWay => {
  // Otherwise that library asks the network for Google's metadata server, and where there is none, as on most machines of operators,
  // Node.js prints a warning about it beside our own error. Whoever names a server is on such a machine.
  if (process.env['GCE_METADATA_HOST'] === undefined) process.env['METADATA_SERVER_DETECTION'] ??= 'bios-only';
  const token = applicationDefault();
  const wire: GoogleWay['wire'] = (settings) => googlePorts(settings, { token });
  return { rest: new RestClient({ token }), wire, identity: defaultIdentity() };
};

/** What the infrastructure has written down beside the lease, in the region that is recovered in. */
export async function googleSettings(
  { rest }: GoogleWay,
  { topology, region, project }: HostRequest & { readonly project: string },
): Promise<GoogleRunbookSettings> {
  const database = firestoreDatabase(topology, region);
  const found = await new Documents({ rest, project, database }).get(settingsDocument(topology));
  const where = `in the database ${database} of the project ${project}`;
  if (found === undefined) {
    throw new UnderstudyError(
      'settings-missing',
      `there are no settings of a runbook ${where}; allowed: a region with a deployed PromotionRunbook of ${topology}; deploy it there, correct the name, or name another region with --region`,
    );
  }
  const parsed = googleRunbookSettingsSchema.safeParse(found.value);
  if (parsed.success) return parsed.data;
  const places = [...new Set(parsed.error.issues.map(({ path }) => path.join('.') || 'the whole'))].join(', ');
  throw new UnderstudyError(
    'settings-refused',
    `the settings of the runbook ${where} cannot be read: ${places} is not as expected; allowed: what this version of the package deploys; deploy the runbook again, or use the version that deployed it`,
  );
}
