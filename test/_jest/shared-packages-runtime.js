// What Jest loads modules with. Two things are different from Jest's own:
//
// - Packages are Node.js's business: each is found and evaluated as in production, once for each worker and not for each of
//   hundreds of files. The CDK or the SDK alone takes longer to evaluate than most files of tests to run. Our own modules,
//   which may have state, are evaluated anew for each file of tests, as always; so is what Jest keeps its tests in.
// - There is one realm (see one-realm-environment.js), or our arrays and errors would not be those of the packages. A
//   module of ours is compiled in it once for each worker, and only run for each file.
//
// The second takes hold of a part of Jest that is not documented. If that changes, it says so below.
const { createRequire, isBuiltin } = require('node:module');
const { Script } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

/** What moduleNameMapper leads to our own modules, and what has the state of a file of tests. */
const ANEW = /^(db-understudy|jest-circus)(\/|$)/;

/** Each with the text that it was made of, by file name. */
const compiled = new Map();

function compile(head, source, filename) {
  const known = compiled.get(filename);
  if (known?.source === source) return known.script;
  const script = new Script(`${head}${source}\n})`, { filename, columnOffset: -head.length });
  compiled.set(filename, { source, script });
  return script;
}

class SharedPackagesRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    const executor = this.cjsLoader?.executor;
    if (typeof executor?.compile !== 'function' || !Array.isArray(executor.injectedModuleParameters)) {
      throw new Error('This Jest compiles modules in some other way: make shared-packages-runtime.js follow.');
    }
    const head = `(function (${executor.injectedModuleParameters.join(', ')}) {`;
    executor.compile = (source, filename) => compile(head, source, filename).runInThisContext();
  }

  requireModule(from, moduleName, ...rest) {
    const isPackage = moduleName !== undefined && /^[^./]/.test(moduleName) && !isBuiltin(moduleName);
    if (isPackage && !ANEW.test(moduleName)) return createRequire(from)(moduleName);
    return super.requireModule(from, moduleName, ...rest);
  }
}

module.exports = SharedPackagesRuntime;
