import { isUnderstudyError, UnderstudyError } from '../../topology';
import type { NamesToMake } from '../adapters/aws';
import { runbookSettingsSchema } from '../contract';
import { log } from './invocation';

/** What CloudFormation sends, so far as it is read here. All values of properties are texts. */
export interface ResourceRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly ResourceProperties: {
    /** JSON of the endpoints. */
    readonly Endpoints: string;
    readonly Writer: PlaceProperty;
    readonly Reader: PlaceProperty;
  };
}

interface PlaceProperty {
  readonly Identifier: string;
  readonly Region: string;
  /** `true`: the identifier is that of a cluster. */
  readonly IsCluster?: string;
}

type Make = (names: NamesToMake) => Promise<readonly string[]>;

/** CloudFormation waits an hour for an answer that does not come. */
const TRIES = 3;

/**
 * A Lambda function that makes names which are not there, when CloudFormation creates or changes their list.
 *
 * It always answers: what goes wrong is the reason that the deployment shows.
 */
export function makingNames(make: Make): (request: ResourceRequest) => Promise<void> {
  return async (request) => {
    const { StackId, RequestId, LogicalResourceId } = request;
    // Never another: to CloudFormation, that would be another resource, and the old one to be deleted.
    const PhysicalResourceId = `understudy-${LogicalResourceId}`;
    const answer = { StackId, RequestId, LogicalResourceId, PhysicalResourceId };
    await respond(request.ResponseURL, { ...answer, ...(await outcomeOf(request, make)) });
  };
}

type Outcome = { readonly Status: 'SUCCESS' } | { readonly Status: 'FAILED'; readonly Reason: string };

async function outcomeOf(request: ResourceRequest, make: Make): Promise<Outcome> {
  try {
    const made = request.RequestType === 'Delete' ? [] : await make(namesIn(request));
    log({ what: 'names', made });
    return { Status: 'SUCCESS' };
  } catch (error) {
    const Reason = isUnderstudyError(error) ? error.message : `a defect: ${String(error)}`;
    log({ what: 'names', problem: Reason });
    return { Status: 'FAILED', Reason };
  }
}

function namesIn({ ResourceProperties: { Endpoints, Writer, Reader } }: ResourceRequest): NamesToMake {
  const place = ({ Identifier, Region, IsCluster }: PlaceProperty): NamesToMake['writer'] => ({
    identifier: Identifier,
    region: Region,
    ...(IsCluster === 'true' ? { isCluster: true } : {}),
  });
  return {
    endpoints: runbookSettingsSchema.shape.endpoints.parse(JSON.parse(Endpoints)),
    writer: place(Writer),
    reader: place(Reader),
  };
}

/** Not tried live: that the address takes a body without a type, as CDK's own providers send it. */
async function respond(url: string, answer: object): Promise<void> {
  for (let left = TRIES - 1; ; left -= 1) {
    const { ok } = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': '' },
      body: Buffer.from(JSON.stringify(answer)),
    }).catch(() => ({ ok: false }));
    if (ok) return;
    if (left > 0) continue;
    throw new UnderstudyError(
      'answer-not-taken',
      'CloudFormation does not take the answer; allowed: its own address, for an hour; fix: see whether this function has a way out',
      { family: 'unknown' },
    );
  }
}
