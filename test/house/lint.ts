import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export interface Text {
  /** As if it stood here, relative to the repository. */
  readonly path: string;
  readonly text: string;
}

export interface LintFinding {
  /** `null` when the text could not be parsed. */
  readonly rule: string | null;
  readonly line: number;
  readonly message: string;
}

const REPOSITORY = resolve(__dirname, '../..');

/**
 * Lints texts by this repository's configuration, in a copy of its folders that holds only the files named here:
 * so that rooms can be tested before they are built.
 *
 * @returns one list of findings for each text
 */
export function lint(texts: readonly Text[], files: readonly string[] = []): LintFinding[][] {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'understudy-lint-')));
  try {
    for (const file of files) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), '');
    }
    symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'lint-texts.mjs')], {
      input: JSON.stringify({ root, texts }),
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as LintFinding[][];
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** How strict the configuration is about each rule in files of this repository: what it says of one, and of the next. */
export function severities(paths: readonly string[], rules: readonly string[]): { rule: string; severity: string }[][] {
  const input = JSON.stringify({ root: REPOSITORY, paths });
  const script = join(__dirname, 'lint-texts.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const configs = JSON.parse(stdout) as Record<string, [0 | 1 | 2] | undefined>[];
  return configs.map((config) =>
    rules.map((rule) => ({ rule, severity: ['off', 'warn', 'error'][config[rule]?.[0] ?? 0] ?? 'off' })),
  );
}
