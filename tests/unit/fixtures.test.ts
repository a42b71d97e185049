import { describe, expect, it } from 'vitest'
import { openTestStore } from '../fixtures/store.ts'

describe('test store', () => {
  it('opens a real store and removes it again', async () => {
    const test = await openTestStore()
    const { site } = test.store
    await site.write(() => site.sql.exec("INSERT INTO meta VALUES ('a', 'b')"))
    const row = site.get(site.query.selectFrom('meta').selectAll().where('key', '=', 'a'))
    expect(row).toEqual({ key: 'a', value: 'b' })
    await test.close()
    expect(test.ports.files.exists(test.directory)).toBe(false)
  })
})
