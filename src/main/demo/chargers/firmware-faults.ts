/** What a charger itself can do wrong; some only for one command. */
export const FIRMWARE_FAULTS = [
  /** the clock is at its initial value again; happens once each time it is switched on */
  'clockLost',
  /** STIME is answered 0, and the clock stays as it was */
  'clockStuck',
  /** the spoilt port (2 unless said otherwise) says 999 */
  'port999',
  /** somebody charges at port 1; when switched off he has gone */
  'busyPort',
  /** set commands are answered 1, nothing is done */
  'commandFailed',
  /** 2, nothing is done */
  'timestampRefused',
  /** 3, nothing is done */
  'badSignature',
  /** nothing is done, no reply */
  'silent',
  /** the command is done, no reply */
  'replyLost',
  /** replies take their time, yet come within the limit */
  'slowReplies',
  /** replies come after the limit, when nobody waits for them any more (B-10) */
  'lateReplies',
  /** the command is done, the reply is none of the document */
  'garbled',
  /** the command is done, the link ends within the reply */
  'dropMidReply',
  /**
   * For so many commands: the command is done, the power goes within the reply and comes back by itself. Until switched
   * off: there is no power at once.
   */
  'powerCut',
] as const
export type FirmwareFault = (typeof FIRMWARE_FAULTS)[number]

/** What stands in for the proper reply. */
export const REFUSING: readonly (readonly [FirmwareFault, 1 | 2 | 3])[] = [
  ['badSignature', 3],
  ['timestampRefused', 2],
  ['commandFailed', 1],
]
