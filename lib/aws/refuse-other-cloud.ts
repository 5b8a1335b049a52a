import { UnderstudyError, type Topology } from '../topology';

/** @throws UnderstudyError when the topology is for another cloud: nothing of it would be right here. */
export function refuseOtherCloud({ name, cloud }: Topology): void {
  if (cloud === 'aws') return;
  throw new UnderstudyError(
    'cloud-differs',
    `the topology ${name} is for the cloud ${cloud}; allowed: aws; fix: render it with CloudSqlTopology of db-understudy/gcp, or write \`cloud: aws\``,
  );
}
