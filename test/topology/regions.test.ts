import { Fact, FactName } from 'aws-cdk-lib/region-info';
import { awsRegions, partitionOf } from '../../lib/topology/regions';

describe('awsRegions', () => {
  it('are those of the CDK', () => {
    expect(awsRegions().toSorted()).toStrictEqual(Fact.regions.toSorted());
  });

  it.each([...Fact.regions])('knows the partition of %s', (region) => {
    expect(partitionOf(region)).toBe(Fact.find(region, FactName.PARTITION));
  });
});

describe('partitionOf', () => {
  it.each(['', 'eu-west-9', 'EU-WEST-1', 'eu-west-1a', '__proto__', 'constructor'])('does not know %j', (region) => {
    expect(partitionOf(region)).toBeUndefined();
  });
});
