import type { Contestant, Sample } from '../contestant';
import { promotion } from '../promotion';
import { notInstalled, postgresFolder } from './installed';
import { repmgrPair, type RepmgrPair } from './repmgr-pair';

const BINARIES = postgresFolder('repmgr');
const MISSING = BINARIES === undefined ? { missing: notInstalled('repmgr', 'postgresql repmgr') } : {};

export const REPMGR_SWITCHOVER: Contestant = {
  name: 'repmgr standby switchover',
  kind: 'planned',
  isOurs: false,
  note: 'without the time of ssh; no endpoint',
  ...MISSING,
  run: () =>
    withPair((pair) => promotion({ ...pair, kill: undefined, invoke: () => pair.repmgr('standby', 'switchover') })),
};

export const REPMGR_PROMOTE: Contestant = {
  name: 'repmgr standby promote, primary dead',
  kind: 'unplanned',
  isOurs: false,
  note: 'fences nothing; no endpoint',
  ...MISSING,
  run: () => withPair((pair) => promotion({ ...pair, invoke: () => pair.repmgr('standby', 'promote') })),
};

async function withPair(play: (pair: RepmgrPair) => Promise<Sample>): Promise<Sample> {
  const pair = await repmgrPair(BINARIES ?? '');
  try {
    return await play(pair);
  } finally {
    await pair.close();
  }
}
