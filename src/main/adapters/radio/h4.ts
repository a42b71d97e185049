/** H4 packet indicators and opcodes (Bluetooth Core, volume 4, parts A and E); numbers are little-endian. */
export const PACKET = { command: 0x01, acl: 0x02, sco: 0x03, event: 0x04, iso: 0x05 } as const
export const EVENT = { commandComplete: 0x0e, commandStatus: 0x0f } as const
export const RESET = 0x0c03

/** After the indicator: bytes of the header, where the length of the rest stands in it, and its mask. */
const HEADERS: ReadonlyMap<number, { bytes: number; at: number; wide: boolean; mask: number }> = new Map([
  [PACKET.command, { bytes: 3, at: 2, wide: false, mask: 0xff }],
  [PACKET.acl, { bytes: 4, at: 2, wide: true, mask: 0xffff }],
  [PACKET.sco, { bytes: 3, at: 2, wide: false, mask: 0xff }],
  [PACKET.event, { bytes: 2, at: 1, wide: false, mask: 0xff }],
  [PACKET.iso, { bytes: 4, at: 2, wide: true, mask: 0x3fff }],
])

/** Cuts a stream into whole packets, the indicator first. Throws on what is no H4: nothing after it can be trusted. */
export class H4Reader {
  #rest: Buffer = Buffer.alloc(0)

  push(chunk: Buffer): Buffer[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const packets: Buffer[] = []
    for (let length = lengthOf(this.#rest); length !== null; length = lengthOf(this.#rest)) {
      packets.push(this.#rest.subarray(0, length))
      this.#rest = this.#rest.subarray(length)
    }
    return packets
  }
}

/** Null while the first packet is not complete. */
function lengthOf(bytes: Buffer): number | null {
  if (bytes.length === 0) return null
  const type = bytes.readUInt8(0)
  const header = HEADERS.get(type)
  if (!header) throw new Error(`no H4 packet: indicator 0x${type.toString(16)}`)
  if (bytes.length < 1 + header.bytes) return null
  const at = 1 + header.at
  const rest = (header.wide ? bytes.readUInt16LE(at) : bytes.readUInt8(at)) & header.mask
  const whole = 1 + header.bytes + rest
  return bytes.length < whole ? null : whole
}
