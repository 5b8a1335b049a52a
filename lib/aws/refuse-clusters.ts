import { UnderstudyError, type Topology } from '../topology';

/** @throws UnderstudyError when the members are clusters: as DB instances they would be something else. */
export function refuseClusters({ name, kind }: Topology): void {
  if (kind === 'instances') return;
  throw new UnderstudyError(
    'kind-differs',
    `the topology ${name} is of the kind ${kind}, which is checked and drawn but not rendered; allowed: instances; fix: declare DB instances, or write the clusters with aws-cdk-lib`,
  );
}
