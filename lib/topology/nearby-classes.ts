import { parseInstanceClass } from './instance-class';

/** A larger step of size weighs more than anything between two families of one kind. */
const STEP = 10;

/** Those of the classes that are most like one that is not among them, the most alike first. */
export function nearbyClasses(size: string, classes: Iterable<string>, most = 4): readonly string[] {
  const all = [...classes];
  const alike = all.filter((each) => partsOf(each) === partsOf(size));
  return (alike.length > 0 ? alike : all)
    .map((each) => ({ each, distance: distanceBetween(size, each) }))
    .toSorted((a, b) => a.distance - b.distance || newestFirst(a.each, b.each))
    .slice(0, most)
    .map(({ each }) => each);
}

/** How many there are: more than three are processor features of Oracle. */
function partsOf(size: string): number {
  return size.split('.').length;
}

function distanceBetween(a: string, b: string): number {
  const [one, other] = [parseInstanceClass(a), parseInstanceClass(b)];
  if (one === undefined || other === undefined) return Infinity;
  const [left, right] = [familyParts(one.family), familyParts(other.family)];
  const steps = STEP * Math.abs(one.rank - other.rank);
  // Of another kind, the newest is the best that there is.
  if (left.kind !== right.kind) return steps + 5 * STEP - right.generation;
  // However far: a misspelt number leaves its kind.
  const generations = Math.min(STEP, Math.abs(left.generation - right.generation));
  return steps + (left.make === right.make ? 0 : 1) + generations;
}

function newestFirst(a: string, b: string): number {
  return b.localeCompare(a, 'en', { numeric: true });
}

/** Of `r7gd`: its kind `r` (memory), its generation 7 and its make `gd` (processor, disk, network). */
function familyParts(family: string): { kind: string; generation: number; make: string } {
  const [, kind = '', generation = '0', make = ''] = /^([a-z]+)(\d+)(.*)$/.exec(family) ?? [];
  return { kind, generation: Number(generation), make };
}
