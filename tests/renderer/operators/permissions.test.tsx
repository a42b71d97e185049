import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { SitedeskError } from '#shared/errors.ts'
import { Navigation } from '../../../src/renderer/app/navigation.tsx'
import { OwnPinDialog } from '../../../src/renderer/features/operators/OwnPin.tsx'
import { PermissionsPage } from '../../../src/renderer/features/operators/PermissionsPage.tsx'
import { OpenShift } from '../../../src/renderer/features/shifts/OpenShift.tsx'
import { HELLO, renderPart } from '../render.tsx'

const GROUPS = [
  {
    group: 'sales' as const,
    roles: [
      { role: 'supervisor' as const, reach: 'all' as const, least: 'own' as const },
      { role: 'cashier' as const, reach: 'own' as const, least: 'own' as const },
    ],
  },
  {
    group: 'bar' as const,
    roles: [{ role: 'supervisor' as const, reach: 'all' as const, least: 'none' as const }],
  },
]
const answers = {
  'operators.permissions': () => ({ groups: GROUPS, withheld: [] }),
  'operators.setPermissions': () => ({ groups: GROUPS, withheld: [] }),
}

describe('the table of permissions', () => {
  it('offers what the contract gives a role, and sends one cell', async () => {
    const page = renderPart(<PermissionsPage />, { answers })
    const sales = await screen.findByRole('row', { name: /查看充值、打印收据/ })
    expect(
      within(sales)
        .getAllByRole('combobox')
        .map((field) => field.getAttribute('aria-label')),
    ).toEqual(['主管：查看充值、打印收据', '收费员：查看充值、打印收据'])
    await userEvent.click(screen.getByRole('combobox', { name: '主管：黑名单' }))
    await userEvent.click(await screen.findByText('不可', { selector: '.ant-select-item-option *' }))
    await waitFor(() =>
      expect(page.calls.find(({ operation }) => operation === 'operators.setPermissions')?.input).toEqual({
        changes: [{ group: 'bar', role: 'supervisor', reach: 'none' }],
      }),
    )
  })

  it('gives everything back at once', async () => {
    const page = renderPart(<PermissionsPage />, { answers })
    await userEvent.click(await screen.findByRole('button', { name: '全部恢复默认' }))
    await waitFor(() =>
      expect(page.calls.find(({ operation }) => operation === 'operators.setPermissions')?.input).toEqual({
        changes: [{ group: 'sales', role: 'cashier', reach: 'all' }],
      }),
    )
  })

  it('is only read by a supervisor, and says why', async () => {
    const hello = { ...HELLO, operator: { id: '2', name: '李四', roles: ['supervisor' as const] } }
    renderPart(<PermissionsPage />, { answers, hello })
    expect(
      (await screen.findAllByRole('combobox')).every((field) => (field as HTMLInputElement).disabled),
    ).toBe(true)
    expect(screen.getByText('当前操作员没有权限：需要 管理员')).toBeTruthy()
  })
})

it('takes a screen out of the navigation whose operation was withheld', () => {
  const operator = { id: '2', name: '李四', roles: ['supervisor' as const] }
  const first = renderPart(<Navigation />, { hello: { ...HELLO, operator } })
  expect(screen.getByRole('link', { name: /审计/ })).toBeTruthy()
  first.unmount()
  renderPart(<Navigation />, { hello: { ...HELLO, operator: { ...operator, withheld: ['audit.list'] } } })
  expect(screen.queryByRole('link', { name: /审计/ })).toBeNull()
})

it('says beside the key that it was withheld, and does not send it', async () => {
  const operator = { id: '2', name: '李四', roles: ['cashier' as const], withheld: ['shifts.open'] }
  const page = renderPart(<OpenShift />, { hello: { ...HELLO, operator } })
  await userEvent.type(await screen.findByRole('textbox'), '100{Enter}')
  expect(screen.getByRole<HTMLButtonElement>('button', { name: '开班' }).disabled).toBe(true)
  expect(screen.getByLabelText('管理员已收回这项权限')).toBeTruthy()
  expect(page.calls.map(({ operation }) => operation)).not.toContain('shifts.open')
})

describe('a PIN for one time', () => {
  const fill = async (now: string, next: string) => {
    await userEvent.type(await screen.findByLabelText('现在的 PIN'), now)
    await userEvent.type(screen.getByLabelText('新 PIN'), next)
    await userEvent.type(screen.getByLabelText('再输一次 PIN'), `${next}{Enter}`)
  }

  it('is changed by keys alone', async () => {
    const page = renderPart(<OwnPinDialog onClose={() => undefined} />, {
      answers: { 'operators.changePin': () => ({ ok: true as const }) },
    })
    await fill('1111', '8642')
    await waitFor(() =>
      expect(page.calls.find(({ operation }) => operation === 'operators.changePin')?.input).toEqual({
        pin: '1111',
        newPin: '8642',
      }),
    )
  })

  it('says that the old one is wrong', async () => {
    renderPart(<OwnPinDialog onClose={() => undefined} />, {
      answers: {
        'operators.changePin': () => {
          throw new SitedeskError('PIN_WRONG', 'Name or PIN is wrong.')
        },
      },
    })
    await fill('9999', '8642')
    expect((await screen.findByRole('alert')).textContent).toContain('PIN 不对')
  })
})
