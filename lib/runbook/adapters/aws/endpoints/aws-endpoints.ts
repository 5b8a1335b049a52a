import { UnderstudyError } from '../../../../topology';
import type { EndpointSetting } from '../../../contract';
import type { Obstacle } from '../../../decision';
import type { Endpoints } from '../../../execution/ports';
import type { AwsEndpoint, EndpointSurroundings } from './aws-endpoint';
import { ParameterEndpoint } from './parameter-endpoint';
import { RecordEndpoint } from './record-endpoint';
import { SecretEndpoint } from './secret-endpoint';

export interface AwsEndpointsOptions extends EndpointSurroundings {
  readonly settings: readonly EndpointSetting[];
}

/** The names by which applications find the databases, as the settings of the runbook have them. */
export class AwsEndpoints implements Endpoints {
  readonly all: readonly AwsEndpoint[];

  /** @throws UnderstudyError `endpoint-twice` when one has two roles: it can point to one member only */
  constructor({ settings, ...around }: AwsEndpointsOptions) {
    this.all = settings.map((setting) => endpointOf(setting, around));
    const ids = this.all.map(({ id }) => id);
    const twice = ids.find((id, index) => ids.indexOf(id) < index);
    if (twice !== undefined) {
      throw new UnderstudyError(
        'endpoint-twice',
        `${twice} is named twice in the endpoints; allowed is once; remove one`,
      );
    }
  }

  async obstacles(): Promise<readonly Obstacle[]> {
    return (await Promise.all(this.all.map((endpoint) => endpoint.obstacles()))).flat();
  }
}

function endpointOf(setting: EndpointSetting, around: EndpointSurroundings): AwsEndpoint {
  switch (setting.kind) {
    case 'parameter':
      return new ParameterEndpoint(setting, around);
    case 'secret':
      return new SecretEndpoint(setting, around);
    case 'record':
      return new RecordEndpoint(setting, around);
  }
}
