import { screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { UPDATE_BLOCKERS, type UpdateStatus } from '../../../src/shared/contract/updates.ts'
import { SitedeskError } from '../../../src/shared/errors.ts'
import { UpdatesPage } from '../../../src/renderer/features/updates/UpdatesPage.tsx'
import { HELLO, renderPart } from '../render.tsx'

const READY: UpdateStatus = {
  state: 'ready',
  version: '1.0.0',
  source: { kind: 'folder', path: '/updates' },
  offered: { version: '1.1.0', notes: { zh: '修了毛病', en: 'Mended' }, name: 'setup.exe', bytes: 1000 },
  receivedBytes: 1000,
  problem: null,
  blockers: [],
  checkedAt: HELLO.now,
  deferredUntil: null,
  byHand: false,
  file: '/data/updates/setup.exe',
  last: null,
}

it('names what an installation waits for', async () => {
  renderPart(<UpdatesPage />, {
    answers: { 'updates.status': () => ({ ...READY, blockers: UPDATE_BLOCKERS }) },
  })
  const button = await screen.findByRole('button', { name: '安装并退出' })
  expect(button).toHaveProperty('disabled', true)
  expect(
    screen.getByLabelText(/等待 .*充值、手机上正在进行的付款、.*充电器配置、.*任务、.*表计指令 结束后/),
  ).toBeTruthy()
})

it('says what began between the look and the click', async () => {
  renderPart(<UpdatesPage />, {
    answers: {
      'updates.status': () => READY,
      'updates.install': () => {
        throw new SitedeskError('NOT_ALLOWED_NOW', 'The update waits for: recharge.', {
          blockers: ['recharge'],
        })
      },
    },
  })
  await userEvent.click(await screen.findByRole('button', { name: '安装并退出' }))
  expect(await screen.findByText('等待 正在进行的充值 结束后才能安装')).toBeTruthy()
  expect(screen.queryByText(/当前状态不能这样做/)).toBeNull()
})
