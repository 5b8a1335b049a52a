import * as grpc from '@grpc/grpc-js';
import * as pulumi from '@pulumi/pulumi';
import { EngineService } from '@pulumi/pulumi/proto/engine_grpc_pb';
import * as engineMessages from '@pulumi/pulumi/proto/engine_pb';
import { ResourceMonitorService } from '@pulumi/pulumi/proto/resource_grpc_pb';
import * as messages from '@pulumi/pulumi/proto/resource_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { Struct } from 'google-protobuf/google/protobuf/struct_pb';
import { Deployment, type Asked, type Step } from './deployment';
import { CloudSql, type Properties } from './cloud-sql';

export interface Up {
  /** Nothing is done: what would be is told. */
  readonly preview?: boolean;
  /** The state is what the cloud says first, as with `--refresh`. */
  readonly refresh?: boolean;
}

/** How a deployment went. */
export interface Deployed {
  readonly steps: readonly Step[];
  readonly outputs: unknown;
  readonly logged: readonly string[];
  /** Why it failed, where it did. */
  readonly error?: string;
}

/** A resource as the engine remembers it. */
export interface Known {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly isProtected: boolean;
}

/** What the engine answers of features that the runtime asks for. */
const FEATURES = new Set(['secrets', 'resourceReferences', 'outputValues', 'aliasSpecs', 'transforms']);
const SECRET = '4dabf18193072939515e22adb298388d';

/**
 * A Pulumi engine that plans and keeps state, for the real runtime over gRPC: what would `pulumi up` create, update, replace?
 * It knows one provider, Google's, as far as Cloud SQL is concerned.
 */
export class FakeEngine {
  readonly cloud = new CloudSql();
  readonly state = new Map<string, Known>();
  readonly #server = new grpc.Server();
  #address = '';
  #deployment = new Deployment(this, {});
  #logged: string[] = [];

  static async start(): Promise<FakeEngine> {
    const engine = new FakeEngine();
    engine.#listen();
    engine.#address = await new Promise((done, failed) => {
      engine.#server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error) failed(error);
        else done(`127.0.0.1:${port}`);
      });
    });
    return engine;
  }

  close(): void {
    this.#server.forceShutdown();
  }

  /** Runs a program as `pulumi up` does; as `pulumi preview` does. Its own errors, and those of the engine, are told. */
  async up(program: () => unknown, how: Up = {}): Promise<Deployed> {
    const { preview = false } = how;
    this.#logged = [];
    this.#deployment = new Deployment(this, how);
    const { runtime } = pulumi;
    settings.resetOptions('shop', 'test', -1, this.#address, this.#address, preview, 'organization');
    // The runtime takes a stack with every promise, which the tests' source maps make dear: most of the time went there.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    let error: string | undefined;
    let outputs: unknown;
    try {
      outputs = await runtime.runInPulumiStack(() => Promise.resolve(program()));
    } catch (thrown) {
      error = thrown instanceof Error ? thrown.message : String(thrown);
    }
    await runtime.disconnect().catch((thrown: unknown) => (error ??= String(thrown)));
    Error.stackTraceLimit = stackTraceLimit;
    error ??= this.#deployment.error;
    if (error === undefined) this.#deployment.removeTheRest();
    error ??= this.#deployment.error;
    const { steps } = this.#deployment;
    return { steps, outputs, logged: this.#logged, ...(error === undefined ? {} : { error }) };
  }

  #listen(): void {
    this.#server.addService(ResourceMonitorService, {
      supportsFeature: answering((request: messages.SupportsFeatureRequest) => {
        const response = new messages.SupportsFeatureResponse();
        response.setHassupport(FEATURES.has(request.getId()));
        return response;
      }),
      registerResource: answering((request: messages.RegisterResourceRequest) => this.#register(request)),
      registerResourceOutputs: answering(() => new Empty()),
      signalAndWaitForShutdown: answering(() => new Empty()),
    });
    this.#server.addService(EngineService, {
      getRootResource: answering(() => new engineMessages.GetRootResourceResponse()),
      setRootResource: answering(() => new engineMessages.SetRootResourceResponse()),
      log: answering((request: engineMessages.LogRequest) => {
        if (request.getSeverity() !== engineMessages.LogSeverity.DEBUG) this.#logged.push(request.getMessage());
        return new Empty();
      }),
    });
  }

  #register(request: messages.RegisterResourceRequest): messages.RegisterResourceResponse {
    const type = request.getType();
    const name = request.getName();
    const asked: Asked = {
      ...{ type, name },
      isCustom: request.getCustom(),
      isProtected: request.getProtect() === true,
      ignored: request.getIgnorechangesList(),
      inputs: plain(request.getObject()?.toJavaScript() ?? {}) as Properties,
    };
    const { id, outputs } = this.#deployment.take(asked);
    const response = new messages.RegisterResourceResponse();
    response.setUrn(`urn:pulumi:test::shop::${type}::${name}`);
    if (asked.isCustom && id !== undefined) response.setId(id);
    response.setObject(Struct.fromJavaScript(outputs as Record<string, never>));
    return response;
  }
}

/** Not in the runtime's types; what `pulumi` itself calls before it runs a program. */
const settings = jest.requireActual<{
  resetOptions(
    ...given: readonly [string, string, number, engine: string, monitor: string, isPreview: boolean, string]
  ): void;
}>('@pulumi/pulumi/runtime/settings');

function answering<Request, Response>(answer: (request: Request) => Response) {
  return (call: { readonly request: Request }, done: grpc.sendUnaryData<Response>): void => {
    try {
      done(null, answer(call.request));
    } catch (error) {
      done({ code: grpc.status.UNKNOWN, message: error instanceof Error ? error.message : String(error) });
    }
  };
}

/** Without the marks of secrets and of unknown values. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if (SECRET in value && 'value' in value) return plain(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}
