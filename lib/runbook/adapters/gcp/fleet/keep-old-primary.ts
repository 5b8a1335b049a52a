import type { Instant } from '../../../decision';
import type { OldPrimary } from './rebuild';
import type { Scene } from './scene';
import { isStopped, type SqlInstance } from './sql-instance';
import type { Stage } from './stages';

/** Label of an old primary that is kept for who looks for lost writes, with the time of the promotion. */
export const HOLD_LABEL = 'understudy-hold';

const isHeld = ({ settings }: SqlInstance): boolean => settings?.userLabels?.[HOLD_LABEL] !== undefined;

/** It is marked as to be kept, and nobody reaches it. */
export const isHeldBack = (instance: SqlInstance): boolean => isHeld(instance) && isStopped(instance);

export function holdStage({ sql }: Pick<Scene, 'sql'>, instance: SqlInstance, now: Instant): Stage {
  const { name, settings = {} } = instance;
  // Labels have small letters, digits, hyphens and underscores.
  const at = new Date(now * 1000).toISOString().slice(0, 19).replaceAll(':', '-').toLowerCase();
  return {
    ...{ id: 'hold', title: `note on ${name} that it is kept`, operation: 'UPDATE' },
    isMet: isHeld(instance),
    call: () => sql.change(instance, { userLabels: { ...settings.userLabels, [HOLD_LABEL]: at } }),
  };
}

/** What is missing on the old primary, for a person; undefined: nothing. One that is gone cannot be kept. */
export function unmarked({ name, instance, problem }: OldPrimary): string | undefined {
  if (problem !== undefined) {
    return `${name} could not be marked as to be kept (${problem}); when it answers, label it ${HOLD_LABEL}, and see that nobody reaches it`;
  }
  if (instance === undefined || isHeldBack(instance)) return undefined;
  const missing = isHeld(instance) ? 'is not stopped' : `has no label ${HOLD_LABEL}`;
  return `${name} ${missing}; see that nobody writes to it, and that nobody deletes what only it has`;
}
