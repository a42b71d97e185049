import { CODE, Refusal } from '#core/charging/refusal.ts'
import type { Slice } from '#core/charging/parts.ts'
import { parseYuan, type Fen } from '#shared/money.ts'
import { DAY, fromCalendar, SECOND, type ZoneOffset } from '#shared/time.ts'
import type { Fields, FieldValue, Forms } from './endpoint.ts'

/** Typed readers of parameters; each refuses with code 3 what is missing or malformed. */

const missing = (name: string) => new Refusal(CODE.parameter, `缺少参数 ${name}`)
const malformed = (name: string) => new Refusal(CODE.parameter, `参数 ${name} 格式错误`)

/** What was sent; an empty value is as good as none (H-06). */
function given(fields: Fields, name: string): Exclude<FieldValue, null> | null {
  const value = fields.get(name)
  if (value === undefined || value === null) return null
  return typeof value === 'string' && value.trim() === '' ? null : value
}

type Reader<T> = (value: Exclude<FieldValue, null>, name: string) => T

function required<T>(read: Reader<T>): (fields: Fields, name: string) => T {
  return (fields, name) => {
    const value = given(fields, name)
    if (value === null) throw missing(name)
    return read(value, name)
  }
}

function optional<T>(read: Reader<T>): (fields: Fields, name: string) => T | undefined {
  return (fields, name) => {
    const value = given(fields, name)
    return value === null ? undefined : read(value, name)
  }
}

/** Text of at most so many UTF-16 units, without control characters and halves of surrogate pairs. */
const textUpTo =
  (most: number): Reader<string> =>
  (value, name) => {
    if (typeof value === 'boolean') throw malformed(name)
    const text = String(value).trim()
    if (text.length > most || /\p{Cc}/u.test(text) || !text.isWellFormed()) throw malformed(name)
    return text
  }

const matching =
  (pattern: RegExp): Reader<string> =>
  (value, name) => {
    const text = textUpTo(4096)(value, name)
    if (!pattern.test(text)) throw malformed(name)
    return text
  }

/** A name of a person, a charger or a bank. */
export const nameText = required(textUpTo(60))
/** A number of ours; one that nobody has is no matter of form (M-14). */
const idText = textUpTo(64)
export const id = required(idText)
export const optionalId = optional(idText)
export const code = required(textUpTo(512))
/** Words of a person. */
export const optionalText = optional(textUpTo(200))

/** D-17 */
const PHONE = matching(/^1\d{10}$/)
export const phone = required(PHONE)
export const optionalPhone = optional(PHONE)
/** D-02 */
const DEVICE_CODE = matching(/^[0-9A-Za-z]{1,8}$/)
export const deviceCode = required(DEVICE_CODE)
export const optionalDeviceCode = optional(DEVICE_CODE)
/** Standard alphabet, padded (U-01). */
export const base64 = required(matching(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/))

/** M-22: spaces between the digits are no part of it. */
export function bankCode(fields: Fields, name: string): string {
  const digits = id(fields, name).replaceAll(/\s+/g, '')
  if (!/^\d{12,19}$/.test(digits)) throw malformed(name)
  return digits
}

const INTEGER: Reader<number> = (value, name) => {
  const number =
    typeof value === 'string' && /^-?\d{1,15}(?:\.0+)?$/.test(value.trim()) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw malformed(name)
  // no negative zero
  return number + 0
}
export const integer = required(INTEGER)
export const optionalInteger = optional(INTEGER)

/** Decimals of a sum that a phone computed in floats: 24.599999999999998 is 24.60. */
const FLOAT_NOISE = /\.\d{2}(?:0{6,}|9{6,})\d*$/

/** Yuan → fen; null: more decimals than money has, so nobody's figure (§6.1). */
const YUAN: Reader<Fen | null> = (value, name) => {
  if (typeof value === 'boolean') throw malformed(name)
  const parsed = parseYuan(value)
  if (parsed === null) throw malformed(name)
  return parsed.exact || FLOAT_NOISE.test(String(value)) ? parsed.fen : null
}
export const yuan = required(YUAN)
export const optionalYuan = optional(YUAN)

/** A page holds so many rows at most (U-12). */
const MOST_ROWS = 1000

function slice(startIndex: number, pageSize: number | undefined): Slice {
  if (startIndex < 0) throw malformed('startIndex')
  if (pageSize !== undefined && pageSize < 1) throw malformed('pageSize')
  return { offset: startIndex, limit: pageSize === undefined ? null : Math.min(pageSize, MOST_ROWS) }
}

/** Both have to be there. */
export const paging = (fields: Fields): Slice =>
  slice(integer(fields, 'startIndex'), integer(fields, 'pageSize'))

