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
  before: null,
  after: null,
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
