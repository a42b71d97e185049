import { md5 } from '@noble/hashes/legacy.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { BleProfile } from '#shared/contract/values.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { ZoneOffset } from '#shared/time.ts'
import { clockText } from './clock-text.ts'

/** Strict writing of frames (spec §3.1, B-04 … B-06, B-17, B-23, B-35). */

/** 6 hours (B-23). */
export const MOST_MINUTES = 360

/** Commands of the charger with what they need, checked before a frame is built. */
export type Wish =
  | { readonly command: QueryName }
  | { readonly command: 'STIME' }
  | { readonly command: 'POWEROFFALL' }
  | { readonly command: 'POWEROFF'; readonly port: number }
  | { readonly command: 'POWERON'; readonly port: number; readonly minutes: number }
export type CommandName = Wish['command']

export type QueryName = 'QTIME' | 'STA' | 'LEDBLINK'
const QUERIES: readonly string[] = ['QTIME', 'STA', 'LEDBLINK'] satisfies QueryName[]
export const isQuery = (command: string): command is QueryName => QUERIES.includes(command)

export type Writing = Pick<BleProfile, 'sigCase' | 'tsFormat' | 'minutesWidth' | 'blink'>

/** B-02, B-05, B-06, B-17, B-23: what holds for a charger that nobody has probed. */
export const STANDARD_PROFILE: BleProfile = {
  jamParity: 'one',
  sigCase: 'lower',
  tsFormat: 'unix',
  minutesWidth: 0,
  blink: 'LEDBLINK',
  layout: null,
}

export interface Frame {
  readonly text: string
  /** what was signed, without the jam code; null for a query */
  readonly signed: string | null
}

export const queryFrame = (command: QueryName, profile: Pick<Writing, 'blink'>): Frame => ({
  text: `@${command === 'LEDBLINK' ? profile.blink : command}&`,
  signed: null,
})

export interface Signing {
  readonly profile: Writing
  readonly jamCode: string
  readonly zone: ZoneOffset
  /** seconds since 1970: the timestamp, rising for each charger (B-29) */
  readonly stamp: number
  /** epoch ms: the time that STIME sets */
  readonly at: number
}

/** `@命令|参数1|…|参数n|时间戳|签名&` (S3 L35). */
export function setFrame(wish: Wish, signing: Signing): Frame {
  const parameters = parametersOf(wish, signing)
  const stamp = stampText(signing.stamp, signing.profile.tsFormat, signing.zone)
  const signed = [wish.command, ...parameters, stamp].join('')
  const signature = signatureOf(signed, signing.jamCode, signing.profile.sigCase)
  return { text: `@${[wish.command, ...parameters, stamp, signature].join('|')}&`, signed }
}

/** md5 of everything as it is sent, without separators, and the jam code (B-04). */
export function signatureOf(signed: string, jamCode: string, sigCase: BleProfile['sigCase']): string {
  const hex = bytesToHex(md5(utf8ToBytes(signed + jamCode)))
  return sigCase === 'upper' ? hex.toUpperCase() : hex
}

export const stampText = (stamp: number, format: BleProfile['tsFormat'], zone: ZoneOffset) =>
  format === 'unix' ? String(stamp) : clockText(stamp * 1000, zone)

function parametersOf(wish: Wish, { profile, zone, at }: Signing): string[] {
  switch (wish.command) {
    case 'STIME':
      return [clockText(at, zone)]
    case 'POWERON':
      return [portText(wish.port), minutesText(wish.minutes, profile.minutesWidth)]
    case 'POWEROFF':
      return [portText(wish.port)]
    default:
      return []
  }
}

/** B-35: 1–4, never 0–3. */
export function portText(port: number): string {
  if (Number.isInteger(port) && port >= 1 && port <= 4) return String(port)
  throw new SitedeskError('INVALID_INPUT', 'port: a port is 1, 2, 3 or 4.', { issues: [{ path: 'port' }] })
}

/** B-23 */
export function minutesText(minutes: number, width: number): string {
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES)
    return String(minutes).padStart(width, '0')
  throw new SitedeskError('INVALID_INPUT', `minutes: 1 to ${MOST_MINUTES}.`, {
    issues: [{ path: 'minutes' }],
  })
}
