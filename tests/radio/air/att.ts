import type { Gatt } from './bleno.ts'
import type { ChargerFaults } from './faults.ts'

/** ATT opcodes and error codes (volume 3, part F, §3.4). */
const ATT = { exchangeMtuRequest: 0x02, prepareWriteRequest: 0x16, executeWriteRequest: 0x18 } as const
const ERROR = { invalidPdu: 0x04, requestNotSupported: 0x06 } as const

/** Default ATT MTU of a link before, or without, an exchange. */
const DEFAULT_MTU = 23

/** Puts the module's habits before bleno's ATT server, which is more able than most modules. */
export function limitAtt(gatt: Gatt, mtu: number, faults: ChargerFaults): void {
  gatt.maxMtu = mtu
  const { _connections: connections } = gatt
  const handle = gatt.handleRequest.bind(gatt)
  gatt.handleRequest = (request, connection) => {
    const limit = connections.get(connection)?.mtu ?? DEFAULT_MTU
    // a PDU longer than the MTU has no place in the module's buffer
    if (faults.deaf || request.length > limit) return
    const opcode = request.readUInt8(0)
    const error = refusal(opcode, faults)
    if (error === 'none') return
    if (error === null) handle(request, connection)
    else gatt.send(gatt.errorResponse(opcode, 0, error), connection)
  }
}

function refusal(opcode: number, faults: ChargerFaults): number | 'none' | null {
  if (opcode === ATT.exchangeMtuRequest) return MTU_ANSWERS[faults.mtuAnswer]
  const long = opcode === ATT.prepareWriteRequest || opcode === ATT.executeWriteRequest
  return long && !faults.longWrites ? ERROR.requestNotSupported : null
}

const MTU_ANSWERS = {
  normal: null,
  notSupported: ERROR.requestNotSupported,
  invalidPdu: ERROR.invalidPdu,
  none: 'none',
} as const
