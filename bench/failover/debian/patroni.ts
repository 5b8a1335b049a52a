import type { Contestant, Sample } from '../contestant';
import { promotion } from '../promotion';
import { notInstalled, postgresFolder, programPath } from './installed';
import { patroniPair, type PatroniPair, type PatroniPrograms } from './patroni-pair';

const PROGRAMS = installed();
const MISSING = PROGRAMS === undefined ? { missing: notInstalled('Patroni', 'postgresql patroni etcd-server') } : {};

export const PATRONI_SWITCHOVER: Contestant = {
  name: 'patronictl switchover',
  kind: 'planned',
  isOurs: false,
  note: 'no endpoint',
  ...MISSING,
  run: () =>
    withPair((pair) =>
      promotion({
        ...{ old: pair.old, next: pair.next },
        invoke: () => pair.patronictl('switchover', 'bench', '--master', 'a', '--candidate', 'b', '--force'),
      }),
    ),
};

export const PATRONI_FAILOVER: Contestant = {
  name: 'patronictl failover, primary dead',
  kind: 'unplanned',
  isOurs: false,
  note: 'invoked at once, and waits until the lock of the dead one ends; no endpoint',
  ...MISSING,
  run: () =>
    withPair((pair) =>
      promotion({ ...pair, invoke: () => pair.patronictl('failover', 'bench', '--candidate', 'b', '--force') }),
    ),
};

function installed(): PatroniPrograms | undefined {
  const [patroni, patronictl, etcd] = ['patroni', 'patronictl', 'etcd'].map(programPath);
  const binaries = postgresFolder('postgres');
  if (patroni === undefined || patronictl === undefined || etcd === undefined || binaries === undefined)
    return undefined;
  return { patroni, patronictl, etcd, binaries };
}

async function withPair(play: (pair: PatroniPair) => Promise<Sample>): Promise<Sample> {
  const pair = await patroniPair(PROGRAMS as PatroniPrograms);
  try {
    return await play(pair);
  } finally {
    await pair.close();
  }
}
