// What Jest loads modules with. Three things are different from Jest's own:
//
// - Packages are Node.js's business: each is found and evaluated as in production, once for each worker and not for each of
//   hundreds of files. The CDK or the SDK alone takes longer to evaluate than most files of tests to run. Our own modules,
//   which may have state, are evaluated anew for each file of tests, as always; so is what Jest keeps its tests in.
// - There is one realm (see one-realm-environment.js), or our arrays and errors would not be those of the packages. A
//   module of ours is compiled in it once for each worker, and only run for each file.
// - Jest asks an AsyncLocalStorage whose error it has got, of several tests at once. Up to Node.js 22 that makes each promise
//   slower, and our tests are full of them. Where maxConcurrency is 1, the last that began is the answer.
//
// The second and the third take hold of what Jest does not document. If that changes, it says so below.
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

/** Of what is done one after the other. */
class OneAtATime {
  #store;

  getStore() {
    return this.#store;
  }

  run(store, act) {
    const before = this.#store;
    const back = () => void (this.#store = before);
    this.#store = store;
    const done = act();
    if (typeof done?.finally === 'function') return done.finally(back);
    back();
    return done;
  }
}

class SharedPackagesRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    this.isOneAtATime = args.at(-1).maxConcurrency === 1;
    const executor = this.cjsLoader?.executor;
    if (typeof executor?.compile !== 'function' || !Array.isArray(executor.injectedModuleParameters)) {
      throw new Error('This Jest compiles modules in some other way: make shared-packages-runtime.js follow.');
    }
    const head = `(function (${executor.injectedModuleParameters.join(', ')}) {`;
    executor.compile = (source, filename) => compile(head, source, filename).runInThisContext();
  }

  requireModule(from, moduleName, ...rest) {
    const isJests = this.isOneAtATime && /[\\/]jest-circus[\\/]/.test(from);
    if (isJests && moduleName === 'node:async_hooks') return { AsyncLocalStorage: OneAtATime };
    const isPackage = moduleName !== undefined && /^[^./]/.test(moduleName) && !isBuiltin(moduleName);
    if (isPackage && !ANEW.test(moduleName)) return createRequire(from)(moduleName);
    return super.requireModule(from, moduleName, ...rest);
  }
}

module.exports = SharedPackagesRuntime;