/** From the first row, and all of them (U-11). */
export const optionalPaging = (fields: Fields): Slice =>
  slice(optionalInteger(fields, 'startIndex') ?? 0, optionalInteger(fields, 'pageSize'))

/** With the number of an order a page is left aside, or refused where the site is strict (U-11). */
export function pagingBeside(
  orderId: string | undefined,
  fields: Fields,
  { strictPaging }: Pick<Forms, 'strictPaging'>,
): Slice {
  if (orderId === undefined) return optionalPaging(fields)
  const both = given(fields, 'startIndex') !== null || given(fields, 'pageSize') !== null
  if (strictPaging && both) throw new Refusal(CODE.parameter, 'orderId 与 startIndex/pageSize 只能取一')
  return { offset: 0, limit: null }
}

/** A time on the clock of the site, as UTC would have it; the zone is known only when it is asked for. */
type WallTime = number

const MOMENT = /^(\d{4})(?:(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?|-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d):(\d\d))?)$/

/** `yyyyMMddHHmmss`, `yyyyMMdd`, `yyyy-MM-dd[ HH:mm:ss]` (U-11). `ends`: what follows its second, or its day. */
const MOMENT_READER: Reader<{ at: WallTime; ends: WallTime }> = (value, name) => {
  const found = MOMENT.exec(textUpTo(32)(value, name))
  if (!found) throw malformed(name)
  const [year = 0, ...rest] = found
    .slice(1)
    .flatMap((part: string | undefined) => part ?? [])
    .map(Number)
  const [month = 0, day = 0, hour, minute = 0, second = 0] = rest
  const at = fromCalendar({ year, month, day, hour: hour ?? 0, minute, second }, 0)
  // years of fewer digits are another century to the calendar of JavaScript
  if (at === null || year < 1000) throw malformed(name)
  return { at, ends: at + (hour === undefined ? DAY : SECOND) }
}
const optionalMoment = optional(MOMENT_READER)

/** A moment with its time of day. */
export function optionalTime(fields: Fields, name: string): WallTime | undefined {
  const moment = optionalMoment(fields, name)
  if (moment !== undefined && moment.ends - moment.at === DAY) throw malformed(name)
  return moment?.at
}

/** The closed interval `startDate`–`endDate` (U-11); absent ends are open. */
export interface Span {
  readonly from: WallTime | null
  /** exclusive */
  readonly to: WallTime | null
}

export function span(fields: Fields): Span {
  const from = optionalMoment(fields, 'startDate')?.at ?? null
  const to = optionalMoment(fields, 'endDate')?.ends ?? null
  if (from !== null && to !== null && from >= to)
    throw new Refusal(CODE.parameter, 'startDate 不能晚于 endDate')
  return { from, to }
}

/** Epoch ms. */
export const spanIn = ({ from, to }: Span, zone: ZoneOffset): { from?: number; to?: number } => ({
  ...(from !== null && { from: from - zone }),
  ...(to !== null && { to: to - zone }),
})

/** M-03: so many items at most. */
const MOST_ITEMS = 100

/** Items between commas, semicolons or blanks, or a JSON array as text; each once (M-03). */
export function list(fields: Fields, name: string, item: 'phone' | 'deviceCode'): string[] {
  const read = item === 'phone' ? PHONE : DEVICE_CODE
  const text = longText(fields, name)
  const items = [...new Set(split(text, name).map((one) => read(one, name)))]
  if (items.length === 0) throw missing(name)
  if (items.length > MOST_ITEMS) throw new Refusal(CODE.parameter, `参数 ${name} 最多 ${MOST_ITEMS} 项`)
  return items
}

const longText = required(textUpTo(16_384))

function split(text: string, name: string): (string | number)[] {
  if (!text.startsWith('[')) return text.split(/[,，;；\s]+/).filter((one) => one !== '')
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw malformed(name)
  }
  if (!Array.isArray(parsed)) throw malformed(name)
  return parsed.map((one: unknown) => {
    if (typeof one !== 'string' && typeof one !== 'number') throw malformed(name)
    return one
  })
}

const GROUPS = /^[1-4]\d{3}(?:[|,]?[1-4]\d{3}){0,3}[|,]?$/

/** U-17: `1020201030004999`, also with signs between; packed in the order of the ports. */
export function portState(fields: Fields, name: string): string {
  const text = id(fields, name)
  const groups = text.match(/[1-4]\d{3}/g) ?? []
  if (!GROUPS.test(text) || new Set(groups.map(([port]) => port)).size !== groups.length)
    throw malformed(name)
  return groups.toSorted().join('')
}
