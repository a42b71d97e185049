/** A host (a socket of the machine, or a TCP client) at a controller. */
export interface HciHost {
  /** A packet from the controller, or a copy of one another host on the same adapter has sent. */
  receive(packet: Buffer): void
  /** The adapter was switched on or off. */
  powerChanged?(up: boolean): void
}

/** What carries HCI packets to a controller: the virtual controller itself, or a connection to one elsewhere. */
export interface HciTransport {
  readonly isUp: boolean
  /** Writing fails with EPERM: a user without CAP_NET_RAW. */
  readonly forbidden: boolean
  attach(host: HciHost): void
  detach(host: HciHost): void
  write(packet: Buffer, from: HciHost): void
}

/** The adapters of a machine: hci0, hci1 …; without a number the first that is up. */
export interface Adapters {
  adapter(id: number | undefined): HciTransport | undefined
}
