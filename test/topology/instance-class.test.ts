import fc from 'fast-check';
import { parseInstanceClass } from '../../lib/topology/instance-class';

describe('parseInstanceClass', () => {
  it.each([
    ['db.t4g.micro', 't4g', 0, 2],
    ['db.t4g.small', 't4g', 1, 2],
    ['db.t4g.medium', 't4g', 2, 2],
    ['db.r7g.large', 'r7g', 3, 2],
    ['db.r7g.xlarge', 'r7g', 4, 4],
    ['db.r7g.2xlarge', 'r7g', 5, 8],
    ['db.r6i.16xlarge', 'r6i', 19, 64],
    ['db.x2iedn.32xlarge', 'x2iedn', 35, 128],
    ['db.r5.4xlarge.tpc2.mem2x', 'r5', 7, 16],
    ['db.m7i.metal-24xl', 'm7i', 27, 96],
    ['db.r6i.metal', 'r6i', 35, 128],
  ])('takes %s apart', (size, family, rank, vcpus) => {
    expect(parseInstanceClass(size)).toStrictEqual({ family, rank, vcpus });
  });

  it.each([
    '',
    'r7g.large',
    'db.large',
    'db.r7g.huge',
    'db.r7g.xxlarge',
    'db.r7g.',
    'DB.R7G.LARGE',
    'db.r7g.large ',
    'db.serverless',
  ])('does not know %j', (size) => {
    expect(parseInstanceClass(size)).toBeUndefined();
  });

  it('ranks by vCPUs inside a family', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 48 }), fc.integer({ min: 2, max: 48 }), (a, b) => {
        const [left, right] = [parseInstanceClass(`db.r7g.${a}xlarge`), parseInstanceClass(`db.r7g.${b}xlarge`)];
        expect(Math.sign((left?.rank ?? NaN) - (right?.rank ?? NaN))).toBe(
          Math.sign((left?.vcpus ?? NaN) - (right?.vcpus ?? NaN)),
        );
      }),
    );
  });
});
