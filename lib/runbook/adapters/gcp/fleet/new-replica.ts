import { flagsUnfrozen } from './freeze';
import type { OldPrimary } from './rebuild';
import type { Scene } from './scene';
import type { NewReplica } from './sql-admin';
import { isReplica, sourceOf, type SqlInstance } from './sql-instance';

/** Names that are tried: one that was deleted is reserved for a week. */
const SUFFIXES = ['2', '3', '4', '5', '6', '7', '8', '9'];

/**
 * A replica of the new primary, like it, where the old one is: then a whole region can be lost again. Where the old one does not
 * answer, beside the new primary. Undefined: it is being made already.
 */
export async function planReplica(
  { sql, topology }: Scene,
  primary: SqlInstance,
  old: OldPrimary,
): Promise<NewReplica | undefined> {
  for (const suffix of SUFFIXES) {
    const name = `${primary.name}-${suffix}`;
    const there = await sql.get(name);
    if (there !== undefined && isReplica(there) && sourceOf(there) === primary.name) return undefined;
    if (there !== undefined) continue;
    const isThere = old.instance?.state === 'RUNNABLE' && old.region !== undefined;
    const region = (isThere ? old.region : undefined) ?? primary.region ?? '';
    const key = keyIn(region, primary, old);
    const { tier, edition, ipConfiguration, dataDiskType, userLabels = {} } = primary.settings ?? {};
    return {
      ...{ name, region, databaseVersion: primary.databaseVersion },
      masterInstanceName: primary.name,
      settings: {
        ...{ tier, edition, ipConfiguration, dataDiskType, ...flagsUnfrozen(topology, primary) },
        ...{ availabilityType: 'ZONAL', deletionProtectionEnabled: true },
        userLabels: { ...userLabels, 'understudy-topology': topology.name },
      },
      ...(key === undefined ? {} : { diskEncryptionConfiguration: { kmsKeyName: key } }),
    };
  }
  return undefined;
}

/** A key is of one region: the new one's is the old primary's there, or the new primary's here. */
function keyIn(region: string, primary: SqlInstance, { region: there, instance }: OldPrimary): string | undefined {
  const of = region === there && region !== primary.region ? instance : primary;
  return of?.diskEncryptionConfiguration?.kmsKeyName;
}
