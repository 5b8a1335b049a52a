import fc from 'fast-check';
import { nearest } from '../../lib/topology/nearest';

describe('nearest', () => {
  it.each([
    ['replicaof', 'replicaOf'],
    ['sise', 'size'],
    ['retension', 'retention'],
    ['stroage', 'storage'],
    ['kez', 'key'],
    ['database', undefined],
    ['xy', undefined],
    ['k', undefined],
    ['', undefined],
  ])('for %j means %s', (written, meant) => {
    expect(nearest(written, ['replicaOf', 'size', 'retention', 'storage', 'key'])).toBe(meant);
  });

  it('takes the first of two that are as close', () => {
    expect(nearest('eu-west-9', ['eu-west-1', 'eu-west-2'])).toBe('eu-west-1');
  });

  it('finds what was written when it is there', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.array(fc.string()), (written, others) => {
        expect(nearest(written, [...others, written])).toBe(written);
      }),
    );
  });
});
