import type { Properties } from './cloud-sql';

/** Fields that differ, by path. What the program leaves out is whatever the cloud says, as with the provider's computed fields. */
export function differences(wanted: unknown, known: unknown, path = ''): readonly string[] {
  if (wanted === undefined) return [];
  if (Array.isArray(wanted)) {
    const there = Array.isArray(known) ? (known as readonly unknown[]) : [];
    if (wanted.length !== there.length) return [path];
    return wanted.flatMap((each, index) => differences(each, there[index], `${path}[${index}]`));
  }
  if (typeof wanted === 'object' && wanted !== null) {
    const there = typeof known === 'object' && known !== null ? (known as Properties) : {};
    return Object.entries(wanted).flatMap(([key, value]) =>
      differences(value, there[key], path === '' ? key : `${path}.${key}`),
    );
  }
  // The provider takes an empty text for none.
  return wanted === known || (wanted === '' && known === undefined) ? [] : [path];
}

const ALWAYS = /^(name|project|region|encryptionKeyName|settings\.collation)$/;
const REPLICA_CONFIGURATION = /^replicaConfiguration\.(?!cascadableReplica)/;

/**
 * Which of these changes of a `gcp.sql.DatabaseInstance` replaces it: the ForceNew rules of the Terraform provider 7.45, read in
 * its code and never run. A former primary that comes to follow somebody is replaced unless the program has exactly one
 * `replicaConfiguration`, which for MySQL and PostgreSQL it never has.
 */
export function replacing(changes: readonly string[], wanted: Properties, known: Properties): readonly string[] {
  const hasConfiguration = wanted['replicaConfiguration'] !== undefined;
  const { settings = {} } = wanted as { readonly settings?: { diskSize?: number; diskAutoresize?: boolean } };
  const { settings: there = {} } = known as { readonly settings?: { diskSize?: number } };
  const shrinks = settings.diskAutoresize === false && (settings.diskSize ?? 0) < (there.diskSize ?? 0);
  return changes.filter(
    (path) =>
      ALWAYS.test(path) ||
      REPLICA_CONFIGURATION.test(path) ||
      (path === 'masterInstanceName' && !hasConfiguration) ||
      (path === 'settings.diskSize' && shrinks),
  );
}
