import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TestStore } from '../../fixtures/store.ts'
import { openTestStore } from '../../fixtures/store.ts'
import { SitedeskError } from '#shared/errors.ts'

let test: TestStore
beforeEach(async () => {
  test = await openTestStore()
})
afterEach(() => test.close())

const insert = (key: string, value = 'x') =>
  test.store.site.run(test.store.site.query.insertInto('meta').values({ key, value }))
const keys = () =>
  test.store.site
    .all(test.store.site.query.selectFrom('meta').select('key').where('key', 'like', 'k%').orderBy('key'))
    .map((row) => row.key)

describe('the group commit', () => {
  it('puts all writes of one turn in one transaction, and one that refuses undoes only itself', async () => {
    const { site } = test.store
    const begins: boolean[] = []
    const results = await Promise.allSettled([
      site.write(() => insert('k1')),
      site.write(() => {
        insert('k2')
        begins.push(site.sql.inTransaction)
        throw new SitedeskError('CONFLICT', 'no')
      }),
      site.write(() => insert('k3')),
    ])
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(results[1]).toMatchObject({ reason: { code: 'CONFLICT' } })
    expect(begins).toEqual([true])
    expect(keys()).toEqual(['k1', 'k3'])
  })

  it('answers only after the commit', async () => {
    const { site } = test.store
    let seenOutside: unknown = 'not looked'
    const written = site.write(() => {
      insert('k1')
      const other = test.ports.sql.open(site.sql.path, { durable: false, readonly: true })
      seenOutside = other.statement("SELECT key FROM meta WHERE key = 'k1'").get()
      other.close()
    })
    await written
    expect(seenOutside).toBeUndefined()
    expect(site.sql.inTransaction).toBe(false)
    const other = test.ports.sql.open(site.sql.path, { durable: false, readonly: true })
    expect(other.statement("SELECT key FROM meta WHERE key = 'k1'").get()).toEqual({ key: 'k1' })
    other.close()
  })

  it('gives back what the work returned, in the order it was asked', async () => {
    const { site } = test.store
    expect(await Promise.all([1, 2, 3].map((n) => site.write(() => n * 2)))).toEqual([2, 4, 6])
  })

  it('gives a write that changes many pages a transaction and a turn of its own, small writes first', async () => {
    const { site } = test.store
    const commits: string[][] = []
    let group: string[] = []
    site.onCommit(() => {
      commits.push(group)
      group = []
    })
    const note = (name: string) => () => void group.push(name)
    await Promise.all([
      site.writeAlone(note('many 1')),
      site.write(note('small 1')),
      site.writeAlone(note('many 2')),
      site.write(note('small 2')),
    ])
    expect(commits).toEqual([['small 1', 'small 2'], ['many 1'], ['many 2']])
  })

  it('takes no other write along when one of its own fails', async () => {
    const { site } = test.store
    const results = await Promise.allSettled([
      site.write(() => insert('k1')),
      site.writeAlone(() => {
        insert('k2')
        throw new SitedeskError('CONFLICT', 'no')
      }),
      site.writeAlone(() => insert('k3')),
    ])
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(keys()).toEqual(['k1', 'k3'])
  })

  it('refuses with STORAGE_FULL when there is no room, and works again when there is', async () => {
    const { site } = test.store
    const pages = site.sql.statement<{ page_count: number }>('PRAGMA page_count').get()?.page_count ?? 0
    site.sql.pragma(`max_page_count = ${pages + 2}`)
    const large = site.write(() => insert('k1', 'y'.repeat(100_000)))
    await expect(large).rejects.toMatchObject({ code: 'STORAGE_FULL' })
    expect(site.sql.inTransaction).toBe(false)
    expect(keys()).toEqual([])
    site.sql.pragma('max_page_count = 1000000')
    await site.write(() => insert('k2'))
    expect(keys()).toEqual(['k2'])
  })

  it('tells nobody of a group that a write succeeded which a full disk took back', async () => {
    const { site } = test.store
    const pages = site.sql.statement<{ page_count: number }>('PRAGMA page_count').get()?.page_count ?? 0
    site.sql.pragma(`max_page_count = ${pages + 2}`)
    const results = await Promise.allSettled([
      site.write(() => insert('k1')),
      site.write(() => insert('k2', 'y'.repeat(100_000))),
      site.write(() => insert('k3')),
    ])
    const kept = keys()
    const told = results.flatMap((result, i) => (result.status === 'fulfilled' ? [`k${i + 1}`] : []))
    expect(told).toEqual(kept)
    site.sql.pragma('max_page_count = 1000000')
  })
})
