import { drawingOf, type Drawing } from '../../../lib/cli/diagram/drawing';
import { define, parse } from '../../../lib/topology';
import { sampleGlobal } from '../../_helpers/sample-cluster';
import { AFTER_PROMOTION, TWO_REGIONS } from '../_helpers/topology-texts';

const before = drawingOf(parse(TWO_REGIONS));
const after = drawingOf(parse(AFTER_PROMOTION));

/** `id: role, note; details`, column by column. */
function cardsOf({ boxes }: Drawing): readonly (readonly string[])[] {
  return boxes.map(({ region, cards }) => [
    region,
    ...cards.map(
      ({ id, role, note, details, column, isGone }) =>
        `${column} ${id}: ${role}, ${note}; ${details.join(', ')}${isGone ? '; gone' : ''}`,
    ),
  ]);
}

test('the title says name, engine and objectives', () => {
  expect([before.name, before.engine]).toStrictEqual(['orders', 'PostgreSQL 17.6']);
  expect(before.facts.map(({ name, value }) => `${name} ${value}`)).toStrictEqual([
    'lag alarm 30s',
    'data loss 1m',
    'recovery (member) 10m',
    'recovery (Region) 30m',
    'heartbeat 10s',
  ]);
});

test('objectives that are not set are not drawn', () => {
  expect(after.facts.map(({ name }) => name)).toStrictEqual(['lag alarm', 'heartbeat']);
});

test('an edition is part of the engine', () => {
  const topology = parse(TWO_REGIONS);
  const oracle = { ...topology, engine: { name: 'oracle', version: '19.0.0.0', edition: 'ee' } as const };
  expect(drawingOf(oracle).engine).toBe('Oracle Database 19.0.0.0 EE');
});

test('members stand in their Regions, one column after whom they were created from', () => {
  expect(cardsOf(before)).toStrictEqual([
    [
      'us-east-1',
      '0 virginia-a: primary, promotion 1; db.r7g.large, multi-az',
      '1 virginia-reports: replica, promotion never; db.r7g.large',
    ],
    [
      'eu-west-1',
      '1 dublin-a: replica, promotion 2; db.r7g.large',
      '2 dublin-b: replica, promotion 3; db.r7g.large, 17.7',
    ],
  ]);
});

test('after a promotion the primary stands first, in Region and column', () => {
  expect(cardsOf(after)).toStrictEqual([
    [
      'eu-west-1',
      '0 dublin-a: primary, promotion 1; db.r7g.large, multi-az',
      '1 dublin-b: replica, promotion 2; db.r7g.large',
    ],
    [
      'us-east-1',
      '0 virginia-a: retired, kept; db.r7g.large, multi-az',
      '1 virginia-reports: retired, removed; db.r7g.large; gone',
    ],
  ]);
});

test('families stand together, in whatever order they are written', () => {
  const topology = parse(TWO_REGIONS);
  const members = [...topology.members].reverse().map((member) => ({ ...member, region: 'eu-west-1' }));
  expect(drawingOf({ ...topology, members }).boxes[0]?.cards.map(({ id }) => id)).toStrictEqual([
    'virginia-a',
    'dublin-a',
    'dublin-b',
    'virginia-reports',
  ]);
});

test('arrows: who follows whom, and across Regions', () => {
  expect(before.arrows).toStrictEqual([
    { from: 'virginia-a', to: 'virginia-reports', kind: 'follows', isCrossRegion: false },
    { from: 'virginia-a', to: 'dublin-a', kind: 'follows', isCrossRegion: true },
    { from: 'dublin-a', to: 'dublin-b', kind: 'follows', isCrossRegion: false },
  ]);
});

test('arrows: the promoted and the retired follow nobody any more', () => {
  expect(after.arrows).toStrictEqual([
    { from: 'virginia-a', to: 'virginia-reports', kind: 'lineage', isCrossRegion: false },
    { from: 'virginia-a', to: 'dublin-a', kind: 'lineage', isCrossRegion: true },
    { from: 'dublin-a', to: 'dublin-b', kind: 'follows', isCrossRegion: false },
  ]);
});

test('what is unknown has a place, too', () => {
  const topology = parse(TWO_REGIONS);
  const unknown = { region: undefined, size: undefined, standby: undefined };
  const members = topology.members.slice(0, 1).map((member) => ({ ...member, ...unknown }));
  expect(cardsOf(drawingOf({ ...topology, members }))).toStrictEqual([
    ['unknown Region', '0 virginia-a: primary, promotion 1; '],
  ]);
});

test('in a global database all follow the primary, whomever they were created from', () => {
  const { boxes, arrows } = drawingOf(define({ ...sampleGlobal(), primary: 'bab' }));
  expect(boxes.flatMap(({ cards }) => cards.map(({ id, column, details }) => [id, column, ...details]))).toStrictEqual([
    ['bab', 0, '2 × db.r6g.large'],
    ['ada', 1, '2 × db.r6g.large'],
  ]);
  expect(arrows).toStrictEqual([{ from: 'bab', to: 'ada', kind: 'follows', isCrossRegion: true }]);
});
