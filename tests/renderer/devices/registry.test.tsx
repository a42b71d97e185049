import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Route, Routes } from 'react-router'
import { describe, expect, it } from 'vitest'
import { SitedeskError } from '#shared/errors.ts'
import type { DeviceRow } from '../../../src/shared/contract/devices.ts'
import { DevicePage } from '../../../src/renderer/features/devices/DevicePage.tsx'
import { changesOf, differences, wrongFields } from '../../../src/renderer/features/devices/fields.ts'
import { listInput } from '../../../src/renderer/features/devices/list-input.ts'
import { inputOf, wrongOf } from '../../../src/renderer/features/devices/register.ts'
import { RegistryPage } from '../../../src/renderer/features/devices/RegistryPage.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'

const row = (n: number, change: Partial<DeviceRow> = {}): DeviceRow => ({
  deviceCode: `6001000${n}`,
  btName: `BUC_00000000000${n}`,
  alias: `竹园${n}栋`,
  state: 0,
  stateReason: null,
  version: 1,
  maxUnit: 12,
  chargeFlag: 1,
  unitPriceFen: 50,
  manager: null,
  managerName: null,
  ports: [],
  portsAt: null,
  profile: null,
  setupAt: HELLO.now,
  updatedAt: HELLO.now,
  addedAt: null,
  noPrice: false,
  ...change,
})
const ROWS = [row(1), row(2, { unitPriceFen: 80 }), row(3, { state: 1, stateReason: '检修' })]

const open = (change: Answers = {}, url = '/chargers/registry', hello = HELLO) => {
  const page = renderPart(
    <Routes>
      <Route path="/chargers/registry" element={<RegistryPage />} />
      <Route path="/chargers/registry/:deviceCode" element={<DevicePage />} />
    </Routes>,
    {
      url,
      hello,
      answers: {
        'devices.list': ({ deviceCodes }: { deviceCodes?: string[] }) => {
          const rows = ROWS.filter(({ deviceCode }) => !deviceCodes || deviceCodes.includes(deviceCode))
          return { total: rows.length, rows }
        },
        'devices.get': () => ROWS[0],
        ...change,
      },
    },
  )
  return {
    ...page,
    inputs: (operation: string) =>
      page.calls.filter((call) => call.operation === operation).map(({ input }) => input),
  }
}
const mark = async (...numbers: number[]) => {
  for (const n of numbers) await userEvent.click(await screen.findByLabelText(`选择 6001000${n}`))
}

describe('the registry', () => {
  it('asks with the filters of the address', () => {
    expect(listInput({ query: '东', state: '1', bound: 'no', price: 'none' })).toEqual({
      query: '东',
      state: 1,
      bound: false,
      noPrice: true,
    })
    expect(listInput({ state: 'x', bound: 'maybe' })).toEqual({})
  })

  it('changes many: what, then old and new of those that change, then each result', async () => {
    const page = open({
      'devices.updateMany': () => ({
        results: [
          { deviceCode: '60010001', ok: true, error: null },
          { deviceCode: '60010003', ok: false, error: { code: 'orderTooDear' } },
        ],
      }),
    })
    await mark(1, 2, 3)
    expect(screen.getByText('已选 3 台')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '批量修改' }))
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.click(dialog.getByLabelText('单价（元/30分钟）'))
    await userEvent.type(dialog.getByRole('textbox', { name: '单价（元/30分钟）' }), '0.80')
    await userEvent.click(dialog.getByRole('button', { name: '预览' }))
    expect(await dialog.findByText('2 台会改变，1 台不变。')).toBeTruthy()
    expect(dialog.getAllByText('¥0.50')).toHaveLength(2)
    await userEvent.click(dialog.getByRole('button', { name: '修改 2 台' }))
    expect(await dialog.findByText('单价 × 最长单元数超过 999.99 元')).toBeTruthy()
    expect(dialog.getByText('1 台已修改，1 台没有')).toBeTruthy()
    expect(page.inputs('devices.updateMany')).toEqual([
      { deviceCodes: ['60010001', '60010003'], changes: { unitPriceFen: 80 } },
    ])
  })

  it('disables with a reason only, and opens no drawer for a click on a box', async () => {
    const page = open({ 'devices.updateMany': () => ({ results: [] }) })
    await mark(1)
    expect(screen.queryByRole('dialog')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: '停用' }))
    const dialog = within(await screen.findByRole('dialog'))
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: '停用' }).disabled).toBe(true)
    await userEvent.type(dialog.getByLabelText('原因'), '线路检修{Enter}')
    expect(page.inputs('devices.updateMany')).toEqual([
      { deviceCodes: ['60010001'], changes: { state: 1, stateReason: '线路检修' } },
    ])
  })

  it('marks the row under the cursor by Space', async () => {
    open()
    const grid = await screen.findByRole('grid')
    grid.focus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown} ')
    expect(await screen.findByText('已选 1 台')).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>('选择 60010002').checked).toBe(true)
  })

  it('transfers all or none, and says when there is no such manager', async () => {
    const page = open({
      'devices.transfer': () => {
        throw new SitedeskError('NOT_FOUND', 'There is no such manager.')
      },
    })
    await mark(1, 2)
    await userEvent.click(screen.getByRole('button', { name: '转移' }))
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.type(dialog.getByLabelText('新管理者的手机号'), '13800000000{Enter}')
    expect(await dialog.findByText('没有这个管理者，一台都没有转移')).toBeTruthy()
    expect(page.inputs('devices.transfer')).toEqual([
      { deviceCodes: ['60010001', '60010002'], manager: '13800000000' },
    ])
  })

  it('says why an installer may not change many', async () => {
    open({}, '/chargers/registry', {
      ...HELLO,
      operator: { id: '2', name: '李四', roles: ['installer'] },
    })
    await mark(1)
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '批量修改' }).disabled).toBe(true)
    expect(screen.getAllByLabelText(/当前操作员没有权限：需要 主管/).length).toBeGreaterThan(0)
  })
})

