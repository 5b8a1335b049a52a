import { readFileSync } from 'node:fs';
import { forgetTemplate } from '../../../lib/rehearsal';
import { primaryKilled } from '../../../lib/rehearsal/scenarios/built-in/primary-killed';
import type { Scenario } from '../../../lib/rehearsal/scenarios/scenario';
import type { Stage } from '../../../lib/rehearsal/stage/stage';
import { MemoryLedger } from '../../../lib/runbook/execution';
import type { DatabaseProbe, Fleet, Ledger, Ports, Procedure } from '../../../lib/runbook/execution/ports';
import { parse } from '../../../lib/topology';
import { brokenIds, expectKept, expectSeen, play, resultOf } from '../_helpers/play';

// Real servers, where other tests run beside.
jest.setTimeout(120_000);
afterAll(forgetTemplate);

const DONE: Procedure = { next: () => Promise.resolve({ kind: 'done', proof: 'somebody said so' }) };

/** The same, with one deed of the fleet replaced. */
function replaced<Name extends 'fence' | 'freeze' | 'rebuild' | 'look'>(
  fleet: Fleet,
  name: Name,
  by: (real: () => ReturnType<Fleet[Name]>) => ReturnType<Fleet[Name]>,
): Fleet {
  return new Proxy(fleet, {
    get(target, key) {
      const value = Reflect.get(target, key) as ((...given: readonly unknown[]) => unknown) | undefined;
      if (key !== name || value === undefined) return value?.bind(target);
      return (...given: readonly unknown[]) => by(() => value.apply(target, [...given]) as ReturnType<Fleet[Name]>);
    },
  });
}

/** It only says that it fences, and that it puts the old primary away when all is over, which would be a fence as well. */
function withoutFence(ports: Ports): Ports {
  const fleet = replaced(ports.fleet, 'fence', () => DONE);
  return { ...ports, fleet: replaced(fleet, 'rebuild', () => DONE) };
}

/** The machine of the dead one comes back, when the runbook has looked at it for the last time. */
const COMES_BACK: Scenario = {
  ...primaryKilled,
  acts: [...(primaryKilled.acts ?? []), { when: 'end of run 1', do: 'start', member: 'the primary' }],
  aftermath: '90s',
};

/** The replicas get nothing from the freeze on, and say that they have everything. */
function withoutCatchUp(ports: Ports, stage: Stage): Ports {
  let isFreezing = false;
  const fleet = replaced(ports.fleet, 'freeze', (real) => {
    isFreezing = true;
    for (const replica of ['bab', 'cyd']) stage.member(replica).breakReplication();
    return real();
  });
  const ask: DatabaseProbe['ask'] = async (question) => {
    const told = await ports.probe.ask(question);
    const { position } = told;
    if (question.member === 'ada' || !isFreezing || position === undefined) return told;
    return { ...told, position: { ...position, ordinal: Number.MAX_SAFE_INTEGER } };
  };
  const { probe } = ports;
  return { ...ports, fleet, probe: { isConnected: true, ask, tryWrite: (question) => probe.tryWrite(question) } };
}

test('one that fences keeps every promise, though the dead one comes back', async () => {
  expectKept(await play(COMES_BACK));
});

test('a runbook that does not fence is caught: what the old primary takes is lost, and nobody writes to the new one', async () => {
  const rehearsal = await play(COMES_BACK, { sabotage: withoutFence });
  expectSeen(
    rehearsal,
    { fence: resultOf(rehearsal)?.fence?.outcome, brokenIds: brokenIds(rehearsal) },
    { fence: 'proven', brokenIds: expect.arrayContaining(['loss-in-window', 'fence-true']) },
  );
});

test('a runbook that does not wait is caught: acknowledged writes are lost', async () => {
  const rehearsal = await play('planned-switchover', { sabotage: withoutCatchUp });
  expectSeen(rehearsal, { brokenIds: brokenIds(rehearsal) }, { brokenIds: ['nothing-lost'] });
});

/** Its newest number counts as one of now, however late it comes, and those before go with it. */
function withoutStamps(ports: Ports): Ports {
  const look = async (real: () => ReturnType<Fleet['look']>): ReturnType<Fleet['look']> => {
    const told = await real();
    const members = told.members.map((member) => {
      const { samples } = member;
      const age = ports.clock.now() - (samples.at(-1)?.at ?? 0);
      return { ...member, samples: samples.map(({ at, lag }) => ({ at: at + age, lag })) };
    });
    return { ...told, members };
  };
  return { ...ports, fleet: replaced(ports.fleet, 'look', look) };
}

test('a runbook that takes old lag for new is caught: more is lost than it tells', async () => {
  const topology = parse(readFileSync('examples/aurora-global.topology.yaml', 'utf8'));
  const rehearsal = await play('metrics-late', { topology, sabotage: withoutStamps });
  expectSeen(
    rehearsal,
    { source: resultOf(rehearsal)?.loss?.source, brokenIds: brokenIds(rehearsal) },
    { source: 'metric', brokenIds: ['loss-in-window'] },
  );
});

/** Everybody has a ledger of his own, so nobody sees that somebody else is at work. */
function withoutLease(ports: Ports): Ports {
  const ledgers = new Map<string, MemoryLedger>();
  const ledgerOf = (runId: string): MemoryLedger => {
    const found = ledgers.get(runId) ?? new MemoryLedger();
    ledgers.set(runId, found);
    return found;
  };
  const ledger: Ledger = {
    standing: () => Promise.resolve({}),
    take: (request) => ledgerOf(request.runId).take(request),
    renew: (lease, ...renewal) => ledgerOf(lease.runId).renew(lease, ...renewal),
    leave: (lease, at) => ledgerOf(lease.runId).leave(lease, at),
    append: (lease, ...rows) => ledgerOf(lease.runId).append(lease, ...rows),
    rows: (runId) => ledgerOf(runId).rows(runId),
    askAbort: (runId, entry, at) => ledgerOf(runId).askAbort(runId, entry, at),
  };
  return { ...ports, ledger };
}

test('a runbook without its lease is caught: two runners change things at once', async () => {
  const rehearsal = await play('two-operators', { sabotage: withoutLease });
  expectSeen(rehearsal, { brokenIds: brokenIds(rehearsal) }, { brokenIds: expect.arrayContaining(['one-runner']) });
});
