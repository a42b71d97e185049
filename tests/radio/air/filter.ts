import { EVENT, PACKET } from './hci.ts'

/** `struct hci_filter` of a raw HCI socket: which packets the kernel hands up. Nothing passes before one is set. */
export class HciFilter {
  private types = 0
  private events: readonly [number, number] = [0, 0]
  private opcode = 0

  set(filter: Buffer): void {
    this.types = filter.readUInt32LE(0)
    this.events = [filter.readUInt32LE(4), filter.readUInt32LE(8)]
    this.opcode = filter.readUInt16LE(12)
  }

  passes(packet: Buffer): boolean {
    const type = packet.readUInt8(0)
    if (!hasBit(this.types, type)) return false
    return type !== PACKET.event || this.passesEvent(packet)
  }

  private passesEvent(packet: Buffer): boolean {
    const code = packet.readUInt8(1)
    if (!hasBit(this.events[code < 32 ? 0 : 1], code % 32)) return false
    if (this.opcode === 0) return true
    if (code === EVENT.commandComplete) return packet.readUInt16LE(4) === this.opcode
    return code !== EVENT.commandStatus || packet.readUInt16LE(5) === this.opcode
  }
}

function hasBit(mask: number, bit: number): boolean {
  return ((mask >>> bit) & 1) === 1
}
