import type { Parameter } from '../rds/parameter-groups';

/** Settings of a server, by name. */
export type ServerSettings = Readonly<Record<string, string>>;

/** The settings that this server has and a parameter group may change, and which of them wait for a start. */
export type KnownSettings = ReadonlyMap<string, { readonly needsStart: boolean }>;

/**
 * What of a parameter group is said to a server on this machine.
 *
 * Left out: what only RDS has, formulas, and what the engine's own list leaves out: what is about a machine's size, and what the
 * rehearsal itself needs otherwise.
 */
export function settingsIn(parameters: readonly Parameter[], known: KnownSettings): ServerSettings {
  const said = parameters.filter(({ name, value }) => known.has(name) && !/[{]/.test(value));
  return Object.fromEntries(said.map(({ name, value }) => [name, value]));
}

/** The parameters in effect after the group was changed while the server runs: those that wait for a restart stay as they were. */
export function atOnce(
  before: readonly Parameter[],
  now: readonly Parameter[],
  known: KnownSettings,
): readonly Parameter[] {
  const waits = ({ name, method }: Parameter): boolean =>
    method === 'pending-reboot' || known.get(name)?.needsStart === true;
  const waiting = new Set(now.filter(waits).map(({ name }) => name));
  const kept = before.filter(({ name }) => waiting.has(name) || known.get(name)?.needsStart === true);
  return [...kept, ...now.filter((parameter) => !waits(parameter))];
}
