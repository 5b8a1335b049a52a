import { afterGooglePromotion } from '../../../lib/runbook/execution/after-google-promotion';
import type { JournalRow } from '../../../lib/runbook/execution/ports';
import { define } from '../../../lib/topology';
import { beside, cloudSql, withDr } from '../../_helpers/sample-cloud-sql';

const called = (step: string): readonly JournalRow[] => [
  { type: 'attempt', phase: 'fence', procedure: 'fence', step: 'stop', title: 'stop', number: 1, at: 1 },
  { type: 'attempt', phase: 'promote', procedure: 'promote', step, title: step, number: 2, at: 2 },
];

const REFRESH = expect.stringMatching(
  /`pulumi preview --refresh`.*`pulumi up --refresh`.*Without the refresh/,
) as string;

test('whoever followed the old primary is left behind with it; whoever follows the new one is not', () => {
  const input = withDr(cloudSql());
  const members = { ...input.members, cyd: beside('ada'), dot: beside('bab', { region: 'europe-north1' }) };
  expect(afterGooglePromotion(define({ ...input, members }), 'bab', called('promote'))).toStrictEqual([
    'bab is the primary. Say so in the program before it is deployed again: primary: bab; retired: kept for ada; retired: kept for cyd; another gcp.drReplica, or none; no gcp.transition.',
    'ada is kept, stopped. What only it has, if anything, is copied from there by hand; then it can be removed.',
    REFRESH,
  ]);
});

test('SQL Server has no DR replica to name', () => {
  const [first] = afterGooglePromotion(define(cloudSql('sqlserver')), 'bab', called('switchover'));
  expect(first).toBe(
    'bab is the primary. In the program, set primary: bab, and take gcp.transition away; nobody is retired.',
  );
});

test.each(['failover', 'switchover'])('after a %s of a pair nobody is retired', (step) => {
  expect(afterGooglePromotion(define(withDr(cloudSql())), 'bab', called(step))).toStrictEqual([
    'bab is the primary. In the program, set primary: bab and gcp.drReplica: ada, and take gcp.transition away; nobody is retired.',
    'Deploy it when Cloud SQL has made ada a replica of bab (gcloud sql instances describe says READ_REPLICA_INSTANCE), not before.',
    REFRESH,
  ]);
});
