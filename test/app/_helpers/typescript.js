// eslint-disable-next-line @typescript-eslint/no-require-imports -- node --require loads nothing else.
const { transformFileSync } = require('@swc/core');

/** Lets Node.js load this package's TypeScript without building it. */
require.extensions['.ts'] = (module, path) => {
  const { code } = transformFileSync(path, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  module._compile(code, path);
};
