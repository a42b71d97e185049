import { PORTS } from '#shared/chargers.ts'
import type { ChargerWarning } from '#shared/charger-reasons.ts'
import type { PortState } from '#shared/contract/chargers.ts'
import { MOST_MINUTES, type CommandName } from './frame.ts'

/** Tolerant reading of replies (spec §3.1, B-12 … B-16, B-32). */
export interface Reply {
  /** as it came */
  readonly text: string
  /** 0 done, 1 failed, 2 timestamp refused, 3 signature refused; other digits are possible */
  readonly status: number
  readonly fields: readonly string[]
  readonly warnings: readonly ChargerWarning[]
}

const BLANKS = /^[\s\0]+|[\s\0]+$/g
const FIELD = /^[\x21-\x25\x27-\x3f\x41-\x7b\x7d\x7e]+$/

/** `@OK|status|field…&`; null: that is no reply. `OK` is a prefix, the digit is the status. */
export function readReply(text: string): Reply | null {
  const m = /^@([^@&]*)&$/.exec(text.replaceAll(BLANKS, ''))
  if (!m) return null
  const [ok = '', status = '', ...fields] = (m[1] ?? '').split('|').map((part) => part.replaceAll(BLANKS, ''))
  const digits = status.replaceAll(/o/gi, '0')
  if (!/^[o0]k$/i.test(ok) || !/^\d{1,3}$/.test(digits)) return null
  if (!fields.every((field) => FIELD.test(field))) return null
  const warnings: ChargerWarning[] = []
  if (ok.startsWith('0')) warnings.push('okMisspelt')
  if (digits !== status) warnings.push('statusMisspelt')
  return { text, status: Number(digits), fields, warnings }
}

/** Whether a success carries what this command's success carries (B-10); a failure carries nothing to check. */
export function fits(command: CommandName, { status, fields }: Reply): boolean {
  if (status !== 0) return true
  if (command === 'QTIME') return fields.length === 1 && /^\d{12}$/.test(fields[0] ?? '')
  if (command === 'STA') return readPorts(fields) !== null
  return fields.length === 0
}

/** Ports as a reply to STA names them. */
export interface PortReading {
  readonly ports: PortState[]
  readonly warnings: ChargerWarning[]
  /** as `reportDevicePort` packs them, by port (U-17) */
  readonly packed: string
}

const PMMM = /^([1-4])(\d{3})$/

/** Any order, each port once; fewer than four leave the others unknown (B-13). Null: no answer to STA. */
export function readPorts(fields: readonly string[]): PortReading | null {
  const left = new Map<number, string>()
  for (const field of fields) {
    const m = PMMM.exec(field)
    const port = Number(m?.[1])
    if (!m || left.has(port)) return null
    left.set(port, m[2] ?? '')
  }
  if (left.size === 0) return null
  const ports = PORTS.map((port) => portOf(port, left.get(port)))
  const warnings: ChargerWarning[] = []
  if (left.size < PORTS.length) warnings.push('portsMissing')
  if (ports.some(({ minutes }) => (minutes ?? 0) > MOST_MINUTES)) warnings.push('minutesOverLimit')
  const packed = PORTS.map((port) => (left.has(port) ? `${port}${left.get(port)}` : '')).join('')
  return { ports, warnings, packed }
}

/** 000 is free, 999 is broken and no duration (B-14, B-15). */
function portOf(port: number, left: string | undefined): PortState {
  if (left === undefined) return { port, state: 'unknown', minutes: null }
  if (left === '999') return { port, state: 'broken', minutes: null }
  const minutes = Number(left)
  return minutes === 0 ? { port, state: 'free', minutes: null } : { port, state: 'charging', minutes }
}
