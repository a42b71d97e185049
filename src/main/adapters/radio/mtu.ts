import type { Clock } from '#core/ports.ts'
import type { Gatt } from './noble-types.ts'

const ATT_CHANNEL = 0x0004
const ERROR = 0x01
const MTU_REQUEST = 0x02
const INVALID_PDU = 0x04
/** Error Response: Exchange MTU Request, handle 0, Request Not Supported */
const NOT_SUPPORTED = Buffer.from([ERROR, MTU_REQUEST, 0, 0, 0x06])

/**
 * noble asks for a larger MTU unasked, and waits for ever when a module answers "invalid PDU" or nothing; all later
 * questions wait behind it (ble.md §5.8). Both mean "no": the link stays at 23 bytes. Returns how to stop.
 */
export function guardMtu(gatt: Gatt, clock: Clock, ms: number): () => void {
  const { _aclStream: stream } = gatt
  const timer = new AbortController()
  const over = () => {
    timer.abort()
    stream.removeListener('data', looked)
    gatt.removeListener('mtu', over)
  }
  const refuse = () => {
    over()
    gatt.onAclStreamData(ATT_CHANNEL, NOT_SUPPORTED)
  }
  const looked = (channel: unknown, data: unknown) => {
    if (channel === ATT_CHANNEL && Buffer.isBuffer(data) && isInvalidMtu(data)) refuse()
  }
  gatt.on('mtu', over)
  stream.on('data', looked)
  clock.sleep(ms, timer.signal).then(refuse, () => undefined)
  return over
}

const isInvalidMtu = (data: Buffer): boolean =>
  data.length === 5 && data[0] === ERROR && data[1] === MTU_REQUEST && data[4] === INVALID_PDU
