import { Gate } from './gate';

/** Who is followed, and over what: a gate of its own, which nobody else uses. */
export class ReplicationLink<Source extends { readonly socket: string | undefined }> {
  readonly source: Source;
  readonly gate: Gate;

  private constructor(source: Source, gate: Gate) {
    this.source = source;
    this.gate = gate;
  }

  static async to<Source extends { readonly socket: string | undefined }>(
    source: Source,
  ): Promise<ReplicationLink<Source>> {
    return new ReplicationLink(source, await Gate.open({ target: () => source.socket }));
  }

  break(): void {
    this.gate.state = 'closed';
    this.gate.drop();
  }

  mend(): void {
    this.gate.state = 'open';
  }

  /** One that is broken on purpose stays so. */
  set isCut(isCut: boolean) {
    if (this.gate.state !== 'closed') this.gate.state = isCut ? 'cut' : 'open';
  }
}
