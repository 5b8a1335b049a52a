import { UnderstudyError } from '../../topology';
import { runbookSettingsSchema, SETTINGS_VARIABLE, type RunbookSettings } from '../contract';

/**
 * What the infrastructure tells this function.
 *
 * @throws UnderstudyError `settings-refused` when it is not there, or was written by another version of the package
 */
export function settingsOf(env: Readonly<Record<string, string | undefined>>): RunbookSettings {
  const text = env[SETTINGS_VARIABLE];
  const parsed = runbookSettingsSchema.safeParse(text === undefined ? undefined : jsonOf(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`).join('; ');
  throw new UnderstudyError(
    'settings-refused',
    `the environment variable ${SETTINGS_VARIABLE} is no runbook's settings (${text === undefined ? 'it is missing' : problems}); allowed: what the construct PromotionRunbook writes; fix: deploy it anew, with functions and settings of one version`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
