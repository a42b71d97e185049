import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { Output } from '../../../src/shared/contract/index.ts'
import { SitedeskError } from '../../../src/shared/errors.ts'
import { BackupsPage } from '../../../src/renderer/features/backups/BackupsPage.tsx'
import { RestorePanel } from '../../../src/renderer/features/backups/RestorePanel.tsx'
import { HELLO, renderPart } from '../render.tsx'

type Status = Output<'backups.status'>
const ROW = {
  place: 'first',
  name: 'site.20260301T020000Z.scheduled.db',
  file: 'site.db',
  madeAt: HELLO.now - 3_600_000,
  reason: 'scheduled',
  bytes: 1_400_000,
  state: 'good',
  problem: null,
  warnings: [],
  schema: 12,
  auditRows: 40,
}
const STATUS: Status = {
  lastGoodAt: HELLO.now - 3_600_000,
  warnings: [],
  lastFailure: null,
  second: {
    state: 'absent',
    folder: '/media/stick',
    since: HELLO.now,
    lastCopyAt: null,
    freeBytes: null,
    message: null,
  },
  freeBytes: 5_000_000_000,
  folder: '/data/backups',
  lastRestore: null,
  restoring: false,
}
const PREVIEW: Output<'backups.preview'> = {
  madeAt: ROW.madeAt,
  file: 'site.db',
  schema: 12,
  problems: [],
  warnings: [],
  changes: [
    {
      group: 'recharges',
      table: 'recharge_intent',
      rowsNow: 12,
      rowsThen: 10,
      lost: 2,
      sumsNow: { amountFen: 120_000 },
      sumsThen: { amountFen: 100_000 },
      newestNow: HELLO.now,
      newestThen: ROW.madeAt,
    },
  ],
  openRecharges: [],
  blockers: [],
  confirm: '2026-03-01',
}

const show = (more: { status?: Partial<Status>; preview?: Partial<typeof PREVIEW> } = {}) =>
  renderPart(<BackupsPage />, {
    answers: {
      'backups.list': () => ({ total: 1, rows: [ROW] }),
      'backups.status': () => ({ ...STATUS, ...more.status }),
      'backups.preview': () => ({ ...PREVIEW, ...more.preview }),
      'backups.restore': () => ({ restarting: true, safetyCopy: 'x' }),
    },
  })

async function openRestore() {
  await userEvent.click(await screen.findByText(ROW.name))
  await userEvent.click(await screen.findByRole('button', { name: '恢复…' }))
  return screen.findByRole('region', { name: '会改变什么' })
}

it('says since when the second place is away', async () => {
  show()
  expect(await screen.findByText('不在（拔出或断开）')).toBeTruthy()
  expect(screen.getByText(/^自 .* 起$/)).toBeTruthy()
})

it('shows what would be lost, and restores only once the day was typed', async () => {
  const page = show()
  const table = await openRestore()
  const cells = within(table).getAllByRole('row').at(-1)?.textContent
  expect(cells).toContain('充值1210−2')
  expect(cells).toContain('¥1,200.00¥1,000.00')
  const go = screen.getByRole<HTMLButtonElement>('button', { name: /^恢 ?复$/ })
  expect(go.disabled).toBe(true)
  await userEvent.type(screen.getByLabelText(/2026-03-01/), '2026-03-01')
  expect(go.disabled).toBe(false)
  await userEvent.click(go)
  await waitFor(() =>
    expect(page.calls.at(-1)).toMatchObject({
      operation: 'backups.restore',
      input: { from: { place: 'first', name: ROW.name }, confirm: '2026-03-01' },
    }),
  )
  expect(await screen.findByText(/正在关闭并重新打开/)).toBeTruthy()
})

it('is refused while a recharge is open, and says which', async () => {
  const open = { id: 'i', outTradeNo: 'sdk20260301', state: 'SENT', room: '梅园 / 101', amountFen: 5000 }
  show({ preview: { openRecharges: [open] } })
  await openRestore()
  expect(screen.getByText('sdk20260301')).toBeTruthy()
  expect(screen.getByLabelText<HTMLInputElement>(/2026-03-01/).disabled).toBe(true)
})

it('is refused while something else is under way, and says what', async () => {
  show({ preview: { blockers: ['payment', 'command'] } })
  await openRestore()
  expect(screen.getByText('等待 手机上正在进行的付款、正在发送的表计指令 结束后才能恢复')).toBeTruthy()
  expect(screen.getByLabelText<HTMLInputElement>(/2026-03-01/).disabled).toBe(true)
})

it('says that money was proven equal after a restore, or which table was not', async () => {
  const last = {
    at: HELLO.now,
    by: '张三',
    from: ROW.name,
    madeAt: ROW.madeAt,
    state: 'done' as const,
    differences: ['shift'],
    openRecharges: 0,
    openPayments: 0,
    money: [],
    kept: null,
  }
  show({ status: { lastRestore: last } })
  expect(await screen.findByText(/金额与备份不等：shift/)).toBeTruthy()
})

it('goes on with a file of another computer before anybody is there, and says when its passphrase is wrong', async () => {
  let wrong = true
  const page = renderPart(<RestorePanel />, {
    answers: {
      'backups.adopt': () => {
        if (wrong) throw new SitedeskError('BACKUP_UNUSABLE', 'no', { reason: 'wrongKey' })
        return { restarting: true, madeAt: 1 }
      },
    },
  })
  await userEvent.type(screen.getByLabelText('文件路径'), '/media/stick/site.sealed')
  await userEvent.type(screen.getByLabelText('口令'), 'correct horse battery')
  await userEvent.click(screen.getByRole('button', { name: '打开并继续' }))
  expect(await screen.findByText('这份备份用不了')).toBeTruthy()
  expect(screen.getByText('口令不对，或者还没有填口令。')).toBeTruthy()
  wrong = false
  await userEvent.click(screen.getByRole('button', { name: '打开并继续' }))
  expect(await screen.findByText(/随后用原来的姓名和 PIN 登录/)).toBeTruthy()
  expect(page.calls.at(-1)?.input).toEqual({
    path: '/media/stick/site.sealed',
    passphrase: 'correct horse battery',
  })
})
