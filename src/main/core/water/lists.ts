import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { AreaHandlers } from '../context.ts'
import { maskPhone } from '../redact.ts'
import type { HistoryDatabase } from '../store/store.ts'
import type { SqlValue } from '../ports.ts'
import type { Freshness } from './freshness.ts'
import type { WaterList, WaterRows } from './shapes.ts'

type Lists = Pick<
  AreaHandlers<'water'>,
  | 'water.flows'
  | 'water.costs'
  | 'water.operations'
  | 'water.schedules'
  | 'water.readings'
  | 'water.payments'
  | 'water.words'
>

interface Paging {
  readonly offset?: number | undefined
  readonly limit?: number | undefined
}

/** One condition with its values; nothing where nothing was asked for. */
type Where = readonly [sql: string, ...values: SqlValue[]] | null

export const exactly = (column: string, value: string | undefined): Where =>
  value === undefined || value === '' ? null : [`${column} = ?`, value]

/** part of a name or a place: these are no codes */
const holding = (column: string, value: string | undefined): Where =>
  value === undefined || value === '' ? null : [`instr(lower(${column}), ?) > 0`, value.toLowerCase()]

export const ofMembers = (
  kind: 'flows' | 'costs' | 'collector',
  column: string,
  value: string | undefined,
): Where =>
  value === undefined || value === ''
    ? null
    : [`${column} IN (SELECT code FROM water_member WHERE kind = ? AND value = ?)`, kind, value]

const within = ({
  start_time,
  end_time,
}: {
  start_time?: number | undefined
  end_time?: number | undefined
}) => [
  start_time === undefined ? null : (['at >= ?', start_time] as const),
  end_time === undefined ? null : (['at < ?', end_time] as const),
]

/** Rows of readings do not say whose they are: the accounts of a meter stand in payments and jobs (W-15). */
const ofAccount = (user: string | undefined): Where =>
  user === undefined || user === ''
    ? null
    : [
        `device_code IN (SELECT device_code FROM water_record
         WHERE dataset IN ('payments', 'schedules') AND user_code = ?)`,
        user,
      ]

export const NEWEST = 'at IS NULL, at DESC, key'
/** What a status says in as many words as there are servers (W-29). */
export const FAILED = `(instr(word, '失败') > 0 OR instr(word, '超时') > 0 OR instr(word, '异常') > 0
  OR instr(lower(word), 'fail') > 0 OR instr(lower(word), 'error') > 0)`
const isFailed = (word: string) => /失败|超时|异常|fail|error/i.test(word)

/** Pages over one list as it is held, in an order that does not move. */
export function pager(db: HistoryDatabase) {
  const sqlOf = (list: WaterList, where: readonly Where[]) => {
    const given = where.filter((one) => one !== null)
    const sql = ['dataset = ?', ...given.map(([text]) => text)].join(' AND ')
    return { sql, values: [list, ...given.flatMap(([, ...values]) => values)] as SqlValue[] }
  }
  const count = (list: WaterList, where: readonly Where[]) => {
    const { sql, values } = sqlOf(list, where)
    return (
      db.statement<{ n: number }>(`SELECT count(*) AS n FROM water_record WHERE ${sql}`).get(...values)?.n ??
      0
    )
  }
  return {
    count,
    page<L extends WaterList>(
      list: L,
      where: readonly Where[],
      { offset = 0, limit }: Paging,
      order = NEWEST,
    ) {
      const { sql, values } = sqlOf(list, where)
      const rows = db
        .statement<{ body: string }>(
          `SELECT body FROM water_record WHERE ${sql} ORDER BY ${order} LIMIT ? OFFSET ?`,
        )
        .all(...values, limit ?? DEFAULT_LIMIT, offset)
        .map(({ body }) => JSON.parse(body) as WaterRows[L])
      return { total: count(list, where), rows }
    },
  }
}

const ownUsage = (row: WaterRows['readings']) => ({
  ...row,
  latest_31_day_usage: row.latest_31_day_usage && [...row.latest_31_day_usage],
})

export const masked = <R extends { readonly phone_number: string }>(row: R): R => ({
  ...row,
  phone_number: row.phone_number === '' ? '' : maskPhone(row.phone_number),
})

/** The lists of the vendor from the files, codes filtered exactly (W-08). */
export function createLists(db: HistoryDatabase, state: Freshness): Lists {
  const { page } = pager(db)
  const asOf = asOfOf(state)
  return {
    'water.flows': (_, input) => {
      const where = [
        ofMembers('flows', 'device_code', input.region_id),
        exactly('device_code', input.device_code),
        exactly('word', input.watch_status),
      ]
      return { ...page('flows', where, input), ...asOf('flows') }
    },
    'water.costs': (_, input) => {
      const where = [
        ofMembers('costs', 'user_code', input.region_id),
        exactly('user_code', input.user_code),
        holding('name', input.user_name),
      ]
      const order = input.sort === 'arrears_balance' ? 'amount IS NULL, amount DESC, key' : 'user_code'
      const { total, rows } = page('costs', where, input, order)
      return { total, rows: rows.map(masked), ...asOf('costs') }
    },
    'water.operations': (_, input) => {
      const where = [
        exactly('word', input.opt_type),
        exactly('device_code', input.device_code),
        exactly('place', input.ip_address),
      ]
      return { ...page('operations', where, input), ...asOf('operations') }
    },
    ...createJobList(db, state),
    ...createHistories(db, state),
    'water.words': (_, { list }) => ({
      rows: db
        .statement<{ word: string; count: number }>(
          `SELECT word, count(*) AS count FROM water_record WHERE dataset = ? AND word <> ''
           GROUP BY word ORDER BY count DESC, word LIMIT 100`,
        )
        .all(list),
    }),
  }
}

const asOfOf = (state: Freshness) => (list: WaterList) => ({ asOf: state.completeAt('water', list) })

function createJobList(db: HistoryDatabase, state: Freshness): Pick<Lists, 'water.schedules'> {
  const { page, count } = pager(db)
  const asOf = asOfOf(state)
  return {
    'water.schedules': (_, input) => {
      const where = [
        ofMembers('collector', 'device_code', input.coll_code),
        exactly('device_code', input.watcher_num),
        exactly('word', input.status),
      ]
      const asked = input.failed === undefined ? null : ([input.failed ? FAILED : `NOT ${FAILED}`] as const)
      const { total, rows } = page('schedules', [...where, asked], input, `NOT ${FAILED}, ${NEWEST}`)
      return {
        total,
        rows: rows.map((row) => ({ ...row, failed: isFailed(row.execution_status) })),
        failed: count('schedules', [...where, [FAILED]]),
        ...asOf('schedules'),
      }
    },
  }
}

function createHistories(
  db: HistoryDatabase,
  state: Freshness,
): Pick<Lists, 'water.readings' | 'water.payments'> {
  const { page } = pager(db)
  const asOf = asOfOf(state)
  return {
    'water.readings': (_, input) => {
      const where = [
        exactly('device_code', input.device_code),
        ofAccount(input.user_code),
        holding('name', input.username),
        holding('place', input.address),
        ...within(input),
      ]
      const { total, rows } = page('readings', where, input)
      return { total, rows: rows.map(ownUsage), ...asOf('readings') }
    },
    'water.payments': (_, input) => {
      const where = [
        exactly('device_code', input.device_code),
        exactly('user_code', input.user_code),
        holding('name', input.username),
        holding('place', input.address),
        ...within(input),
      ]
      return { ...page('payments', where, input), ...asOf('payments') }
    },
  }
}
