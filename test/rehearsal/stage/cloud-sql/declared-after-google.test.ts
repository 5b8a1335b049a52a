import { EmbeddedGoogle } from '../../../../lib/rehearsal';
import { declaredAfterGoogle } from '../../../../lib/rehearsal/stage/cloud-sql/declared-after-google';
import { define } from '../../../../lib/topology';
import { cloudSql, enterprise, withDr } from '../../../_helpers/sample-cloud-sql';
import { PAIR, PLAIN } from '../../../runbook/adapters/gcp/_helpers/google-stage';

const pair = define(withDr(cloudSql()));

test('nobody was promoted', () => {
  expect(declaredAfterGoogle(pair, new EmbeddedGoogle({ instances: PAIR }).sql, 'ada')).toBe(pair);
});

test('a pair that was turned round: nobody is retired, and the old primary is the DR replica', () => {
  const { sql } = new EmbeddedGoogle({ instances: PAIR });
  sql.turnRound('orders-bab', 'orders-ada');
  const after = declaredAfterGoogle(pair, sql, 'bab');
  expect(after).toMatchObject({ primary: 'bab', gcp: { drReplica: 'ada' } });
  expect(after.members).toBe(pair.members);
});

test('a primary that was left behind is retired, and the replica that was made is declared', () => {
  const { sql } = new EmbeddedGoogle({ instances: PLAIN });
  sql.release('orders-bab');
  sql.add({ name: 'orders-bab-2', region: 'europe-west1', follows: 'orders-bab' });
  const after = declaredAfterGoogle(define(enterprise()), sql, 'bab');
  expect(after.primary).toBe('bab');
  expect(after.members.map(({ id, retired, replicaOf }) => [id, retired, replicaOf])).toEqual([
    ['ada', 'kept', undefined],
    ['bab', undefined, 'ada'],
    ['bab-2', undefined, 'bab'],
  ]);
  expect(after.members[2]).toMatchObject({
    region: 'europe-west1',
    gcp: { name: 'orders-bab-2', edition: 'enterprise' },
  });
});

test('a pair of which the old primary does not come back has no DR replica any more', () => {
  const { sql } = new EmbeddedGoogle({ instances: PAIR });
  sql.release('orders-bab');
  const after = declaredAfterGoogle(pair, sql, 'bab');
  expect([after.gcp?.drReplica, after.members[0]?.retired]).toEqual([undefined, 'kept']);
});
