import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { Output } from '../../../src/shared/contract/index.ts'
import { RETENTION_KINDS } from '../../../src/shared/retention.ts'
import { RetentionPage } from '../../../src/renderer/features/retention/RetentionPage.tsx'
import { HELLO, renderPart } from '../render.tsx'

const RULES = Object.fromEntries(
  RETENTION_KINDS.map((kind) => [kind, { keepDays: kind === 'readings' ? 400 : kind === 'jobs' ? 730 : 0 }]),
)
const SPACE: Output<'retention.space'> = {
  at: HELLO.now,
  diskFreeBytes: 9_000_000_000,
  files: [
    {
      file: 'site.db',
      bytes: 3_000_000,
      ownBytes: 3_000_000,
      freeBytes: 0,
      afterBytes: 2_900_000,
      needsBytes: 70_000_000,
    },
    {
      file: 'history.db',
      bytes: 800_000_000,
      ownBytes: 780_000_000,
      freeBytes: 40_000_000,
      afterBytes: 700_000_000,
      needsBytes: 1_600_000_000,
    },
  ],
  tables: [
    {
      file: 'history.db',
      table: 'reading',
      kind: 'readings',
      kept: null,
      rows: 9_000_000,
      bytes: 500_000_000,
    },
    { file: 'site.db', table: 'shift', kind: null, kept: 'money', rows: 40, bytes: 8192 },
    { file: 'site.db', table: 'receipt', kind: null, kept: 'money', rows: 60, bytes: 8192 },
  ],
  pictures: { count: 12, bytes: 3_000_000 },
  copies: { count: 5, bytes: 20_000_000 },
  replaced: { count: 1, bytes: 4_000_000, until: HELLO.now },
}
const PREVIEW: Output<'retention.preview'> = {
  rows: RETENTION_KINDS.map((kind) => ({
    kind,
    keepDays: kind === 'readings' ? 400 : 0,
    before: kind === 'readings' ? HELLO.now : null,
    rows: kind === 'readings' ? 9_000_000 : 0,
    oldest: null,
    goes: kind === 'readings' ? 1_234_567 : 0,
    stays: 0,
    bytes: 60_000_000,
    days: kind === 'readings' ? { thinned: 13_000, left: 17 } : null,
  })),
  confirm: '2025-01-25',
}
const JOB = {
  id: 'j1',
  kind: 'retention',
  spec: {},
  state: 'done',
  step: null,
  done: 1,
  total: 1,
  error: null,
  report: [{ level: 'info', code: 'retention.readings', data: { goes: 5, stays: 6, thinned: 2, left: 1 } }],
  startedBy: '张三',
  createdAt: 1,
  updatedAt: 1,
  endedAt: 1,
  resumable: false,
}

const show = () =>
  renderPart(<RetentionPage />, {
    answers: {
      'settings.get': () => ({
        values: { retention: RULES },
        fixed: [],
        secretsSet: [],
        keyProtection: ['keyFile'],
        changedAt: null,
      }),
      'settings.update': () => ({ changed: [] }),
      'retention.space': () => SPACE,
      'retention.preview': () => PREVIEW,
      'retention.run': () => JOB,
      'retention.shrink': () => JOB,
      'jobs.get': () => JOB,
    },
  })

it('adds up tables of one reason, and shows what the files take', async () => {
  show()
  const table = within(await screen.findByRole('region', { name: '空间' }))
  expect(table.getByRole('row', { name: /充值、班次/ }).textContent).toContain('16.4 kB')
  expect(screen.getByText(/800 MB/).textContent).toContain('40.0 MB')
})

it('tries rules dry before they are saved, and clears only by rules that are', async () => {
  const page = show()
  const days = await screen.findByLabelText('抄表读数')
  await userEvent.clear(days)
  await userEvent.type(days, '500')
  await userEvent.click(screen.getByRole('button', { name: /试\s*算/ }))
  await screen.findByRole('region', { name: /试算结果/ })
  expect(page.calls.find(({ operation }) => operation === 'retention.preview')?.input).toMatchObject({
    rules: { readings: { keepDays: 500 }, jobs: { keepDays: 730 } },
  })
  expect(screen.getByRole('button', { name: '立即清理…' })).toHaveProperty('disabled', true)
})

it('thins readings only after the day was typed, and says what it did', async () => {
  const page = show()
  await userEvent.click(await screen.findByRole('button', { name: /试\s*算/ }))
  await userEvent.click(await screen.findByRole('button', { name: '立即清理…' }))
  const dialog = within(await screen.findByRole('dialog'))
  const go = dialog.getByRole('button', { name: /^清\s*理$/ })
  expect(go).toHaveProperty('disabled', true)
  await userEvent.type(dialog.getByLabelText(/2025-01-25/), '2025-01-25{Enter}')
  await waitFor(() =>
    expect(page.calls.find(({ operation }) => operation === 'retention.run')?.input).toEqual({
      kinds: ['readings'],
      confirm: '2025-01-25',
    }),
  )
  expect(await dialog.findByText(/精简 2 个表日，清理 5 个/)).toBeTruthy()
})

it('shrinks a file where that gains something, after saying what waits meanwhile', async () => {
  const page = show()
  const table = within(await screen.findByRole('region', { name: '压缩文件' }))
  expect(table.getByRole('row', { name: /历史库/ }).textContent).toContain('700 MB')
  expect(table.getByLabelText('没有可腾出的空间').querySelector('button')).toHaveProperty('disabled', true)
  await userEvent.click(table.getByRole('button', { name: '压缩 历史库' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByText(/同步要等它结束/)).toBeTruthy()
  await userEvent.click(dialog.getByRole('button', { name: /^压\s*缩$/ }))
  expect(await dialog.findByText('压缩完成')).toBeTruthy()
  expect(page.calls.find(({ operation }) => operation === 'retention.shrink')?.input).toEqual({
    file: 'history.db',
  })
})
