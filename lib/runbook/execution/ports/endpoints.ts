import type { MemberId, Topology } from '../../../topology';
import type { Obstacle } from '../../decision';
import type { Address } from './fleet';
import type { Procedure } from './procedure';

/** Whom clients find under a name: who takes writes, or somebody to read from. */
export type EndpointRole = 'writer' | 'reader';

/** Where an endpoint is to point. */
export interface Destination {
  readonly topology: Topology;
  readonly member: MemberId;
  readonly address: Address;
}

/** One name by which applications find a database. */
export interface Endpoint {
  /** The same for ever: the journal names it so. */
  readonly id: string;
  readonly role: EndpointRole;
  /** What it says now, as a text that {@link goBack} takes. Bounded. */
  read(): Promise<string>;
  /** Writes it and reads it back. Done when it says what it should. */
  point(to: Destination): Procedure;
  /** Writes what it said before. */
  goBack(to: string): Procedure;
}

/** All names by which applications find the databases. */
export interface Endpoints {
  readonly all: readonly Endpoint[];
  /** What stands in the way of writing them: one cannot be read, or depends on something far away. */
  obstacles(): Promise<readonly Obstacle[]>;
}
