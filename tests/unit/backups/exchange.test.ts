import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exchangeFiles, hasMark, readOutcome, writeMark } from '#core/backups/mark.ts'
import { createFiles } from '#main/adapters/files.ts'
import { createSqlDriver } from '#main/adapters/sqlite.ts'

const files = createFiles()
const sql = createSqlDriver()
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sitedesk-exchange-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const at = (name: string) => join(folder, name)
const mark = {
  format: 1,
  at: 42,
  by: 'Wang',
  from: 'copy',
  madeAt: 7,
  files: ['site.db', 'history.db'],
  figures: [],
} as const
async function layOut(): Promise<void> {
  for (const file of mark.files) {
    writeFileSync(at(file), `old ${file}`)
    writeFileSync(at(`${file}-wal`), `old log of ${file}`)
    writeFileSync(at(`${file}.restoring`), `new ${file}`)
  }
  await writeMark({ files, sql }, folder, { ...mark, files: [...mark.files], figures: [] })
}

/** A present file that can be read. */
function present(schema: string): void {
  for (const suffix of ['', '-wal']) rmSync(at(`site.db${suffix}`))
  const db = sql.open(at('site.db'), { durable: true })
  db.exec(schema)
  db.close()
}

class Died extends Error {}
/** The process dies before its `n`th change of a file. */
function mortal(n: number) {
  let left = n
  const step =
    <A extends unknown[], R>(work: (...args: A) => R) =>
    (...args: A): R => {
      if (left-- <= 0) throw new Died()
      return work(...args)
    }
  return { ...files, rename: step(files.rename), remove: step(files.remove), write: step(files.write) }
}

describe('the exchange of files at a start', () => {
  it('comes to the same end wherever the program was cut off in it', async () => {
    for (let n = 0; n < 12; n++) {
      rmSync(folder, { recursive: true })
      files.makeDirectory(folder)
      await layOut()
      const cut = await exchangeFiles({ files: mortal(n), sql }, folder).then(
        () => false,
        (error: unknown) => error instanceof Died,
      )
      await exchangeFiles({ files, sql }, folder)
      for (const file of mark.files) {
        expect(readFileSync(at(file), 'utf8'), `cut ${n}`).toBe(`new ${file}`)
        expect(readFileSync(at(`${file}.replaced-42`), 'utf8')).toBe(`old ${file}`)
        expect(readFileSync(at(`${file}.replaced-42-wal`), 'utf8')).toBe(`old log of ${file}`)
      }
      expect(hasMark({ files, sql }, folder)).toBe(false)
      expect(await readOutcome({ files, sql }, folder)).toMatchObject({
        openRecharges: 0,
        mark: { from: 'copy' },
      })
      if (!cut) return
    }
    expect.unreachable('the exchange has fewer steps')
  })

  it('does nothing without a mark, or with half of one', async () => {
    writeFileSync(at('site.db'), 'old')
    writeFileSync(at('site.db.restoring'), 'new')
    await exchangeFiles({ files, sql }, folder)
    writeFileSync(at('restore.json'), '{"format":1,"at":4')
    await exchangeFiles({ files, sql }, folder)
    expect(readFileSync(at('site.db'), 'utf8')).toBe('old')
  })

  it.each([
    ['DRAFT', 1],
    ['SENT', 1],
    ['ACCEPTED', 1],
    ['UNKNOWN', 1],
    ['APPLIED', 0],
    ['NOT_APPLIED', 0],
  ])('looks for a recharge of the present file that is on its way: %s', async (state, openRecharges) => {
    await layOut()
    present(`CREATE TABLE recharge_intent (state TEXT); INSERT INTO recharge_intent VALUES ('${state}')`)
    await exchangeFiles({ files, sql }, folder)
    expect(await readOutcome({ files, sql }, folder)).toMatchObject({ openRecharges, openPayments: 0 })
    if (openRecharges === 0) return
    expect(
      readdirSync(folder).filter((name) => name.includes('restoring') || name.includes('replaced')),
    ).toEqual([])
    expect(readFileSync(at('history.db'), 'utf8')).toBe('old history.db')
  })

  it.each([
    ['order_pay_info', 'wechatpay', 0, 0, 1],
    ['order_pay_info', 'offline', 0, 0, 0],
    ['order_pay_info', 'wechatpay', 2, 1, 1],
    ['pmoney_charge_pay', 'wechatpay', 0, 0, 1],
    ['pmoney_charge_pay', 'wechatpay', 1, 0, 0],
  ])('looks for a payment that its provider may still take: %s %s %i %i', async (table, provider, ...row) => {
    const [state, openThere, openPayments] = row
    await layOut()
    present(`CREATE TABLE order_pay_info (provider TEXT, state INTEGER, openThere INTEGER);
      CREATE TABLE pmoney_charge_pay (provider TEXT, state INTEGER, openThere INTEGER);
      INSERT INTO ${table} VALUES ('${provider}', ${state}, ${openThere})`)
    await exchangeFiles({ files, sql }, folder)
    const done = await readOutcome({ files, sql }, folder)
    expect(done).toMatchObject({ openRecharges: 0, openPayments })
    expect(done?.kept === null).toBe(openPayments === 1)
  })
})
