import { UnderstudyError } from '../../topology';
import { runbookSettingsSchema, SETTINGS_VARIABLE, type RunbookSettings } from '../contract';

type Env = Readonly<Record<string, string | undefined>>;

/** Whatever can be held against a value. */
interface Schema<T> {
  safeParse(
    value: unknown,
  ):
    | { readonly success: true; readonly data: T }
    | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What the infrastructure tells this function. @throws as {@link settingsIn} */
export function settingsOf(env: Env): RunbookSettings {
  return settingsIn(env, runbookSettingsSchema, 'the construct PromotionRunbook');
}

/** @throws UnderstudyError `settings-refused` when it is not there, or was written by another version of the package */
export function settingsIn<T>(env: Env, schema: Schema<T>, writer: string): T {
  const text = env[SETTINGS_VARIABLE];
  const parsed = schema.safeParse(text === undefined ? undefined : jsonOf(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .map(({ path, message }) => `${path.map(String).join('.') || 'it'}: ${message}`)
    .join('; ');
  throw new UnderstudyError(
    'settings-refused',
    `the environment variable ${SETTINGS_VARIABLE} is no runbook's settings (${text === undefined ? 'it is missing' : problems}); allowed: what ${writer} writes; fix: deploy it anew, with functions and settings of one version`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
