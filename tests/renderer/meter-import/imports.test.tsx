import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { ATTRIBUTE_REASONS } from '#core/meter-import/attributes.ts'
import { READING_REASONS } from '#core/meter-import/readings.ts'
import { meterImport as en } from '../../../src/renderer/app/i18n/en/meter-import.ts'
import { meterImport as zh } from '../../../src/renderer/app/i18n/zh-CN/meter-import.ts'
import { ImportsPage } from '../../../src/renderer/features/meter-import/ImportsPage.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'

const JOB = {
  id: 'j',
  kind: 'meters.import',
  spec: {},
  state: 'running',
  step: { code: 'meterImportJudge' },
  done: 500,
  total: 2000,
  error: null,
  report: [],
  startedBy: '张三',
  createdAt: HELLO.now,
  updatedAt: HELLO.now,
  endedAt: null,
  resumable: true,
}
const ROW = {
  id: 'i1',
  kind: 'readings',
  fileName: '三月.xlsx',
  at: HELLO.now,
  by: '张三',
  rows: 1500,
  changed: 2,
  withdrawnAt: null,
  withdrawnBy: null,
  withdrawnReason: null,
}
const RESULT = {
  rows: [
    {
      row: 2,
      tableNo: '001',
      given: { meter: '001', at: '2026-03-02 12:00', value: '125.5', note: '' },
      was: { value: '120.00' },
      outcome: 'changed',
      error: null,
    },
    {
      row: 3,
      tableNo: '9',
      given: { meter: '9', at: '2026-03-02 12:00', value: '1', note: '' },
      was: {},
      outcome: 'error',
      error: { column: 'meter', code: 'meterAmbiguous' },
    },
  ],
  counts: { new: 1499, changed: 1, same: 0, error: 1 },
  errorFile: 'QQ==',
}

let job = JOB
const open = (change: Answers = {}, hello = HELLO) => {
  const page = renderPart(<ImportsPage />, {
    url: '/meter-imports',
    hello,
    answers: {
      'meters.imports': () => ({ total: 1, rows: [ROW] }),
      'meters.import': () => ({ jobId: 'j', importId: 'i1' }),
      'meters.importResult': () => RESULT,
      'jobs.get': () => job,
      'jobs.cancel': () => ({ ok: true }),
      'meters.withdrawImport': () => ({ withdrawn: 1500 }),
      ...change,
    },
  })
  const inputs = (operation: string) =>
    page.calls.filter((call) => call.operation === operation).map(({ input }) => input)
  return { ...page, inputs }
}

const choose = async () => {
  await userEvent.click(await screen.findByRole('button', { name: '导入读数' }))
  const dialog = within(await screen.findByRole('dialog'))
  const file = new File(['表号,读数时间,读数\n'], '三月.csv', { type: 'text/csv' })
  await userEvent.upload(dialog.getByLabelText('选择文件', { selector: 'input' }), file)
  return dialog
}

describe('an import of readings', () => {
  it('is judged by a job whose progress shows and which can be stopped, then taken', async () => {
    job = JOB
    const page = open()
    const dialog = await choose()
    expect((await dialog.findByRole('progressbar')).getAttribute('aria-valuenow')).toBe('25')
    expect(dialog.getByText('逐行核对')).toBeTruthy()
    await userEvent.click(dialog.getByRole('button', { name: '取消' }))
    expect(page.inputs('jobs.cancel')).toEqual([{ id: 'j' }])
    job = { ...JOB, state: 'done' }
    page.emit({ type: 'job', job } as never)
    expect(await dialog.findByText('试算：还没有任何改动')).toBeTruthy()
    expect(dialog.getByText('全部 1501')).toBeTruthy()
    expect(dialog.getByText('表号: 不止一只在用的表有这个表号；请写成 来源:设备编号')).toBeTruthy()
    await userEvent.click(dialog.getByText('修改 1'))
    expect(dialog.getByText('120.00')).toBeTruthy()
    await userEvent.click(dialog.getByRole('button', { name: '导入 1500 行' }))
    await dialog.findByText('已导入')
    const sent = page.inputs('meters.import') as { dryRun: boolean; kind: string }[]
    expect(sent.map(({ dryRun, kind }) => [dryRun, kind])).toEqual([
      [true, 'readings'],
      [false, 'readings'],
    ])
  })

  it('that was stopped says so, and another file can be chosen', async () => {
    job = { ...JOB, state: 'cancelled' }
    open()
    const dialog = await choose()
    await waitFor(() => expect(dialog.getByText(/CANCELLED/)).toBeTruthy())
    expect(await dialog.findByRole('button', { name: /选择文件$/ })).toBeTruthy()
  })

  it('is withdrawn for a reason only', async () => {
    const page = open()
    await userEvent.click(await screen.findByText('三月.xlsx'))
    const button = () => screen.findByRole<HTMLButtonElement>('button', { name: '撤回这 1500 行' })
    expect((await button()).disabled).toBe(true)
    await userEvent.type(screen.getByLabelText('原因'), '抄错了')
    await userEvent.click(await button())
    await waitFor(() =>
      expect(page.inputs('meters.withdrawImport')).toEqual([{ importId: 'i1', reason: '抄错了' }]),
    )
  })

  it('is not for who may not', async () => {
    open({}, { ...HELLO, operator: { id: '2', name: '李四', roles: ['viewer'] } })
    expect((await screen.findByRole<HTMLButtonElement>('button', { name: '导入读数' })).disabled).toBe(true)
    expect(screen.getAllByLabelText('当前操作员没有权限：需要 抄表员 / 主管')).toHaveLength(2)
  })
})

it('every reason of the core has words', () => {
  const codes = [...new Set([...Object.keys(READING_REASONS), ...Object.keys(ATTRIBUTE_REASONS)])].toSorted()
  expect(Object.keys(zh.error).toSorted()).toEqual(codes)
  expect(Object.keys(en.error).toSorted()).toEqual(codes)
})
