import { TopologyView, type TopologyInput } from '../../../lib/topology';
import { normalise } from '../../../lib/topology/normalise';
import { withMember, withNew } from '../../_arbitraries/edits';
import { beside, cloudSql } from '../../_helpers/sample-cloud-sql';
import { sample } from '../../_helpers/sample-topology';

/** Who follows whom, for example `bab > ada`. */
function follows(input: TopologyInput): readonly string[] {
  const view = new TopologyView(normalise(input));
  return view.topology.members.map((member) => `${member.id} > ${view.followedBy(member)?.id ?? 'nobody'}`);
}

/** ada; bab and sib of ada; cyd of bab; dot of cyd. */
const family = [
  ['sib', 'ada'],
  ['cyd', 'bab'],
  ['dot', 'cyd'],
].reduce((grown, [id = '', of = '']) => withNew(grown, id, beside(of, { promotion: 3 })), cloudSql());

describe('on Google, a switchover turns lineage around', () => {
  it('leaves it as it is while the origin is primary', () => {
    expect(follows(family)).toStrictEqual(['ada > nobody', 'bab > ada', 'sib > ada', 'cyd > bab', 'dot > cyd']);
  });

  it('makes the old primary follow the new one; the others stay with whom they follow', () => {
    expect(follows({ ...family, primary: 'bab' })).toStrictEqual([
      'ada > bab',
      'bab > nobody',
      'sib > ada',
      'cyd > bab',
      'dot > cyd',
    ]);
  });

  it('turns the whole way up, after switchovers from one to the next', () => {
    expect(follows({ ...family, primary: 'cyd' })).toStrictEqual([
      'ada > bab',
      'bab > cyd',
      'sib > ada',
      'cyd > nobody',
      'dot > cyd',
    ]);
  });

  it('stops at a member that a promotion left behind', () => {
    expect(follows(withMember({ ...family, primary: 'cyd' }, 'ada', { retired: 'kept' })).slice(0, 2)).toStrictEqual([
      'ada > nobody',
      'bab > cyd',
    ]);
  });

  it('knows the followers of both', () => {
    const view = new TopologyView(normalise({ ...family, primary: 'bab' }));
    const followers = view.topology.members.map(
      (member) =>
        `${member.id}: ${view
          .followersOf(member)
          .map(({ id }) => id)
          .join(' ')}`,
    );
    expect(followers).toStrictEqual(['ada: sib', 'bab: ada cyd', 'sib: ', 'cyd: dot', 'dot: ']);
    expect(view.replicas.map(({ id }) => id)).toStrictEqual(['ada', 'sib', 'cyd', 'dot']);
  });

  it('ends in a cycle', () => {
    expect(follows(withMember({ ...family, primary: 'bab' }, 'ada', { replicaOf: 'bab' }))[0]).toBe('ada > nobody');
  });

  it('never does so on AWS, where a promotion leaves the old primary behind', () => {
    expect(follows({ ...sample(), primary: 'bab' })).toStrictEqual(['ada > nobody', 'bab > nobody']);
  });
});
