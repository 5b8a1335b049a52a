/** `expectedPrimary`, `override.0` -> `--expected-primary`, `--override`. */
export function optionFor(field: string): string {
  const [name = field] = field.split('.');
  return /^[a-z]+([A-Z][a-z]+)*$/.test(name)
    ? `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    : name;
}

const NAMES = /\b(expectedPrimary|acceptDataLoss|acceptSplitBrainRisk|runId)\b/g;

/** A sentence of the runbook, with options where it names fields. */
export function inOptions(text: string): string {
  return text
    .replaceAll(/\bacceptDataLoss: (\d+)/g, '--accept-data-loss $1')
    .replaceAll(/\bname ([a-z][a-z0-9-]*) in override\b/g, 'add --override $1')
    .replaceAll(/\bapprove: ([0-9a-f]{64})\b/g, '--approve $1')
    .replaceAll(NAMES, (name) => optionFor(name));
}
