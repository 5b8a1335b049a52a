// ESLint loads its configuration with import(), which Jest's module loader cannot do: so it runs in a process of its own.
// In:  { root, texts: [{ path, text }] } on stdin, paths relative to a folder that looks like this repository.
// Out: [[{ rule, line, message }], ...] on stdout, by this repository's own configuration.
// In:  { root, paths: [...] }. Out: the rules that the configuration, as it is, has for each of these files.
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const { root, texts = [], paths = [] } = JSON.parse(await text(process.stdin));

const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: resolve(import.meta.dirname, '../../eslint.config.mjs'),
  // A text that is in no file has no types.
  overrideConfig: [tseslint.configs.disableTypeChecked, { settings: { 'boundaries/root-path': root } }],
});

if (paths.length > 0) {
  const asItIs = new ESLint({ cwd: root });
  const configs = await Promise.all(paths.map((path) => asItIs.calculateConfigForFile(join(root, path))));
  process.stdout.write(JSON.stringify(configs.map(({ rules }) => rules)));
}

const findings = [];
for (const { path, text: source } of texts) {
  const [result] = await eslint.lintText(source, { filePath: join(root, path) });
  findings.push(result.messages.map(({ ruleId, line, message }) => ({ rule: ruleId, line, message })));
}
if (texts.length > 0) process.stdout.write(JSON.stringify(findings));
