// Where tests run: in the realm of Jest itself, and not in one for each file, where `instanceof Error` is false of an error
// of Node.js, the SDK takes other paths than in production, and whatever is global is slow to find.
const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/** What Jest leaves on the global object for the rest of a file. What packages leave there, as the CDK its tokens, stays. */
const OF_ONE_FILE = [
  ...['EVENT_HANDLERS', 'RETRY_TIMES', 'RETRY_IMMEDIATELY', 'WAIT_BEFORE_RETRY'],
  ...['TEST_TIMEOUT_SYMBOL', 'LOG_ERRORS_BEFORE_RETRY'],
].map((name) => Symbol.for(name));

/** @returns gives each of the properties back what it is now */
function rememberProperties(object, keys) {
  const before = keys.map((key) => [key, Object.getOwnPropertyDescriptor(object, key)]);
  return () => {
    for (const [key, was] of before) {
      const is = Object.getOwnPropertyDescriptor(object, key);
      if (is?.value !== was.value || is?.get !== was.get) Object.defineProperty(object, key, was);
    }
  };
}

function rememberVariables(env) {
  const before = { ...env };
  return () => {
    for (const name of Object.keys(env).filter((name) => !(name in before))) Reflect.deleteProperty(env, name);
    Object.assign(env, before);
  };
}

function rememberListeners(emitter) {
  const listeners = () =>
    emitter.eventNames().flatMap((name) => emitter.rawListeners(name).map((each) => [name, each]));
  const before = new Set(listeners().map(([, listener]) => listener));
  return () => {
    for (const [name, listener] of listeners()) if (!before.has(listener)) emitter.removeListener(name, listener);
  };
}

class OneRealmEnvironment {
  constructor({ projectConfig }) {
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = null;
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    this.restorers = [
      rememberProperties(globalThis, Reflect.ownKeys(globalThis)),
      rememberProperties(process, ['env', 'exit', 'stdout', 'stderr']),
      rememberVariables(process.env),
      rememberListeners(process),
    ];
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    for (const symbol of OF_ONE_FILE) Reflect.deleteProperty(globalThis, symbol);
    for (const restore of this.restorers) restore();
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** There is none but that of Jest. */
  getVmContext() {
    return null;
  }
}

module.exports = OneRealmEnvironment;
