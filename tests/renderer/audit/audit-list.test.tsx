import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { AuditList } from '../../../src/renderer/features/audit/AuditList.tsx'
import { HELLO, renderPart } from '../render.tsx'

const ROW = {
  id: 'a1',
  at: HELLO.now,
  operator: '张三',
  door: 'browser',
  operation: 'shifts.close',
  target: '早班',
  outcome: 'ok',
  place: 'DESK-7 #0a1b2c3d',
  before: { state: 'open', drawer: { cashFen: 100 } },
  after: { state: 'closed', drawer: { cashFen: 100 }, reason: '短款' },
  hash: 'h',
}

const show = () => renderPart(<AuditList />, { answers: { 'audit.list': () => ({ total: 1, rows: [ROW] }) } })

it('says what was done in words, in the drawer with the name of the operation beside', async () => {
  show()
  await userEvent.click(await screen.findByText('交班'))
  const drawer = await screen.findByRole('dialog')
  expect(drawer.querySelector('.ant-drawer-title')?.textContent).toBe('交班')
  expect(within(drawer).getByText('shifts.close', { selector: '.sd-code *, .sd-code' })).toBeTruthy()
})

it('filters by the words, and asks by the name of the operation', async () => {
  const page = show()
  const field = await screen.findByRole('combobox', { name: '操作' })
  await userEvent.type(field, '交班')
  await userEvent.click(await screen.findByText('交班', { selector: '.ant-select-item-option *' }))
  await waitFor(() => expect(page.calls.at(-1)?.input).toMatchObject({ operation: 'shifts.close' }))
})

it('shows what changed side by side, what stayed after it', async () => {
  show()
  await userEvent.click(await screen.findByText('交班'))
  const table = await screen.findByRole('table', { name: '' }).then(() => screen.getAllByRole('table').at(-1))
  const lines = within(table as HTMLElement)
    .getAllByRole('row')
    .slice(1)
    .map((line) => [...line.children].map((cell) => cell.textContent))
  expect(lines).toEqual([
    ['state', 'open', 'closed', '≠ 已改'],
    ['reason', '', '短款', '+ 新增'],
    ['drawer.cashFen', '100', '100', ''],
  ])
})

it('walks the chain call by call and says that it is whole, with the hash to keep', async () => {
  const head = { id: 30_000, hash: 'f00d' }
  const page = renderPart(<AuditList />, {
    answers: {
      'audit.list': () => ({ total: 1, rows: [ROW] }),
      'audit.verify': ({ after = 0 }) =>
        after === 0
          ? { checked: 20_000, total: 30_000, done: false, broken: null, head }
          : { checked: 30_000, total: 30_000, done: true, broken: null, head },
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: /立即校验/ }))
  expect((await screen.findByText(/30,000 行全部吻合/)).textContent).toContain('f00d')
  expect(
    page.calls.filter(({ operation }) => operation === 'audit.verify').map(({ input }) => input),
  ).toEqual([{ after: 0 }, { after: 20_000 }])
})

it('says the first row that does not fit', async () => {
  renderPart(<AuditList />, {
    answers: {
      'audit.list': () => ({ total: 1, rows: [ROW] }),
      'audit.verify': () => ({
        checked: 6,
        total: 9,
        done: true,
        broken: { id: 7, how: 'changed' },
        head: null,
      }),
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: /立即校验/ }))
  expect(await screen.findByText(/第 7 行起不吻合：内容被改过/)).toBeTruthy()
})
