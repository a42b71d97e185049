import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { moneyDifferences, figuresOf } from '#core/backups/figures.ts'
import { inFile, openRestartableDesk, type RestartableDesk as Desk } from '../../fixtures/restartable-desk.ts'

const desks: Desk[] = []
async function openDesk(operator?: null): Promise<Desk> {
  const opened = await openRestartableDesk(operator)
  desks.push(opened)
  return opened
}

const figures = (desk: Desk) => inFile(desk.file, figuresOf)

/** A sale as the recharge area stores it, with its first event. */
function sale(desk: Desk, id: string, state: string, fen = 1000): void {
  inFile(desk.file, (db) => {
    const at = Date.now()
    db.statement(
      `INSERT INTO recharge_intent (id, out_trade_no, state, room_id, room_path, amount_fen, tender, operator,
      memory, created_at) VALUES (?, ?, ?, ?, '["梅园","101"]', ?, 'card', 'Wang', '{}', ?)`,
    ).run(id, `sdk${id}`, state, `H-${id}`, fen, at)
    db.statement(
      "INSERT INTO recharge_event (intent_id, seq, at, state, code) VALUES (?, 1, ?, 'DRAFT', 'created')",
    ).run(id, at)
  })
}
const stateOf = (desk: Desk, id: string) =>
  inFile(desk.file, (db) =>
    db
      .statement<{ state: string; code: string }>(
        `SELECT i.state, e.code FROM recharge_intent i JOIN recharge_event e ON e.intent_id = i.id WHERE i.id = ? ORDER BY seq DESC`,
      )
      .get(id),
  )

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
  await desk.signIn()
})
afterEach(async () => {
  for (const one of desks.splice(0)) await one.close()
})

const today = async (name: string) =>
  (await desk.call('backups.preview', { from: { place: 'first', name } })).confirm
const restart = (work: Promise<unknown>, of = desk) => of.restarted(work)

