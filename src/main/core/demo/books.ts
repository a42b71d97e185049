import type { ZoneOffset } from '#shared/time.ts'
import type { CoreContext, DemoBooks } from '../context.ts'
import type { SqlValue } from '../ports.ts'
import type { SiteDatabase } from '../store/store.ts'

/** The demo's charging business, into books that nobody has written in. */
export async function writeBooks(
  { options, store: { site }, ports: { clock } }: CoreContext,
  zone: ZoneOffset,
): Promise<void> {
  const { demoSite } = options
  if (!demoSite || !isEmpty(site)) return
  const books = demoSite.books(clock.now(), zone)
  await site.write(() => write(site, books))
}

const isEmpty = (site: SiteDatabase): boolean =>
  ['user_info', 'manager_info', 'order_info', 'profession_info'].every(
    (table) => site.statement(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined,
  )

type Row = Readonly<Record<string, SqlValue>>

function write(site: SiteDatabase, books: DemoBooks): void {
  insert(site, 'profession_info', books.professions)
  insert(site, 'manager_info', books.managers)
  insert(site, 'user_info', books.users)
  insert(
    site,
    'wx_info',
    books.logins.map(({ at, ...login }) => ({ ...login, insertTime: at, updateTime: at })),
  )
  insert(site, 'black_user_info', books.blacklist)
  insert(site, 'cashout_info', books.cashOuts)
  insert(site, 'order_info', books.orders)
  insert(site, 'order_pay_info', books.payments)
  insert(site, 'pmoney_charge_pay', books.purchases)
  insert(
    site,
    'pmoney_charge_info',
    books.purchases.flatMap(({ payId, user, pmoney, payTime }) =>
      payTime === null ? [] : [{ payId, user, pmoney, payTime }],
    ),
  )
  insert(site, 'pmoney_gift_info', books.gifts)
  const bind = site.statement(
    'UPDATE device_info SET manager = ?, unitPrice = ?, chargeFlag = ?, addTime = ? WHERE deviceCode = ?',
  )
  for (const { manager, unitPrice, chargeFlag, addTime, deviceCode } of books.devices)
    bind.run(manager, unitPrice, chargeFlag, addTime, deviceCode)
  const report = site.statement(
    'UPDATE device_info SET portState = ?, portStateTime = ? WHERE deviceCode = ?',
  )
  for (const { portState, portStateTime, deviceCode } of books.reports)
    report.run(portState, portStateTime, deviceCode)
}

/** All rows of a table have the same columns. */
function insert(site: SiteDatabase, table: string, rows: readonly Row[]): void {
  const [first] = rows
  if (!first) return
  const columns = Object.keys(first)
  const marks = columns.map(() => '?').join(', ')
  const statement = site.statement(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`)
  for (const row of rows) statement.run(...columns.map((column) => row[column] ?? null))
}
