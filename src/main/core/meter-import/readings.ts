import { formatDecimal, parseDecimal } from '#shared/decimal.ts'
import { parseDateTime, SECOND } from '#shared/time.ts'
import type { Located } from '../meters/index.ts'
import type { ImportRow, Layout } from '../sheet-import.ts'
import { createFind, FIND_REASONS, METER_NAMES, type FindFault } from './find.ts'
import type { ImportParts } from './index.ts'
import { listOf, wrong, type List, type Verdict } from './list.ts'

const TITLES = { meter: '表号', at: '读数时间', value: '读数', note: '备注' } as const
type Column = keyof typeof TITLES

/** What the returned file says; the screens have i18n `meterImport.error.<code>`. */
export const READING_REASONS = {
  ...FIND_REASONS,
  timeInvalid: '时间须写成 2026-03-01 08:30；只写日期即当天 0 点',
  timeFuture: '时间在将来',
  valueInvalid: '读数须为不小于 0 的数，最多四位小数',
  noteTooLong: '备注最多 500 个字',
  twice: '同一块表同一时刻在文件中有两个不同的读数',
  decided: '这一时刻已有人工处理（手工读数、修正、影像或不计），导入不改它',
} as const
type Code = keyof typeof READING_REASONS | FindFault

const LAYOUT: Layout<Column, Code> = {
  titles: TITLES,
  names: {
    meter: METER_NAMES,
    at: ['读数时间', '抄表时间', '时间', '日期', 'readtime', 'time', 'at'],
    value: ['读数', '表读数', '示数', '止码', 'reading', 'value'],
    note: ['备注', '说明', 'note'],
  },
  required: ['meter', 'at', 'value'],
  reasons: READING_REASONS,
}

const SAMPLES = [
  { meter: '202005005292', at: '2026-03-01 08:30', value: '1234.56', note: '现场抄录' },
  { meter: '202005005293', at: '2026-03-01 08:40:00', value: '88', note: '' },
]

interface Plan {
  readonly meterId: string
  /** epoch ms */
  readonly at: number
  readonly value: string
  readonly note: string
}
type Judged = Verdict<Column, Code, Plan>

/** Readings that people took off meters; each is a decision of origin `import` and counts beside the vendor's. */
export const readingList = (parts: ImportParts): List =>
  listOf(parts.ctx, {
    name: '表计读数导入模板',
    layout: LAYOUT,
    samples: SAMPLES,
    judge: () => createJudge(parts),
    enter(plans, { importId, fileName, by }) {
      for (const { note, ...plan } of plans)
        parts.meters.decisions.correct({
          ...plan,
          by,
          reason: note === '' ? fileName : note,
          origin: 'import',
          batch: importId,
        })
    },
  })

/** 2026/3/1 8:30 is how spreadsheets write a time. */
const timeOf = (text: string, zone: number) => parseDateTime(text.replaceAll('/', '-'), zone)

function createJudge(parts: ImportParts): (row: ImportRow<Column>) => Judged {
  const find = createFind(parts.meters)
  const zone = parts.zone()
  const now = parts.ctx.ports.clock.now()
  const seen = new Map<string, number>()
  return ({ given }) => {
    const meter = find(given.meter)
    if (typeof meter === 'string') return wrong('meter', meter)
    const at = timeOf(given.at, zone)
    if (at === null) return wrong('at', 'timeInvalid')
    if (at > now) return wrong('at', 'timeFuture')
    const value = parseDecimal(given.value)
    if (!value?.exact || value.scaled < 0) return wrong('value', 'valueInvalid')
    if (given.note.length > 500) return wrong('note', 'noteTooLong')
    const name = `${meter.key} ${at}`
    const before = seen.get(name)
    if (before !== undefined && before !== value.scaled) return wrong('value', 'twice')
    seen.set(name, value.scaled)
    if (before !== undefined) return { was: {}, outcome: 'same', error: null, plan: null }
    return against(parts, meter, { at, scaled: value.scaled, text: given.value, note: given.note })
  }
}

/** What stands for the instant already decides: nothing, the vendor's or an import's value, or a person's word. */
function against(
  { meters }: ImportParts,
  meter: Located,
  { at, scaled, text, note }: { at: number; scaled: number; text: string; note: string },
): Judged {
  const standing = meters.decisions.standing(meter.key, at / SECOND)
  const was: Record<string, string> =
    standing && standing.value !== null ? { value: formatDecimal(standing.value, standing.digits) } : {}
  if (standing?.value === scaled) return { was, outcome: 'same', error: null, plan: null }
  if (standing && standing.by !== 'vendor' && standing.by !== 'import')
    return { ...wrong('at', 'decided'), was }
  const plan = { meterId: `${meter.source}:${meter.deviceId}`, at, value: text, note }
  return { was, outcome: standing ? 'changed' : 'new', error: null, plan }
}
