import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import { ThemeProvider } from '../../../src/renderer/app/mode.tsx'
import { checksOf } from '../../../src/renderer/features/setup/checklist.ts'
import { SetupWizard } from '../../../src/renderer/features/setup/SetupWizard.tsx'
import type { Output } from '../../../src/shared/contract/index.ts'
import { HELLO, renderPart } from '../render.tsx'

type Status = Output<'backups.status'>
const STATUS: Status = {
  lastGoodAt: null,
  warnings: [],
  lastFailure: null,
  second: { state: 'off', folder: null, since: null, lastCopyAt: null, freeBytes: null, message: null },
  freeBytes: 5_000_000_000,
  folder: '/data/backups',
  lastRestore: null,
  restoring: false,
}

const WIZARD = (
  <ThemeProvider>
    <SetupWizard />
  </ThemeProvider>
)

const kept = () => JSON.stringify(Object.entries(localStorage))
beforeEach(() => localStorage.clear())

const begin = () =>
  renderPart(WIZARD, {
    hello: { ...HELLO, firstRun: true, operator: null, names: [] },
    answers: {
      'system.practice': () => ({ state: 'unavailable', url: null }),
      'backups.adopt': () => ({ restarting: true, madeAt: 1 }),
    },
  })

it('goes on with the site of another computer, by keys alone', async () => {
  const page = begin()
  const name = await screen.findByLabelText('姓名')
  expect(document.activeElement).toBe(name)
  await userEvent.tab({ shift: true })
  await userEvent.keyboard('{ArrowRight}')
  expect(await screen.findByText(/点“导出整站…”，设一个口令/)).toBeTruthy()
  expect(screen.queryByLabelText('姓名')).toBeNull()
  await userEvent.tab()
  await userEvent.keyboard('"E:\\move.sealed"')
  await userEvent.tab()
  await userEvent.keyboard('correct horse battery{Enter}')
  // quotation marks as Explorer copies them are no part of a path
  await waitFor(() =>
    expect(page.calls.at(-1)).toEqual({
      operation: 'backups.adopt',
      input: { path: 'E:\\move.sealed', passphrase: 'correct horse battery' },
    }),
  )
  expect(await screen.findByText(/随后用原来的姓名和 PIN 登录/)).toBeTruthy()
})

const backups = (tried: Output<'backups.tryPlace'>) =>
  renderPart(WIZARD, {
    hello: { ...HELLO, setup: 'backups' },
    answers: {
      'backups.status': () => STATUS,
      'backups.tryPlace': () => tried,
      'backups.setPlace': () => STATUS.second,
      'settings.update': () => ({ changed: ['setup.step'] }),
      'system.hello': () => HELLO,
    },
  })
const FOUND = { problem: null, message: null, freeBytes: 64_000_000_000, sameDisk: false } as const

it.each([
  [FOUND, /可以用：写入、读回都正常/],
  [{ ...FOUND, sameDisk: true }, /和数据在同一块磁盘上/],
  [{ ...FOUND, problem: 'readOnly', message: 'EACCES', freeBytes: null } as const, /不让写入/],
])('says what the trial of a folder found: %j', async (tried, says) => {
  backups(tried)
  await userEvent.type(await screen.findByLabelText('文件夹'), '/media/stick')
  await userEvent.click(screen.getByRole('button', { name: '测试这个文件夹' }))
  expect(await screen.findByText(says)).toBeTruthy()
  // true of that folder only
  await userEvent.type(screen.getByLabelText('文件夹'), '2')
  expect(screen.queryByText(says)).toBeNull()
})

it('shows where the copies are, keeps the place and goes on; the passphrase is in no draft', async () => {
  const page = backups(FOUND)
  expect(await screen.findByText('/data/backups')).toBeTruthy()
  expect(screen.getByText(/硬盘坏了或电脑丢了/)).toBeTruthy()
  const save = screen.getByRole<HTMLButtonElement>('button', { name: '保存并继续' })
  await userEvent.type(screen.getByLabelText('文件夹'), '/media/stick')
  await userEvent.type(screen.getByLabelText('口令'), 'correct horse')
  await userEvent.type(screen.getByLabelText('再输一次口令'), 'correct horsf')
  expect(screen.getByText('两次输入的口令不一样')).toBeTruthy()
  expect(save.disabled).toBe(true)
  expect(kept()).toContain('/media/stick')
  expect(kept()).not.toContain('correct')
  await userEvent.type(screen.getByLabelText('再输一次口令'), '{Backspace}e')
  await userEvent.click(save)
  await waitFor(() =>
    expect(page.calls).toContainEqual({
      operation: 'settings.update',
      input: { changes: { 'setup.step': 'summary' } },
    }),
  )
  expect(page.calls).toContainEqual({
    operation: 'backups.setPlace',
    input: { folder: '/media/stick', passphrase: 'correct horse' },
  })
  expect(kept()).not.toContain('/media/stick')
})

it('may be left for later, and the list of open ends says so', async () => {
  const page = backups(FOUND)
  await userEvent.click(await screen.findByRole('button', { name: '以后再说' }))
  await waitFor(() =>
    expect(page.calls.at(-1)).toMatchObject({ input: { changes: { 'setup.step': 'summary' } } }),
  )
  const facts = (values: Output<'settings.get'>['values']) =>
    checksOf({
      settings: { values },
      status: { sources: [], lan: { state: 'off' }, bluetooth: { state: 'off' } } as never,
      operators: 1,
    }).backups
  expect(facts({})).toBe(false)
  expect(facts({ backups: { second: { folder: '/media/stick' } } })).toBe(true)
})
