import type { ChargerFaults } from './faults.ts'

export interface ReplyTarget {
  /** Longest notification the link takes. */
  readonly maxBytes: number
  /** Sends one; resolves when the next may follow. */
  notify(bytes: Buffer): Promise<void>
  /** Resolves when everything handed to the controller has gone out. */
  drained(): Promise<void>
  cut(by: 'link' | 'power'): void
}

/** One reply of the firmware as notifications, split, delayed and cut short as the faults say. */
export async function sendReply(bytes: Buffer, faults: ChargerFaults, target: ReplyTarget): Promise<void> {
  if (faults.replyDelayMs > 0) await wait(faults.replyDelayMs)
  const cut = takeCut(faults, bytes.length)
  const end = cut?.afterBytes ?? bytes.length
  const step = Math.min(faults.replyChunk ?? target.maxBytes, target.maxBytes)
  for (let at = 0; at < end; at += step) {
    if (at > 0 && faults.replyGapMs > 0) await wait(faults.replyGapMs)
    await target.notify(bytes.subarray(at, Math.min(at + step, end)))
  }
  if (cut === null) return
  await target.drained()
  target.cut(cut.by)
}

function takeCut(faults: ChargerFaults, length: number): ChargerFaults['cutReply'] {
  const cut = faults.cutReply
  if (cut === null || cut.afterBytes >= length) return null
  if (cut.times !== undefined) faults.cutReply = cut.times > 1 ? { ...cut, times: cut.times - 1 } : null
  return cut
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
