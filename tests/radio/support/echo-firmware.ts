import type { Firmware } from '../air/index.ts'

const AMPERSAND = 0x26

/** Sends each command back when its `&` is in, however the writes were cut: enough to test the radio itself. */
export function echoFirmware(): Firmware {
  let waiting: number[] = []
  return {
    receive(bytes, reply) {
      for (const byte of bytes) {
        waiting.push(byte)
        if (byte !== AMPERSAND) continue
        reply(Uint8Array.from(waiting))
        waiting = []
      }
    },
    powerCut() {
      waiting = []
    },
  }
}
