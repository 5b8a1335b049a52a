import type { Promised } from '../../judge/evidence';

/** What was promised, as a person would say it. */
const TITLES: Readonly<Record<Promised['id'], string>> = {
  outcome: 'The run ends as this story allows',
  'nothing-lost': 'No acknowledged write is lost',
  'loss-in-window': 'What is lost was acknowledged in the window that the runbook told',
  'loss-in-bound': 'No more is lost than the runbook told',
  'one-writer': 'One server takes writes at a time',
  'refused-is-absent': 'What was refused is not there',
  'writer-found': "The writer's name leads to the primary",
  'writes-resumed': 'Writes go on',
  'one-runner': 'One runner changes things at a time',
  'reads-fresh': "The readers' name leads to whoever has the new data",
  'fence-true': 'A fence that is told as proven holds',
  'roles-true': 'Who is told to be primary takes writes, and is followed',
  'timings-true': 'The times that are told are those that passed',
  'answers-true': "What the journal says of calls, the cloud's log says, too",
  'nothing-unsaid': 'Every call that changed something is in the journal',
};

/** A promise of a later version is called by its id. */
export function promiseTitle(id: string): string {
  return Object.entries(TITLES).find(([known]) => known === id)?.[1] ?? id.replaceAll('-', ' ');
}
