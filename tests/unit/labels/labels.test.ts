import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unzipSync } from 'fflate'
import { createDevices } from '#core/devices/index.ts'
import { createLabels } from '#core/labels/index.ts'
import { standardLabels } from '#core/labels/standard.ts'
import { createSettings } from '#core/settings/index.ts'
import { createWorkers } from '#main/adapters/workers.ts'
import type { AreaHandlers } from '#core/context.ts'
import { labelSettings, type LabelLayout } from '#shared/contract/labels.ts'
import { labelText, misfits, placeLabels } from '#shared/labels.ts'
import { callOf } from '../../fixtures/ledger-rows.ts'
import { readQr } from '../../fixtures/qr.ts'
import { openTestStore, testContext, type TestStore } from '../../fixtures/store.ts'
import { rowsOfSheet } from '../../fixtures/sheets.ts'

const workers = createWorkers(new URL('../../../src/main/worker.ts', import.meta.url))
let test: TestStore
let handlers: AreaHandlers<'labels'>

beforeEach(async () => {
  test = await openTestStore()
  const ctx = testContext(test, { ports: { workers }, options: { profile: { siteName: '测试园区' } } })
  const settings = await createSettings(ctx)
  const devices = createDevices(ctx, { settings })
  handlers = createLabels(ctx, { devices, settings }).handlers
  await test.store.site.write(() =>
    devices.enrol({ deviceCode: '00000001', btName: 'BUC_1A2B3C4D5E6F', alias: '东门' }, 1_750_000_000_000),
  )
})
afterEach(() => test.close())

const settings = async () => labelSettings.parse(await handlers['labels.settings'](callOf(test, 'lin'), {}))
const standard = standardLabels('园区')
const [sheet] = standard.layouts as [LabelLayout]

describe('what a label says', () => {
  it.each([
    ['', '00000001'],
    ['https://x.example/bind?code={code}', 'https://x.example/bind?code=00000001'],
    ['https://x.example/u/', 'https://x.example/u/00000001'],
  ])('%s', (managerUrl, text) => {
    expect(labelText({ managerUrl, userUrl: 'no' }, 'manager', '00000001')).toBe(text)
  })
})

describe('where labels are', () => {
  it('the standard sheets and rolls fit their pages', () => {
    expect(standard.layouts.flatMap(misfits)).toEqual([])
    expect(labelSettings.parse(standard)).toEqual(standard)
  })

  it('goes on in the place where a begun sheet has its first label, to a tenth of a millimetre', () => {
    const places = placeLabels({ ...sheet, gapX: 2.5, shiftX: 0.3 }, 4, 23)
    expect(places).toEqual([
      { page: 0, x: 72.8, y: 259.5 },
      { page: 0, x: 145.3, y: 259.5 },
      { page: 1, x: 0.3, y: 0.5 },
      { page: 1, x: 72.8, y: 0.5 },
    ])
  })

  it('no two labels of a page overlap, and all of them lie on it', () => {
    const size = fc.integer({ min: 150, max: 800 }).map((tenths) => tenths / 10)
    const gap = fc.integer({ min: 0, max: 60 }).map((tenths) => tenths / 10)
    const layouts = fc.record({
      labelWidth: size,
      labelHeight: size,
      gapX: gap,
      gapY: gap,
      marginLeft: gap,
      marginTop: gap,
      rows: fc.integer({ min: 1, max: 9 }),
      columns: fc.integer({ min: 1, max: 5 }),
    })
    fc.assert(
      fc.property(
        layouts,
        fc.integer({ min: 1, max: 45 }),
        fc.integer({ min: 1, max: 120 }),
        (drawn, start, count) => {
          const layout = { ...sheet, ...drawn, qrSize: 15 }
          fc.pre(misfits(layout).length === 0 && start <= layout.rows * layout.columns)
          const places = placeLabels(layout, count, start)
          for (const [i, a] of places.entries()) {
            expect(a.x + layout.labelWidth).toBeLessThanOrEqual(layout.pageWidth + 0.05)
            expect(a.y + layout.labelHeight).toBeLessThanOrEqual(layout.pageHeight + 0.05)
            const b = places[i + 1]
            if (b?.page === a.page)
              expect(b.x >= a.x + layout.labelWidth - 0.05 || b.y >= a.y + layout.labelHeight - 0.05).toBe(
                true,
              )
          }
        },
      ),
    )
  })
})

describe('labels.save', () => {
  it('keeps sheets and addresses, and refuses what prints beside the page', async () => {
    const wanted = { ...standard, userUrl: 'https://x.example/u?code={code}', layouts: [sheet] }
    expect(await handlers['labels.save'](callOf(test, 'lin'), wanted)).toEqual(wanted)
    const wide = { ...wanted, layouts: [{ ...sheet, labelWidth: 70.1 }] }
    await expect(handlers['labels.save'](callOf(test, 'lin'), wide)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      data: { issues: [{ path: 'layouts.0.labelWidth' }] },
    })
    expect(await settings()).toEqual(wanted)
  })
})

describe('labels.images', () => {
  it('makes one readable PNG a label and a list that keeps the codes', async () => {
    await handlers['labels.save'](callOf(test, 'lin'), {
      ...standard,
      managerUrl: 'https://x.example/bind?code={code}',
    })
    const { base64, fileName } = await handlers['labels.images'](callOf(test, 'lin'), {
      deviceCodes: ['00000001'],
      kinds: ['manager', 'user'],
    })
    expect(fileName).toMatch(/^标签-\d{4}-\d\d-\d\d\.zip$/)
    const files = unzipSync(Buffer.from(base64, 'base64'))
    expect(Object.keys(files).sort()).toEqual(['00000001-用户.png', '00000001-管理.png', '清单.xlsx'].sort())
    expect(await readQr(files['00000001-管理.png'] ?? new Uint8Array())).toEqual([
      'https://x.example/bind?code=00000001',
    ])
    expect(await readQr(files['00000001-用户.png'] ?? new Uint8Array())).toEqual(['00000001'])
    expect(await rowsOfSheet(Buffer.from(files['清单.xlsx'] ?? '').toString('base64'))).toEqual([
      expect.anything(),
      ['00000001', '东门', 'BUC_1A2B3C4D5E6F', '管理', '00000001-管理.png', expect.any(String)],
      expect.anything(),
    ])
  })

  it('names a code that nobody registered', async () => {
    const wanted = { deviceCodes: ['nobody'], kinds: ['user' as const] }
    await expect(handlers['labels.images'](callOf(test, 'lin'), wanted)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
  })
})
