import { define, type TopologyInput } from '../../lib/topology';
import { memberRoles } from '../../lib/gcp/member-role';
import { withMember, withNew } from '../_arbitraries/edits';
import {
  beside,
  cloudSql,
  enterprise,
  pool,
  switchedOver,
  withDr,
  withGcp,
  withMemberGcp,
} from '../_helpers/sample-cloud-sql';

/** Each member's role on one line: type, source, instances that follow, DR replica. */
function rolesOf(input: TopologyInput): readonly string[] {
  return [...memberRoles(define(input))].map(([id, { instanceType, follows, replicas, drReplica, isLeft }]) =>
    [
      id,
      instanceType.replace(/_INSTANCE$/, ''),
      follows === undefined ? 'alone' : `of ${follows}`,
      replicas === undefined ? 'as it is' : `[${replicas.join(' ')}]`,
      drReplica === undefined ? '-' : `dr '${drReplica}'`,
      ...(isLeft ? ['left behind'] : []),
    ].join(' | '),
  );
}

const pair = withDr(cloudSql());
/** Ada is the primary; bab, the other: where nothing has to be told, the names of followers are Cloud SQL's. */
const AT_FIRST = ["ada | CLOUD_SQL | alone | as it is | dr 'bab'", "bab | READ_REPLICA | of ada | as it is | dr ''"];
const BEGUN = ["ada | CLOUD_SQL | alone | as it is | dr 'bab'", "bab | CLOUD_SQL | alone | [ada] | dr 'ada'"];
const AFTER = ["ada | READ_REPLICA | of bab | [] | dr ''", "bab | CLOUD_SQL | alone | as it is | dr 'ada'"];
const BACK_BEGUN = ["ada | CLOUD_SQL | alone | [bab] | dr 'bab'", "bab | CLOUD_SQL | alone | as it is | dr 'ada'"];
const BACK = ["ada | CLOUD_SQL | alone | as it is | dr 'bab'", "bab | READ_REPLICA | of ada | [] | dr ''"];

describe('a switchover and the way back', () => {
  it.each([
    ['before', pair, AT_FIRST],
    ['begin: the old primary stays as it was', withGcp(pair, { transition: { to: 'bab', phase: 'begin' } }), BEGUN],
    ['finish: the old primary follows', withGcp(pair, { transition: { to: 'bab', phase: 'finish' } }), AFTER],
    ['afterwards', switchedOver(cloudSql()), AFTER],
    [
      'begin of the way back',
      withGcp(switchedOver(cloudSql()), { transition: { to: 'ada', phase: 'begin' } }),
      BACK_BEGUN,
    ],
    [
      'finish of the way back: nobody follows any more, explicitly',
      withGcp(switchedOver(cloudSql()), { transition: { to: 'ada', phase: 'finish' } }),
      BACK,
    ],
  ])('%s', (_, input, roles) => {
    expect(rolesOf(input)).toStrictEqual(roles);
  });
});

describe('roles', () => {
  it('of SQL Server need no designation', () => {
    const input = withMemberGcp(cloudSql('sqlserver'), 'bab', { cascadable: true });
    expect(rolesOf(withGcp(input, { transition: { to: 'bab', phase: 'finish' } }))).toStrictEqual([
      'ada | READ_REPLICA | of bab | [] | -',
      'bab | CLOUD_SQL | alone | as it is | -',
    ]);
  });

  it('of the others stay as they are while two change places', () => {
    const input = withNew(withNew(pair, 'cyd', beside('ada')), 'dot', beside('bab'));
    expect(rolesOf(withGcp(input, { transition: { to: 'bab', phase: 'finish' } }))).toStrictEqual([
      "ada | READ_REPLICA | of bab | [cyd] | dr ''",
      "bab | CLOUD_SQL | alone | as it is | dr 'ada'",
      'cyd | READ_REPLICA | of ada | as it is | -',
      'dot | READ_REPLICA | of bab | as it is | -',
    ]);
  });

  it('of read pools are their own', () => {
    expect(rolesOf(withNew(cloudSql(), 'reads', pool()))[2]).toBe('reads | READ_POOL | of ada | as it is | -');
  });

  it('of the edition Enterprise name no replicas: there is no switchover to ask for', () => {
    expect(rolesOf(enterprise())[0]).toBe('ada | CLOUD_SQL | alone | as it is | -');
  });

  it('after a promotion leave the old primary behind, and its replicas with it', () => {
    const input = withNew({ ...enterprise(), primary: 'bab' }, 'cyd', beside('ada', { retired: 'kept' }));
    expect(rolesOf(withMember(input, 'ada', { retired: 'kept' }))).toStrictEqual([
      'ada | CLOUD_SQL | alone | as it is | - | left behind',
      'bab | CLOUD_SQL | alone | as it is | -',
      'cyd | READ_REPLICA | of ada | as it is | -',
    ]);
  });

  it('of the removed are nobody’s', () => {
    const input = withMember({ ...enterprise(), primary: 'bab' }, 'ada', { retired: 'removed' });
    expect(rolesOf(withMember(input, 'bab', { size: 'db-custom-8-30720' }))).toHaveLength(1);
  });
});
