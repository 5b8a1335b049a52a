// ESLint loads its configuration with import(), which Jest's module loader cannot do: so it runs in a process of its own.
// In:  { root, texts: [{ path, text }] } on stdin, paths relative to a folder that looks like this repository.
// Out: [[{ rule, line, message }], ...] on stdout, by this repository's own configuration.
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const { root, texts } = JSON.parse(await text(process.stdin));

const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: resolve(import.meta.dirname, '../../eslint.config.mjs'),
  // A text that is in no file has no types.
  overrideConfig: [tseslint.configs.disableTypeChecked, { settings: { 'boundaries/root-path': root } }],
});

const findings = [];
for (const { path, text: source } of texts) {
  const [result] = await eslint.lintText(source, { filePath: join(root, path) });
  findings.push(result.messages.map(({ ruleId, line, message }) => ({ rule: ruleId, line, message })));
}
process.stdout.write(JSON.stringify(findings));
