import { PACKET } from './hci.ts'

/** H4 header after the packet indicator: its bytes, and where and how wide the length of the rest stands. */
const HEADERS = new Map<number, { bytes: number; lengthAt: number; wide: boolean }>([
  [PACKET.command, { bytes: 3, lengthAt: 2, wide: false }],
  [PACKET.acl, { bytes: 4, lengthAt: 2, wide: true }],
  [PACKET.sco, { bytes: 3, lengthAt: 2, wide: false }],
  [PACKET.event, { bytes: 2, lengthAt: 1, wide: false }],
])

/** Cuts a byte stream into H4 packets; throws on an unknown indicator, after which nothing can be trusted. */
export class H4Reader {
  private rest: Buffer = Buffer.alloc(0)

  push(chunk: Buffer): Buffer[] {
    this.rest = Buffer.concat([this.rest, chunk])
    const packets: Buffer[] = []
    for (;;) {
      const length = packetLength(this.rest)
      if (length === null || this.rest.length < length) return packets
      packets.push(this.rest.subarray(0, length))
      this.rest = this.rest.subarray(length)
    }
  }
}

/** Null while the header is not complete. */
function packetLength(bytes: Buffer): number | null {
  if (bytes.length === 0) return null
  const type = bytes.readUInt8(0)
  const header = HEADERS.get(type)
  if (header === undefined) throw new Error(`not an H4 packet: indicator 0x${type.toString(16)}`)
  if (bytes.length < 1 + header.bytes) return null
  const at = 1 + header.lengthAt
  return 1 + header.bytes + (header.wide ? bytes.readUInt16LE(at) : bytes.readUInt8(at))
}
