import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Route, Routes, useLocation } from 'react-router'
import { describe, expect, it } from 'vitest'
import { SitedeskError } from '#shared/errors.ts'
import { BatchesPage } from '../../../src/renderer/features/batch/BatchesPage.tsx'
import { BatchPage } from '../../../src/renderer/features/batch/BatchPage.tsx'
import type { Batch, BatchRow } from '../../../src/renderer/features/batch/tones.ts'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'

const batch = (change: Partial<Batch> = {}): Batch => ({
  id: 'b1',
  fileName: '三月补贴.xlsx',
  state: 'checked',
  createdBy: '张三',
  createdAt: HELLO.now,
  rows: 3,
  errors: 1,
  tender: null,
  sameRows: 0,
  sameFen: 0,
  postRows: 2,
  postFen: 10_000,
  amountFen: 10_000,
  appliedRows: 0,
  appliedFen: 0,
  ...change,
})
const row = (n: number, change: Partial<BatchRow> = {}): BatchRow => ({
  row: n,
  room: `A10${n}`,
  roomId: `r${n}`,
  amount: '50',
  amountFen: 5000,
  note: '',
  state: 'ready',
  error: null,
  intentId: null,
  repeatBy: null,
  ...change,
})
const ROWS = [row(2), row(3), row(4, { state: 'error', error: 'roomUnknown', roomId: null })]
const Where = () => <output>{useLocation().pathname}</output>

const open = (url: string, change: Answers = {}) =>
  renderPart(
    <>
      <Routes>
        <Route path="/recharge/batch" element={<BatchesPage />} />
        <Route path="/recharge/batch/:batchId" element={<BatchPage />} />
      </Routes>
      <Where />
    </>,
    {
      url,
      answers: {
        'recharge.batchList': () => ({ total: 1, rows: [batch()] }),
        'recharge.batchGet': () => batch(),
        'recharge.batchRows': () => ({ total: 3, rows: ROWS }),
        'recharge.batchCheck': () => batch(),
        'recharge.batchStart': () => ({ jobId: 'j1' }),
        'jobs.list': () => ({ total: 0, rows: [] }),
        'jobs.cancel': () => ({ ok: true }),
        ...change,
      },
    },
  )
const inputsOf = (page: ReturnType<typeof open>, operation: string) =>
  page.calls.filter((call) => call.operation === operation).map(({ input }) => input)

const file = new File(['房间,金额\nA101,50\n'], '三月补贴.csv', { type: 'text/csv' })

describe('a sheet', () => {
  it('is sent byte for byte, and leads to its dry run', async () => {
    const page = open('/recharge/batch')
    await userEvent.upload(await screen.findByLabelText('选择文件', { selector: 'input' }), file)
    await waitFor(() => expect(screen.getByText('/recharge/batch/b1')).toBeTruthy())
    const [sent] = inputsOf(page, 'recharge.batchCheck') as { fileName: string; base64: string }[]
    expect(sent?.fileName).toBe('三月补贴.csv')
    expect(Buffer.from(sent?.base64 ?? '', 'base64').toString()).toBe('房间,金额\nA101,50\n')
  })

  it('that is none is refused in words', async () => {
    open('/recharge/batch', {
      'recharge.batchCheck': () => {
        throw new SitedeskError('INVALID_INPUT', 'The first row lacks: 金额.', {
          reason: 'columnsMissing',
          missing: ['金额（元）'],
        })
      },
    })
    await userEvent.upload(await screen.findByLabelText('选择文件', { selector: 'input' }), file)
    expect(await screen.findByText('第一行缺少标题：金额（元）')).toBeTruthy()
    expect(screen.getByText('没有保存，也没有入账。')).toBeTruthy()
  })
})

