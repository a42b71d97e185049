import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked } from '#shared/contract/index.ts'
import type { SqlValue } from '../ports.ts'
import type { SiteDatabase } from '../store/store.ts'
import type { StoredDevice } from './rows.ts'

const COLUMNS = `SELECT d.*, m.managerName AS managerName
  FROM device_info d LEFT JOIN manager_info m ON m.manager = d.manager`

const ORDER = {
  deviceCode: { column: 'd.deviceCode', order: 'ascending' },
  alias: { column: 'd.deviceName', order: 'ascending' },
  addedAt: { column: 'd.addTime', order: 'descending' },
  portsAt: { column: 'd.portStateTime', order: 'descending' },
} as const

function orderBy({ sort = 'deviceCode', order }: Checked<'devices.list'>): string {
  const by = ORDER[sort]
  return `${by.column} ${(order ?? by.order) === 'descending' ? 'DESC' : 'ASC'}, d.deviceCode`
}

export const byCode = (db: SiteDatabase, deviceCode: string) =>
  db.statement<StoredDevice>(`${COLUMNS} WHERE d.deviceCode = ?`).get(deviceCode)

export const byName = (db: SiteDatabase, btName: string) =>
  db.statement<StoredDevice>(`${COLUMNS} WHERE d.btName = ?`).get(btName)

/** What a LIKE pattern would take as a sign is taken as it stands. */
const literal = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

function conditions(
  input: Checked<'devices.list'>,
  partsOfPhones: boolean,
): { where: string; values: SqlValue[] } {
  const parts: string[] = []
  const values: SqlValue[] = []
  const add = (sql: string, ...more: SqlValue[]) => {
    parts.push(sql)
    values.push(...more)
  }
  for (const word of (input.query ?? '').split(/\s+/).filter((part) => part !== '')) {
    const like = `%${literal(word)}%`
    // who may not see a phone does not find it out digit by digit either
    const phone = String.raw`coalesce(d.manager, '') ${partsOfPhones ? String.raw`LIKE ? ESCAPE '\'` : '= ?'}`
    add(
      String.raw`(d.deviceCode LIKE ? ESCAPE '\' OR d.deviceName LIKE ? ESCAPE '\' OR d.btName LIKE ? ESCAPE '\'
        OR coalesce(m.managerName, '') LIKE ? ESCAPE '\' OR ${phone})`,
      ...Array<string>(4).fill(like),
      partsOfPhones ? like : word,
    )
  }
  if (input.state !== undefined) add('d.state = ?', input.state)
  if (input.manager !== undefined) add('d.manager = ?', input.manager)
  if (input.bound !== undefined) add(input.bound ? 'd.manager IS NOT NULL' : 'd.manager IS NULL')
  if (input.noPrice !== undefined)
    add(`(d.state = 0 AND d.chargeFlag = 1 AND d.unitPrice = 0) = ${input.noPrice ? 1 : 0}`)
  if (input.deviceCodes !== undefined)
    add('d.deviceCode IN (SELECT value FROM json_each(?))', JSON.stringify(input.deviceCodes))
  return { where: parts.length === 0 ? '' : ` WHERE ${parts.join(' AND ')}`, values }
}

export function list(
  db: SiteDatabase,
  input: Checked<'devices.list'>,
  partsOfPhones = true,
): { total: number; rows: StoredDevice[] } {
  const { offset = 0, limit = DEFAULT_LIMIT } = input
  const { where, values } = conditions(input, partsOfPhones)
  const count = `SELECT count(*) AS n FROM device_info d LEFT JOIN manager_info m ON m.manager = d.manager${where}`
  const total = db.statement<{ n: number }>(count).get(...values)?.n ?? 0
  const rows = db
    .statement<StoredDevice>(`${COLUMNS}${where} ORDER BY ${orderBy(input)} LIMIT ? OFFSET ?`)
    .all(...values, limit, offset)
  return { total, rows }
}