describe('a restore', () => {
  it('says what will change, then puts back the money of the copy to the fen, and proves it', async () => {
    sale(desk, '1', 'APPLIED', 5000)
    const { name } = await desk.call('backups.run', {})
    const then = figures(desk)
    sale(desk, '2', 'APPLIED', 700)
    const from = { place: 'first', name } as const
    const preview = await desk.call('backups.preview', { from })
    expect(preview.problems).toEqual([])
    expect(preview.changes.find(({ table }) => table === 'recharge_intent')).toMatchObject({
      group: 'recharges',
      rowsNow: 2,
      rowsThen: 1,
      lost: 1,
      sumsNow: { amountFen: 5700, APPLIED: 5700 },
      sumsThen: { amountFen: 5000 },
    })
    await expect(desk.call('backups.restore', { from, confirm: 'yes' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
    await restart(desk.call('backups.restore', { from, confirm: preview.confirm }))
    expect(moneyDifferences(then, figures(desk))).toEqual([])
    await expect(desk.call('backups.status', {})).rejects.toMatchObject({ code: 'SESSION_REQUIRED' })
    await desk.signIn()
    const { lastRestore } = await desk.call('backups.status', {})
    expect(lastRestore).toMatchObject({
      state: 'done',
      by: 'Wang',
      from: name,
      differences: [],
      openRecharges: 0,
    })
    expect(lastRestore?.money.find(({ table }) => table === 'recharge_intent')).toMatchObject({
      rows: 1,
      copySums: { amountFen: 5000 },
      sums: { amountFen: 5000 },
    })
    const [row] = (await desk.call('audit.list', { operation: 'backups.restore' })).rows
    expect(row).toMatchObject({ operator: 'Wang', door: 'start', target: name, outcome: 'ok' })
    const kept = readdirSync(desk.directory).find((file) => file.startsWith('site.db.replaced-')) ?? ''
    expect(
      inFile(join(desk.directory, kept), figuresOf).find(({ table }) => table === 'recharge_intent')?.rows,
    ).toBe(2)
    const safety = (await desk.call('backups.list', {})).rows.find(({ reason }) => reason === 'safety')
    expect(safety).toMatchObject({ state: 'good' })
  })

  it.each(['SENT', 'ACCEPTED', 'DRAFT', 'UNKNOWN'])(
    'is refused while a recharge is %s, and says which',
    async (state) => {
      const { name } = await desk.call('backups.run', {})
      sale(desk, '7', state, 1234)
      const refused = desk.call('backups.restore', {
        from: { place: 'first', name },
        confirm: await today(name),
      })
      await expect(refused).rejects.toMatchObject({
        code: 'RECHARGE_OPEN',
        data: { recharges: [{ outTradeNo: 'sdk7', state, amountFen: 1234, room: '梅园 / 101' }] },
      })
      expect(existsSync(join(desk.directory, 'restore.json'))).toBe(false)
    },
  )

  it.each(['DRAFT', 'SENT', 'ACCEPTED'])(
    'takes what was %s in the copy for neither sent nor unsent: it is to be verified',
    async (state) => {
      sale(desk, '9', state)
      const { name } = await desk.call('backups.run', {})
      inFile(desk.file, (db) => db.exec("UPDATE recharge_intent SET state = 'APPLIED'"))
      await restart(
        desk.call('backups.restore', { from: { place: 'first', name }, confirm: await today(name) }),
      )
      expect(stateOf(desk, '9')).toEqual({ state: 'UNKNOWN', code: 'restored' })
    },
  )

  it('never gives a number again that is on paper', async () => {
    const last = () => inFile(desk.file, (db) => db.statement('SELECT last FROM number_series').all())
    inFile(desk.file, (db) => db.exec("INSERT INTO number_series VALUES ('receipt', 5)"))
    const { name } = await desk.call('backups.run', {})
    inFile(desk.file, (db) => db.exec('UPDATE number_series SET last = 9'))
    await restart(
      desk.call('backups.restore', { from: { place: 'first', name }, confirm: await today(name) }),
    )
    expect(last()).toEqual([{ last: 9 }])
  })

  it('is refused for a copy of a newer version', async () => {
    const { name } = await desk.call('backups.run', {})
    const path = join(desk.directory, 'newer.db')
    inFile(join(desk.directory, 'backups', name), (db) => db.exec(`VACUUM INTO '${path}'`))
    inFile(path, (db) => db.exec('PRAGMA user_version = 999'))
    const from = { place: 'file', path } as const
    const preview = await desk.call('backups.preview', { from })
    expect(preview.problems).toEqual(['it was made by a newer version of the program'])
    await expect(desk.call('backups.restore', { from, confirm: preview.confirm })).rejects.toMatchObject({
      code: 'BACKUP_UNUSABLE',
    })
  })
})

describe('a move to another computer', () => {
  it('opens one sealed file on a fresh desk, with the secrets in it, and only there', async () => {
    await desk.call('settings.update', {
      changes: { siteName: '梅园', 'upstreams.imr.account': 'a', 'upstreams.imr.password': 'only here' },
    })
    sale(desk, '1', 'APPLIED', 4321)
    const passphrase = 'a long enough phrase'
    const made = await desk.call('backups.export', { folder: desk.directory, passphrase, history: true })
    const fresh = await openDesk(null)
    expect(await fresh.call('system.hello', {})).toMatchObject({ firstRun: true })
    const wrong = fresh.call('backups.adopt', { path: made.path, passphrase: 'another long phrase' })
    await expect(wrong).rejects.toMatchObject({ code: 'BACKUP_UNUSABLE', data: { reason: 'wrongKey' } })
    const text = join(desk.directory, 'a text')
    writeFileSync(text, 'hello')
    for (const [input, reason] of [
      [{ path: join(desk.directory, 'away') }, 'missing'],
      [{ path: desk.directory }, 'unreadable'],
      [{ path: desk.directory, passphrase }, 'unreadable'],
      [{ path: made.path }, 'wrongKey'],
      [{ path: text, passphrase }, 'notSealed'],
      [{ path: text }, 'damaged'],
    ] as const)
      await expect(fresh.call('backups.adopt', input), JSON.stringify(input)).rejects.toMatchObject({
        code: 'BACKUP_UNUSABLE',
        data: { reason },
      })
    await restart(fresh.call('backups.adopt', { path: made.path, passphrase }), fresh)
    expect(await fresh.call('system.hello', {})).toMatchObject({
      firstRun: false,
      siteName: '梅园',
      names: ['Wang'],
    })
    expect(moneyDifferences(figures(desk), figures(fresh))).toEqual([])
    await fresh.signIn()
    const { problems } = await fresh.call('system.status', {})
    expect(problems.map(({ code }) => code)).not.toContain('SECRETS_LOCKED')
    expect(await fresh.call('settings.get', {})).toMatchObject({ secretsSet: ['upstreams.imr.password'] })
    await expect(fresh.call('backups.adopt', { path: made.path, passphrase })).rejects.toMatchObject({
      code: 'ALREADY_SET_UP',
    })
  })
})
