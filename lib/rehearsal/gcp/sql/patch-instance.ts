import { GoogleRefusal } from '../google-service';
import type { FakeInstance } from './fake-instance';
import type { SqlWorkKind } from './sql-backend';
import type { FakeOperation, SqlInstances } from './sql-instances';

export interface InstancePatch {
  readonly settings?: Partial<FakeInstance['settings']>;
}

/** What is given changes, when the operation is over. [I] Never tried live: what is answered to a version that is old. */
export function patchInstance(
  fleet: SqlInstances,
  name: string,
  { settings = {} }: InstancePatch,
  fails?: string,
): FakeOperation {
  const instance = fleet.get(name);
  const { settingsVersion, ...wanted } = settings;
  if (settingsVersion !== undefined && settingsVersion !== instance.settings.settingsVersion) {
    throw new GoogleRefusal(412, 'staleData', 'The settings version is not the newest.');
  }
  const isStop = wanted.activationPolicy === 'NEVER';
  if (isStop && fleet.unstoppable.has(name)) {
    throw new GoogleRefusal(400, 'invalid', 'Invalid request: a primary with replicas cannot be stopped.');
  }
  const effect = (): void => {
    Object.assign(instance.settings, wanted);
    instance.settings.settingsVersion = String(Number(instance.settings.settingsVersion) + 1);
  };
  const before = instance.settings.activationPolicy;
  const asked = { ...instance, settings: { ...instance.settings, ...wanted } };
  // The policy is told at once, while it is still being stopped.
  if (isStop && fails === undefined && !fleet.isBusy(name)) instance.settings.activationPolicy = 'NEVER';
  const seconds = isStop ? fleet.times.stop : fleet.times.update;
  const kind = workOf(before, asked);
  return fleet.begin(name, 'UPDATE', {
    seconds,
    effect,
    fails,
    work: () => fleet.backend.carryOut({ kind, instance: asked }),
  });
}

function workOf(before: string, { settings: { activationPolicy } }: FakeInstance): SqlWorkKind {
  if (before === activationPolicy) return 'configure';
  return activationPolicy === 'NEVER' ? 'stop' : 'start';
}
