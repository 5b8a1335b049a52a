import { nearbyClasses } from '../../lib/topology/nearby-classes';

const OFFERED = [
  ...['db.m6g.large', 'db.r5.large', 'db.r6g.large', 'db.r6g.xlarge', 'db.r6gd.large', 'db.r8g.large', 'db.x2g.large'],
  ...['db.r5.large.tpc1.mem2x', 'db.r6i.metal', 'db.t3.micro'],
];

describe('nearbyClasses', () => {
  it.each([
    ['db.r7g.large', ['db.r8g.large', 'db.r6g.large', 'db.r6gd.large', 'db.r5.large']],
    ['db.r6g.2xlarge', ['db.r6g.xlarge', 'db.r6g.large', 'db.r6gd.large', 'db.r8g.large']],
    ['db.z1d.large', ['db.r8g.large', 'db.r6gd.large', 'db.r6g.large', 'db.m6g.large']],
    ['db.r5.xlarge.tpc2.mem4x', ['db.r5.large.tpc1.mem2x']],
  ])('of %s are those of its size and kind, newer ones first', (size, near) => {
    expect(nearbyClasses(size, OFFERED)).toStrictEqual(near);
  });

  it('have processor features only where others have them', () => {
    expect(nearbyClasses('db.r5.2xlarge.tpc2.mem4x', ['db.r5.xlarge', 'db.r5.2xlarge'])).toStrictEqual([
      'db.r5.2xlarge',
      'db.r5.xlarge',
    ]);
  });

  it('are as many as asked for', () => {
    expect(nearbyClasses('db.m6g.xlarge', OFFERED, 1)).toStrictEqual(['db.m6g.large']);
  });

  it('are none where nothing is offered', () => {
    expect(nearbyClasses('db.r7g.large', [])).toStrictEqual([]);
  });
});
