/** HCI packets as the Bluetooth Core specification (volume 4, part E) lays them out; numbers are little-endian. */

/** H4 packet indicator, the first byte of every packet here (volume 4, part A, §2). */
export const PACKET = { command: 0x01, acl: 0x02, sco: 0x03, event: 0x04 } as const

/** Opcode Group Field << 10 | Opcode Command Field. */
export const OPCODE = {
  disconnect: 0x0406,
  setEventMask: 0x0c01,
  reset: 0x0c03,
  readLeHostSupport: 0x0c6c,
  writeLeHostSupport: 0x0c6d,
  readLocalVersion: 0x1001,
  readLocalSupportedCommands: 0x1002,
  readBufferSize: 0x1005,
  readBdAddr: 0x1009,
  readRssi: 0x1405,
  leSetEventMask: 0x2001,
  leReadBufferSize: 0x2002,
  leReadLocalSupportedFeatures: 0x2003,
  leSetAdvertisingParameters: 0x2006,
  leSetAdvertisingData: 0x2008,
  leSetScanResponseData: 0x2009,
  leSetAdvertisingEnable: 0x200a,
  leSetScanParameters: 0x200b,
  leSetScanEnable: 0x200c,
  leCreateConnection: 0x200d,
  leCreateConnectionCancel: 0x200e,
  leConnectionUpdate: 0x2013,
} as const

export const EVENT = {
  disconnectionComplete: 0x05,
  commandComplete: 0x0e,
  commandStatus: 0x0f,
  numberOfCompletedPackets: 0x13,
  dataBufferOverflow: 0x1a,
  leMeta: 0x3e,
} as const

export const LE_EVENT = {
  connectionComplete: 0x01,
  advertisingReport: 0x02,
  connectionUpdateComplete: 0x03,
} as const

/** Volume 1, part F: error codes. */
export const STATUS = {
  success: 0x00,
  unknownCommand: 0x01,
  unknownConnection: 0x02,
  connectionTimeout: 0x08,
  connectionLimit: 0x09,
  connectionExists: 0x0b,
  commandDisallowed: 0x0c,
  invalidParameters: 0x12,
  remoteUserTerminated: 0x13,
  localHostTerminated: 0x16,
  failedToEstablish: 0x3e,
} as const

/** ACL packet boundary flag (§5.4.2): hosts start with 0, controllers start with 2, both go on with 1. */
export const BOUNDARY = { hostStart: 0x00, continuing: 0x01, controllerStart: 0x02 } as const

/** LE Read Buffer Size: eight packets of 27 bytes, what small controllers have. */
export const BUFFER = { bytes: 27, packets: 8 } as const

export function event(code: number, parameters: Buffer): Buffer {
  return Buffer.concat([Buffer.from([PACKET.event, code, parameters.length]), parameters])
}

export function leEvent(subevent: number, parameters: Buffer): Buffer {
  return event(EVENT.leMeta, Buffer.concat([Buffer.from([subevent]), parameters]))
}

/** Num_HCI_Command_Packets is always 1: every command is answered before the next one is looked at. */
export function commandComplete(opcode: number, status: number, result: Buffer = Buffer.alloc(0)): Buffer {
  return event(
    EVENT.commandComplete,
    Buffer.concat([Buffer.from([1]), u16(opcode), Buffer.from([status]), result]),
  )
}

export function commandStatus(opcode: number, status: number): Buffer {
  return event(EVENT.commandStatus, Buffer.concat([Buffer.from([status, 1]), u16(opcode)]))
}

export function disconnectionComplete(handle: number, reason: number): Buffer {
  return event(
    EVENT.disconnectionComplete,
    Buffer.concat([Buffer.from([0]), u16(handle), Buffer.from([reason])]),
  )
}

export function completedPackets(handle: number, count: number): Buffer {
  return event(EVENT.numberOfCompletedPackets, Buffer.concat([Buffer.from([1]), u16(handle), u16(count)]))
}

export function aclPacket(handle: number, boundary: number, payload: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from([PACKET.acl]),
    u16(handle | (boundary << 12)),
    u16(payload.length),
    payload,
  ])
}

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

/** `aa:bb:cc:dd:ee:ff` as it stands in a packet, least significant byte first; and back. */
export const addressBytes = (address: string) => Buffer.from(address.split(':').toReversed().join(''), 'hex')

export function addressText(bytes: Buffer): string {
  return [...bytes]
    .toReversed()
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join(':')
}
