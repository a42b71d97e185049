import { NO_OWN, type Located, type Own, type Texts } from '../meters/index.ts'
import type { ImportRow, Layout } from '../sheet-import.ts'
import { createFind, FIND_REASONS, METER_NAMES, type FindFault } from './find.ts'
import type { ImportParts } from './index.ts'
import { listOf, wrong, type List, type Verdict } from './list.ts'

const TITLES = {
  meter: '表号',
  name: '名称',
  place: '位置',
  house: '房号',
  user: '用户',
  digits: '表盘位数',
} as const
type Column = keyof typeof TITLES
type Field = Exclude<Column, 'meter'>

/** What the returned file says; the screens have i18n `meterImport.error.<code>`. */
export const ATTRIBUTE_REASONS = {
  ...FIND_REASONS,
  nothing: '除表号外没有填写任何一列',
  tooLong: '最多 200 个字',
  digitsInvalid: '表盘位数（整数位）须为 3–9',
  meterTwice: '同一块表在文件中出现两次',
} as const
type Code = keyof typeof ATTRIBUTE_REASONS | FindFault

const LAYOUT: Layout<Column, Code> = {
  titles: TITLES,
  names: {
    meter: METER_NAMES,
    name: ['名称', '表名', 'name'],
    place: ['位置', '安装位置', '地址', 'place'],
    house: ['房号', '门牌', '房间', 'house'],
    user: ['用户', '用户名', '户名', 'user'],
    digits: ['表盘位数', '位数', 'digits'],
  },
  required: ['meter'],
  reasons: ATTRIBUTE_REASONS,
}

const SAMPLES = [
  { meter: '202005005292', name: '', place: '东区7栋', house: '701', user: '张三', digits: '6' },
  // a hyphen: what the vendor says counts again
  { meter: '202005005293', name: '-', place: '', house: '702', user: '', digits: '' },
]

/** Takes back what was entered: the vendor's text counts again. */
const CLEAR = '-'
const TEXTS = ['name', 'place', 'house', 'user'] as const
const stored = (field: Field) => (field === 'user' ? ('user_name' as const) : field)

interface Plan {
  readonly meter: Located
  readonly before: Own
  readonly after: Own
}
type Judged = Verdict<Column, Code, Plan>

/** What people know of meters better than the vendor: place, user, how many digits a register has. */
export function attributeList(parts: ImportParts): List {
  const { site, history } = parts.ctx.store
  const { attributes } = parts.meters
  const note = site.statement(
    'INSERT INTO meter_attribute_change (import, source, device_id, before, after) VALUES (?, ?, ?, ?, ?)',
  )
  return listOf(parts.ctx, {
    name: '表计资料导入模板',
    layout: LAYOUT,
    samples: SAMPLES,
    judge: () => createJudge(parts),
    enter(plans, { importId, by }) {
      for (const { meter, before, after } of plans) {
        attributes.set(meter, after, by)
        note.run(importId, meter.source, meter.deviceId, JSON.stringify(before), JSON.stringify(after))
      }
    },
    entered: (plans) =>
      history.write(() =>
        attributes.follow(
          plans.map(({ meter }) => meter.key),
          plans.filter(({ before, after }) => before.digits !== after.digits).map(({ meter }) => meter.key),
        ),
      ),
  })
}

function createJudge({ meters }: ImportParts): (row: ImportRow<Column>) => Judged {
  const find = createFind(meters)
  const seen = new Set<number>()
  return ({ given }) => {
    const meter = find(given.meter)
    if (typeof meter === 'string') return wrong('meter', meter)
    if (seen.has(meter.key)) return wrong('meter', 'meterTwice')
    seen.add(meter.key)
    if (Object.values(given).filter((text) => text !== '').length < 2) return wrong('name', 'nothing')
    const long = TEXTS.find((field) => given[field].length > 200)
    if (long) return wrong(long, 'tooLong')
    if (given.digits !== '' && given.digits !== CLEAR && !/^[3-9]$/.test(given.digits))
      return wrong('digits', 'digitsInvalid')
    const before = meters.attributes.own(meter)
    const after = changedOwn(given, before, meters.attributes.texts(meter.key))
    const fields = (Object.keys(NO_OWN) as (keyof Own)[]).filter((field) => after[field] !== before[field])
    if (fields.length === 0) return { was: {}, outcome: 'same', error: null, plan: null }
    const isNew = Object.values(before).every((value) => value === null)
    return {
      was: wasOf(meters.attributes.texts(meter.key), before),
      outcome: isNew ? 'new' : 'changed',
      error: null,
      plan: { meter, before, after },
    }
  }
}

/** An empty cell says nothing; what counts already need not be entered again. */
function changedOwn(given: ImportRow<Column>['given'], before: Own, texts: Texts | null): Own {
  const after: { -readonly [K in keyof Own]: Own[K] } = { ...before }
  for (const field of TEXTS) {
    const text = given[field]
    if (text === CLEAR) after[stored(field) as keyof Texts] = null
    else if (text !== '' && text !== texts?.[stored(field) as keyof Texts])
      after[stored(field) as keyof Texts] = text
  }
  if (given.digits === CLEAR) after.digits = null
  else if (given.digits !== '') after.digits = Number(given.digits)
  return after
}

const wasOf = (texts: Texts | null, { digits }: Own): Record<string, string> => ({
  name: texts?.name ?? '',
  place: texts?.place ?? '',
  house: texts?.house ?? '',
  user: texts?.user_name ?? '',
  digits: digits === null ? '' : String(digits),
})
