import { readClockText, type DeviceClock } from './device-clock.ts'
import { PORT_COUNT, type BusyRule, type PortBank } from './port-bank.ts'
import { signatureOf, type FirmwareVariant } from './variant.ts'

/** 0 done, 1 failed, 2 timestamp refused, 3 signature refused (seed 003 §三 4) */
export type Status = 0 | 1 | 2 | 3

export interface Answer {
  readonly status: Status
  readonly fields: readonly string[]
}

/** How strict this firmware is where the document is silent. */
export interface Rules {
  readonly variant: FirmwareVariant
  readonly jamCode: string
  /** s between a set command's timestamp and the charger's clock */
  readonly toleranceS: number
  /** STIME's timestamp is held against the clock that it is to set: a charger that cannot be set (B-19) */
  readonly stimeChecksClock: boolean
  /** the timestamp is judged before the signature */
  readonly timestampFirst: boolean
  /** 3: minutes must have three digits (B-23) */
  readonly minutesWidth: 0 | 3
  readonly busy: BusyRule
  /** POWEROFF of an idle port (B-27) */
  readonly idleOff: 0 | 1
  readonly blink: 'both' | 'LEDBLINK' | 'BLINK'
}

export interface Board {
  readonly clock: DeviceClock
  readonly ports: PortBank
  /** timestamps accepted since the power came: none is taken twice (B-29) */
  readonly seen: Set<string>
  blinks: number
  /** STIME is answered 0 and forgotten */
  clockStuck: boolean
}

const answer = (status: Status, ...fields: string[]): Answer => ({ status, fields })
const FAILED = answer(1)

/** number of parameters before timestamp and signature */
const SET_COMMANDS: Readonly<Record<string, number>> = { STIME: 1, POWERON: 2, POWEROFF: 1, POWEROFFALL: 0 }

export const isSetCommand = (command: string): boolean => command in SET_COMMANDS

/** null: this firmware does not know the command */
export function answerTo(fields: readonly string[], rules: Rules, board: Board): Answer | null {
  const [command = '', ...rest] = fields
  if (!isSetCommand(command)) return rest.length === 0 ? query(command, rules, board) : FAILED
  if (rest.length !== (SET_COMMANDS[command] ?? 0) + 2) return FAILED
  const refusal = refusalOf(fields, rules, board)
  if (refusal !== 0) return answer(refusal)
  const status = change(command, rest, rules, board)
  const timestamp = fields.at(-2) ?? ''
  if (status === 0) board.seen.add(timestamp)
  return answer(status)
}

function query(command: string, { blink }: Rules, board: Board): Answer | null {
  if (command === 'QTIME') return answer(0, board.clock.text)
  if (command === 'STA') return answer(0, ...portFields(board.ports))
  if (command !== 'LEDBLINK' && command !== 'BLINK') return null
  if (blink !== 'both' && blink !== command) return null
  board.blinks++
  return answer(0)
}

const portFields = (ports: PortBank): string[] =>
  Array.from({ length: PORT_COUNT }, (_, i) => `${i + 1}${String(ports.minutes(i + 1)).padStart(3, '0')}`)

function refusalOf(fields: readonly string[], rules: Rules, board: Board): 0 | 2 | 3 {
  const signature = signatureOf(fields.slice(0, -1), rules.jamCode, rules.variant.sigCase)
  const badSignature = signature === fields.at(-1) ? 0 : 3
  const badTimestamp = timestampHolds(fields, rules, board) ? 0 : 2
  return rules.timestampFirst ? badTimestamp || badSignature : badSignature || badTimestamp
}

function timestampHolds(fields: readonly string[], rules: Rules, board: Board): boolean {
  const text = fields.at(-2) ?? ''
  const at = rules.variant.tsFormat === 'ymd12' ? readClockText(text) : unixOf(text)
  if (at === null || board.seen.has(text)) return false
  const [command, time = ''] = fields
  const own = command !== 'STIME' || rules.stimeChecksClock ? board.clock.time : (readClockText(time) ?? at)
  return Math.abs(at - own) <= rules.toleranceS * 1000
}

const unixOf = (text: string): number | null => (/^\d{10}$/.test(text) ? Number(text) * 1000 : null)

function change(command: string, [first = '', second = '']: string[], rules: Rules, board: Board): 0 | 1 {
  if (command === 'STIME') return setClock(first, board)
  if (command === 'POWEROFFALL') {
    board.ports.stopAll()
    return 0
  }
  if (!/^[1-4]$/.test(first)) return 1
  if (command === 'POWERON') return powerOn(Number(first), second, rules, board)
  const wasOn = board.ports.isOn(Number(first))
  board.ports.stop(Number(first))
  return wasOn ? 0 : rules.idleOff
}

function setClock(text: string, board: Board): 0 | 1 {
  const at = readClockText(text)
  if (at === null) return 1
  if (!board.clockStuck) board.clock.set(at)
  return 0
}

function powerOn(port: number, minutes: string, rules: Rules, { ports }: Board): 0 | 1 {
  const readable = rules.minutesWidth === 3 ? /^\d{3}$/ : /^\d{1,3}$/
  return readable.test(minutes) && ports.start(port, Number(minutes), rules.busy) ? 0 : 1
}