describe('a batch', () => {
  it('says what is wrong with a row, and starts the good ones with a tender', async () => {
    const page = open('/recharge/batch/b1')
    expect(await screen.findByText('找不到这个房间，或名称不唯一')).toBeTruthy()
    expect(screen.getByText(/1 行有错/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '开始入账' }))
    expect((await screen.findByRole('dialog')).textContent).toContain('壹佰元整')
    await userEvent.click(screen.getByText('刷卡'))
    await userEvent.click(screen.getAllByRole('button', { name: '开始入账' }).at(-1) as HTMLElement)
    expect(inputsOf(page, 'recharge.batchStart')).toEqual([{ id: 'b1', tender: 'card' }])
  })

  it('is paused while its job runs', async () => {
    const job = {
      id: 'j7',
      kind: 'recharge.batch',
      state: 'running',
      spec: { batchId: 'b1' },
      done: 1,
      total: 2,
    }
    const page = open('/recharge/batch/b1', {
      'recharge.batchGet': () => batch({ state: 'running' }),
      'jobs.list': () => ({ total: 1, rows: [job] }),
    })
    expect(await screen.findByText('1 / 2 行')).toBeTruthy()
    await userEvent.click(screen.getByText('暂停'))
    expect(inputsOf(page, 'jobs.cancel')).toEqual([{ id: 'j7' }])
    expect(screen.queryByText('开始入账')).toBeNull()
  })

  it('of the same file says that nothing is new, and cannot be started', async () => {
    open('/recharge/batch/b1', {
      'recharge.batchGet': () => batch({ errors: 1, rows: 5001, sameRows: 5000, postRows: 0, postFen: 0 }),
    })
    expect(await screen.findByText(/没有新的行/)).toBeTruthy()
    expect(screen.getByLabelText('这些行另一批都已入账')).toBeTruthy()
  })

  it('with rows of another batch asks to confirm what it posts, no more', async () => {
    open('/recharge/batch/b1', {
      'recharge.batchGet': () =>
        batch({
          rows: 20,
          errors: 0,
          sameRows: 19,
          sameFen: 37_000,
          postRows: 1,
          postFen: 2000,
          amountFen: 39_000,
        }),
    })
    expect(await screen.findByText(/其中 19 行另一批已入账/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '开始入账' }))
    const asked = (await screen.findByRole('dialog')).textContent
    expect(asked).toContain('行数1')
    expect(asked).toContain('20.00')
    expect(asked).toContain('贰拾元整')
    expect(asked).not.toContain('390.00')
  })

  it('goes on with the tender that it was started with', async () => {
    const page = open('/recharge/batch/b1', {
      'recharge.batchGet': () => batch({ state: 'paused', tender: 'card' }),
    })
    await userEvent.click(await screen.findByRole('button', { name: '继续入账' }))
    await userEvent.click(screen.getAllByRole('button', { name: '继续入账' }).at(-1) as HTMLElement)
    expect(inputsOf(page, 'recharge.batchStart')).toEqual([{ id: 'b1', tender: 'card' }])
  })

  it('posts a row of another batch once more only after a person ticked that it is another payment', async () => {
    const same = row(2, { state: 'same', intentId: 'i9', room: 'A101', note: '三月' })
    const said = row(3, { state: 'ready', repeatBy: '王主管' })
    const page = open('/recharge/batch/b1', {
      'recharge.batchGet': () => batch({ errors: 0, sameRows: 1, sameFen: 5000 }),
      'recharge.batchRows': () => ({ total: 2, rows: [same, said] }),
      'recharge.batchRepeat': () => batch(),
    })
    expect((await screen.findByText('再充一次…')).closest('button')?.title).toBe(
      '另一批已入账：房间、金额和备注相同',
    )
    expect(screen.getByText(/王主管 确认再充/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '再充一次…' }))
    const dialog = await screen.findByRole('dialog')
    expect(dialog.textContent).toContain('伍拾元整')
    expect(dialog.querySelector('a')?.getAttribute('href')).toContain('/recharge/records/i9')
    expect(screen.getByRole<HTMLButtonElement>('button', { name: '确认再充' }).disabled).toBe(true)
    await userEvent.click(screen.getByRole('checkbox'))
    await userEvent.click(screen.getByRole('button', { name: '确认再充' }))
    await userEvent.click(screen.getByRole('button', { name: '撤回' }))
    expect(inputsOf(page, 'recharge.batchRepeat')).toEqual([
      { id: 'b1', repeat: true, rows: [2] },
      { id: 'b1', repeat: false, rows: [3] },
    ])
  })

  it('that is none says so', async () => {
    open('/recharge/batch/b9', {
      'recharge.batchGet': () => {
        throw new SitedeskError('NOT_FOUND', 'There is no such batch.')
      },
    })
    expect(await screen.findByRole('link')).toBeTruthy()
    expect(screen.getByRole('link').getAttribute('href')).toBe('/recharge/batch')
  })
})