describe('a sheet of chargers', () => {
  const dry = {
    rows: [
      {
        row: 2,
        deviceCode: 'A1',
        btName: 'BUC_1',
        alias: '',
        outcome: 'error',
        error: { column: 'btName', code: 'nameInvalid' },
      },
      { row: 3, deviceCode: 'A2', btName: 'BUC_000000000002', alias: '东门', outcome: 'new', error: null },
    ],
    counts: { new: 1, changed: 0, same: 0, error: 1 },
    errorFile: 'QQ==',
  }

  it('is judged before it is taken, and the same bytes are taken', async () => {
    const page = open({ 'devices.import': () => dry })
    await userEvent.click(await screen.findByRole('button', { name: '导入' }))
    const dialog = within(await screen.findByRole('dialog'))
    const file = new File(['设备编号,蓝牙名称\n'], '充电器.csv', { type: 'text/csv' })
    await userEvent.upload(dialog.getByLabelText('选择文件', { selector: 'input' }), file)
    expect(await dialog.findByText('试算：还没有任何改动')).toBeTruthy()
    expect(dialog.getByText('蓝牙名称: 蓝牙名称须为 BUC_ 加 12 位大写字母或数字')).toBeTruthy()
    expect(dialog.getByRole('button', { name: /下载错误清单/ })).toBeTruthy()
    await userEvent.click(dialog.getByRole('button', { name: '导入 1 行' }))
    await dialog.findByText('已导入')
    const sent = page.inputs('devices.import') as { dryRun: boolean; base64: string }[]
    expect(sent.map(({ dryRun }) => dryRun)).toEqual([true, false])
    expect(sent[0]?.base64).toBe(sent[1]?.base64)
  })

  it('that lacks a title says which, and that nothing changed', async () => {
    open({
      'devices.import': () => {
        throw new SitedeskError('INVALID_INPUT', 'The first row lacks: 蓝牙名称.', {
          reason: 'columnsMissing',
          missing: ['蓝牙名称'],
        })
      },
    })
    await userEvent.click(await screen.findByRole('button', { name: '导入' }))
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.upload(
      dialog.getByLabelText('选择文件', { selector: 'input' }),
      new File(['x'], 'x.csv', { type: 'text/csv' }),
    )
    expect(await dialog.findByText('第一行缺少标题：蓝牙名称')).toBeTruthy()
    expect(dialog.getByText('没有任何改动。')).toBeTruthy()
  })
})

describe('one charger', () => {
  it('leads to its radio page, and saves only what can stand', async () => {
    const page = open({ 'devices.update': () => ROWS[0] }, '/chargers/registry/60010001')
    const radio = await screen.findByRole('link', { name: '蓝牙页面' })
    expect(radio.getAttribute('href')).toBe('/chargers/BUC_000000000001')
    const price = screen.getByLabelText('单价（元/30分钟）')
    await userEvent.clear(price)
    await userEvent.type(price, '0.005')
    expect(screen.getByText('须为 0–99.99 元，最多两位小数')).toBeTruthy()
    await userEvent.clear(price)
    await userEvent.type(price, '1.2{Enter}')
    await waitFor(() =>
      expect(page.inputs('devices.update')).toEqual([
        expect.objectContaining({ deviceCode: '60010001', unitPriceFen: 120, alias: '竹园1栋' }),
      ]),
    )
  })

  it('that nobody registered says so', async () => {
    open(
      {
        'devices.get': () => {
          throw new SitedeskError('NOT_FOUND', 'There is no such charger.')
        },
      },
      '/chargers/registry/9',
    )
    expect(await screen.findByText('登记表里没有这台充电器')).toBeTruthy()
  })
})

describe('what is typed', () => {
  it('becomes changes in fen and whole numbers, or is wrong', () => {
    expect(changesOf({ unitPrice: '1.25', maxUnit: '8', chargeFlag: '0', version: '12' })).toEqual({
      unitPriceFen: 125,
      maxUnit: 8,
      chargeFlag: 0,
      version: 12,
    })
    expect(wrongFields({ unitPrice: '100', maxUnit: '13', version: '' })).toEqual([
      'unitPrice',
      'maxUnit',
      'version',
    ])
    expect(differences(row(1), { unitPriceFen: 50, maxUnit: 8 })).toEqual([
      { key: 'maxUnit', before: 12, after: 8 },
    ])
  })

  it('of a new charger: 12 characters will do for its name', () => {
    const form = { deviceCode: 'A1', btName: '00000000000a', jamCode: '', version: '', alias: '' }
    expect(wrongOf(form)).toEqual([])
    expect(inputOf(form)).toEqual({ deviceCode: 'A1', btName: 'BUC_00000000000A' })
    expect(
      wrongOf({ ...form, deviceCode: '123456789', btName: 'x', jamCode: '12', version: '1000' }),
    ).toEqual(['deviceCode', 'btName', 'jamCode', 'version'])
  })
})
