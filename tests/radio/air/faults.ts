import type { Refusal } from './controller.ts'

/** What a charger's radio module does wrong. All of it can be changed at any moment. */
export interface ChargerFaults {
  /** Connection attempts it does not take. */
  refuse: Refusal | null
  /** Takes what is written and never replies. */
  silent: boolean
  /** ATT error code to every write with response (0x0e: unlikely error), nothing reaches the firmware. */
  writeError: number | null
  /** What Exchange MTU Request meets: modules differ, and noble sends one unasked on each connection. */
  mtuAnswer: 'normal' | 'notSupported' | 'invalidPdu' | 'none'
  /** Prepare and Execute Write; most transparent UART modules have none. */
  longWrites: boolean
  /** No answer to any ATT request, the link stays up. */
  deaf: boolean
  /** Bytes per notification; the MTU less 3 when null. */
  replyChunk: number | null
  /** Milliseconds before a reply, and between its notifications. */
  replyDelayMs: number
  replyGapMs: number
  /** Ends in the middle of a reply, after so many bytes of it; each time, or `times` times. */
  cutReply: { readonly afterBytes: number; readonly by: 'link' | 'power'; readonly times?: number } | null
}

export const NO_FAULTS: ChargerFaults = {
  refuse: null,
  silent: false,
  writeError: null,
  mtuAnswer: 'normal',
  longWrites: false,
  deaf: false,
  replyChunk: null,
  replyDelayMs: 0,
  replyGapMs: 0,
  cutReply: null,
}
