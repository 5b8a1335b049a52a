import '../aws/_helpers/quiet-synthesis';
import * as fc from 'fast-check';
import { promotableIn, validTopologyInput } from '../_arbitraries/arbitrary-topology';
import { damages } from './_helpers/flip-safety';
import { TopologyGeneration } from './_helpers/generation';
import { PATIENCE, runs } from './_helpers/runs';
import { resourcesIn, type PlacedResource, type Templates } from './_helpers/templates';

function databases(templates: Templates): readonly PlacedResource[] {
  return resourcesIn(templates).filter(({ Type }) => Type === 'AWS::RDS::DBInstance');
}

/** Tags by the names of the databases. */
function tagsOf(all: readonly PlacedResource[]): ReadonlyMap<unknown, unknown> {
  return new Map(all.map(({ Properties }) => [Properties?.['DBInstanceIdentifier'], Properties?.['Tags']]));
}

/** A topology with somebody to promote, and who it is. */
const withCandidate = fc
  .tuple(validTopologyInput({ least: 2, doubtful: true }), fc.nat({ max: 100 }))
  .map(([input, chance]) => ({ input, candidates: promotableIn(input), chance }))
  .filter(({ candidates }) => candidates.length > 0)
  .map(({ input, candidates, chance }) => ({ input, id: candidates[chance % candidates.length] ?? '' }));

const RESOLVED_AT_DEPLOYMENT =
  /^\{"Fn::Join":\["",\["\{\{resolve:secretsmanager:",\{"Ref":"\w+"\},":SecretString:password::\}\}"\]\]\}$/;

describe('any topology that is accepted', () => {
  it(
    'loses nothing when anybody is promoted, and nothing of those who stay when the retired are removed',
    () => {
      fc.assert(
        fc.property(withCandidate, ({ input, id }) => {
          const first = new TopologyGeneration(input);
          const promoted = first.promote(id);
          expect(damages(first.templates, promoted.templates)).toStrictEqual([]);
          const kept = databases(promoted.templates);
          for (const database of databases(promoted.withoutRetired().templates)) expect(kept).toContainEqual(database);
          expect(tagsOf(kept)).toStrictEqual(tagsOf(databases(first.templates)));
        }),
        runs(8),
      );
    },
    PATIENCE,
  );

  it(
    'refers to no other stack, and has no password in it',
    () => {
      fc.assert(
        fc.property(validTopologyInput({ doubtful: true }), (input) => {
          const { templates } = new TopologyGeneration(input);
          expect(JSON.stringify(templates)).not.toMatch(
            /Fn::ImportValue|"Export"|Fn::GetStackOutput|Custom::CrossRegion/,
          );
          const passwords = databases(templates).flatMap(({ Properties }) => Properties?.['MasterUserPassword'] ?? []);
          expect(passwords.filter((password) => !RESOLVED_AT_DEPLOYMENT.test(JSON.stringify(password)))).toStrictEqual(
            [],
          );
        }),
        runs(5),
      );
    },
    PATIENCE,
  );
});
