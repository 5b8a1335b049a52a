import type { Rehearsal } from '../../../../lib/rehearsal';
import type { Write, WriteEnd } from '../../../../lib/rehearsal/clients/write-log';
import type { RunbookResult } from '../../../../lib/runbook/contract';
import type { JournalEntry, JournalRow } from '../../../../lib/runbook/execution/ports';
import { define } from '../../../../lib/topology';

export const BEGAN = Date.UTC(2030, 0, 1);
export const at = (second: number): number => BEGAN + second * 1000;
export const iso = (second: number): string => new Date(at(second)).toISOString();

export const TOPOLOGY = define({
  name: 'orders',
  engine: { name: 'postgres', version: '17.6' },
  primary: 'ada',
  objectives: { lag: '30s', dataLoss: '1m', recovery: { member: '10m' } },
  heartbeat: '10s',
  members: {
    ada: { region: 'us-east-1', size: 'db.m7g.large', storage: { gib: 100 } },
    bab: { region: 'eu-west-1', replicaOf: 'ada', promotion: 1, key: 'create' },
    cyd: { region: 'us-east-1', replicaOf: 'ada', promotion: 'never' },
  },
});

/** A write that was sent then and ended a tenth of a second later. */
export const write = (second: number, host: string, end: WriteEnd = 'acknowledged', client = 'wes'): Write => ({
  ...{ id: `${client}-${second}`, client, host, end },
  ...{ sent: at(second), ended: at(second) + 100 },
});

const RESULT: RunbookResult = {
  ...{ runId: 'run-2', outcome: 'DONE', phase: 'report', candidates: [], timings: [] },
  plan: {
    ...{ mode: 'failover', topology: 'orders', primary: 'ada', target: 'bab', loss: 'unknown', lossBound: 60 },
    ...{ fence: 'fence ada', irreversible: 'promote bab', accepted: [], duration: 420, steps: ['fence ada'] },
  },
  planHash: 'a'.repeat(64),
  findings: [
    {
      ...{ id: 'loss-too-large', severity: 'block', acceptance: 'acceptDataLoss', accepted: true },
      ...{ problem: `promoting bab loses what is newer than ${iso(70)}`, fix: 'accept it with acceptDataLoss: 60' },
    },
  ],
  loss: { seconds: 4, error: 6, source: 'sql', from: iso(70), to: iso(80) },
  fence: { outcome: 'proven', reason: 'ada was rebooted' },
  next: ['bab is the primary. Say so in the program.'],
};

const row = (number: number, second: number, entry: JournalEntry): JournalRow => ({
  ...entry,
  ...{ number, at: at(second) / 1000 },
});

const EVENT = { mode: 'failover', target: 'bab', reason: 'a rehearsal', acceptDataLoss: 60 } as const;

const ROWS: readonly JournalRow[] = [
  row(1, 90, {
    ...{ type: 'begun', runId: 'run-2', kind: 'failover', event: EVENT },
    ...{ topology: TOPOLOGY, declared: 'ada', holder: 'rehearsal' },
  }),
  row(2, 92, { type: 'phase ended', phase: 'observe', signal: 'ok' }),
  row(3, 100, { type: 'fenced', fence: { outcome: 'proven', reason: 'ada was rebooted' } }),
  row(4, 100, { type: 'phase ended', phase: 'fence', signal: 'ok' }),
  row(5, 110, { type: 'promoted', member: 'bab', from: 'ada', declared: 'ada' }),
  row(6, 110, { type: 'phase ended', phase: 'confirm', signal: 'ok' }),
  row(7, 112, { type: 'ended', outcome: 'DONE' }),
];

const seconds = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from }, (_, index) => from + index);

const WRITES: readonly Write[] = [
  ...seconds(0, 75).map((second) => write(second, '127.0.0.1')),
  write(75, '127.0.0.1', 'unknown'),
  ...seconds(76, 116).map((second) => write(second, '127.0.0.1', 'refused')),
  ...seconds(116, 200).map((second) => write(second, '127.0.0.2')),
];

/** Ada acknowledges writes until she is killed after 75 seconds; the last four are lost. Bab takes writes from 116 seconds on. */
export const REHEARSAL: Rehearsal = {
  ...{ scenario: 'primary killed', about: 'The server of the primary dies as it stands.' },
  ...{ engine: 'postgres', seed: 7, scale: 20, topology: TOPOLOGY, began: BEGAN, ended: at(200), took: 10.5 },
  hosts: { ada: '127.0.0.1', bab: '127.0.0.2', cyd: '127.0.0.3' },
  acts: [{ at: at(75), text: 'killed', member: 'ada' }],
  runs: [
    {
      ...{ began: at(84), ended: at(88), request: 1, holder: 'rehearsal', rows: [] },
      event: { mode: 'plan' },
      result: { ...RESULT, runId: 'run-1', phase: 'approve', outcome: 'DONE' },
    },
    { ...{ began: at(90), ended: at(112), request: 1, holder: 'rehearsal', rows: ROWS }, event: EVENT, result: RESULT },
  ],
  reigns: [
    { member: 'ada', from: at(0), to: at(110), tookWrites: true },
    { member: 'bab', from: at(110), tookWrites: true },
  ],
  writes: WRITES,
  reads: [
    { client: 'rea', host: '127.0.0.3', asked: at(120), ended: at(121) },
    { client: 'rea', host: '127.0.0.3', asked: at(122), ended: at(123), why: 'ECONNRESET' },
  ],
  lag: [
    ...[30, 90, 150].map((second) => ({ region: 'us-east-1', id: 'orders-cyd', at: at(second), seconds: second / 10 })),
    ...[30, 90].map((second) => ({ region: 'eu-west-1', id: 'orders-bab', at: at(second), seconds: second / 5 })),
  ],
  calls: {
    counts: [{ service: 'rds', action: 'DescribeDBInstances', count: 12, failed: 2 }],
    mutations: [
      {
        ...{ at: at(101), service: 'rds', region: 'eu-west-1', action: 'PromoteReadReplica' },
        ...{ resource: 'orders-bab', effect: true, outcome: 'ok' },
      },
    ],
  },
  verdict: {
    isKept: true,
    promises: [
      { id: 'outcome', isKept: true, seen: 'the run ended DONE; allowed is DONE' },
      { id: 'loss-in-window', isKept: true, seen: `4 writes lost, 0 of them not from ${iso(70)} to ${iso(80)}` },
    ],
    lost: WRITES.filter(({ sent }) => sent >= at(71) && sent < at(75)),
    outage: 46,
    outageByPhase: [{ phase: 'confirm', seconds: 10 }],
    staleReads: [{ client: 'rea', host: '127.0.0.3', asked: at(120), ended: at(121) }],
  },
};
