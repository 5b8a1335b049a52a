const USUAL = {
  AWS_ACCESS_KEY_ID: 'operator',
  AWS_SECRET_ACCESS_KEY: 'any',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};
let before: NodeJS.ProcessEnv | undefined;

/** What an operator has in the environment; undefined takes a variable away. {@link leaveAws} puts everything back. */
export function enterAws(variables: Readonly<Record<string, string | undefined>> = {}): void {
  before ??= process.env;
  const others = Object.entries(before).filter(([name]) => !name.startsWith('AWS_'));
  const own = Object.entries<string | undefined>({ ...USUAL, ...variables }).filter(([, value]) => value !== undefined);
  process.env = Object.fromEntries([...others, ...own]);
}

export function leaveAws(): void {
  if (before !== undefined) process.env = before;
  before = undefined;
}
