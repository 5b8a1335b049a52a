import { ENGINES } from '../engines';
import { nearbyClasses } from '../nearby-classes';
import { isOffered, offeredClasses, type ClassPlace } from '../offered-classes';
import { awsRegions, partitionOf } from '../regions';
import type { Engine } from '../topology';
import { listOf } from './list-of';

/** What is said of a class that RDS does not offer in a place: why, which are near it, and what else could be done. */
export function classRefusal(
  who: string,
  size: string,
  place: ClassPlace,
): { readonly problem: string; readonly allowed: string; readonly fix: string } {
  const { why, otherwise } = refusalOf(size, place);
  return {
    problem: `${who} is to be a ${size} in ${place.region}, which RDS ${why}`,
    allowed: `near it, there: ${listOf(nearbyClasses(size, offeredClasses(place)), 'or')}`,
    fix: `take one of these${otherwise}`,
  };
}

/** Why a class is refused, and what could be done beside taking another. */
function refusalOf(size: string, place: ClassPlace): { readonly why: string; readonly otherwise: string } {
  const { engine } = place;
  const title = titleOf(engine);
  if (isOffered(size, { ...place, engine: { ...engine, version: undefined } }) === true) {
    return { why: `does not offer for ${title} ${engine.version}`, otherwise: ', or a version that has it' };
  }
  const region = regionWith(size, place);
  return region === undefined
    ? { why: `offers for ${title} in no Region that this release knows`, otherwise: '' }
    : { why: `does not offer there for ${title}`, otherwise: `, or a Region such as ${region}` };
}

/** A Region where the class is offered, in the same part of the world if there is one. */
function regionWith(size: string, place: ClassPlace): string | undefined {
  const [area = ''] = place.region.split('-');
  const reachable = awsRegions().filter((region) => partitionOf(region) === partitionOf(place.region));
  const nearFirst = [...reachable.filter((region) => region.startsWith(area)), ...reachable];
  return nearFirst.find((region) => isOffered(size, { ...place, region }) === true);
}

function titleOf({ name, edition }: Engine): string {
  return `${ENGINES[name].title}${edition === undefined ? '' : ` edition ${edition}`}`;
}
