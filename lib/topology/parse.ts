import { check, type Checked } from './check';
import { readText } from './read-text';
import type { Topology } from './topology';
import { TopologyRefused } from './topology-refused';

/**
 * A topology written in YAML or JSON (which is YAML, too).
 *
 * @param file only named in messages.
 * @throws TopologyRefused with every finding, and its line and column, when at least one is an error.
 */
export function parse(text: string, file?: string): Topology {
  const { topology, findings } = checkText(text);
  if (topology === undefined) throw new TopologyRefused(findings, file);
  return topology;
}

/** Like {@link parse}, but returns what it finds instead of throwing, warnings too. */
export function checkText(text: string): Checked {
  return readText(text, check);
}
