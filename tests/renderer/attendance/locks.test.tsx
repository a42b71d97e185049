import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { SitedeskError } from '#shared/errors.ts'
import { CorrectionActs } from '../../../src/renderer/features/attendance/corrections/CorrectionActs.tsx'
import { isShut, mayOverride } from '../../../src/renderer/features/attendance/locks.ts'
import { RecordActs } from '../../../src/renderer/features/attendance/records/RecordActs.tsx'
import { LiftDialog, LockDialog } from '../../../src/renderer/features/timesheets/LockDialogs.tsx'
import { LockMark } from '../../../src/renderer/features/timesheets/LockMark.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'
import { clerk, correction, NOW, project, record } from './fixtures.ts'

const DAY = 86_400_000
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name })
const inputsOf = (page: ReturnType<typeof renderPart>, operation: string) =>
  page.calls.filter((call) => call.operation === operation).map(({ input }) => input)

describe('who opens a locked record', () => {
  const locked = record({ locked: true })
  it('is a supervisor or the owner, while there is something to change', () => {
    const owner = { roles: ['owner' as const] }
    const nobody = { roles: ['keeper' as const] }
    expect(mayOverride(locked, nobody, true)).toBe(true)
    expect(mayOverride(locked, owner, false)).toBe(true)
    expect(mayOverride(locked, nobody, false)).toBe(false)
    expect(mayOverride(record({ locked: false }), owner, true)).toBe(false)
    expect(mayOverride(record({ locked: true, overriddenUntil: NOW + DAY }), owner, true)).toBe(false)
    for (const state of ['rejected', 'cancelled'] as const)
      expect(mayOverride(record({ locked: true, state }), owner, true)).toBe(false)
    for (const state of ['pending', 'confirmed'] as const)
      expect(mayOverride(record({ locked: true, state }), owner, false)).toBe(true)
    expect(isShut(record({ locked: true, overriddenUntil: NOW + DAY }))).toBe(false)
  })

  const open = (hello: typeof HELLO, answers: Answers = {}) =>
    renderPart(<RecordActs record={locked} />, {
      hello,
      answers: {
        'attendance.project': () => project(),
        'attendance.overrideLock': () => ({ recordId: '7', until: NOW + DAY }),
        ...answers,
      },
    })

  it('gives a reason, and hours; then it is open', async () => {
    const page = open(HELLO)
    await userEvent.click(await screen.findByRole('button', { name: '放行' }))
    const sure = screen.getAllByRole<HTMLButtonElement>('button', { name: '放行' }).at(-1)
    expect(sure?.disabled).toBe(true)
    expect(document.querySelector('.ant-modal')?.textContent).toContain('工人甲 · 02-28 08:00 – 16:00')
    await userEvent.type(screen.getByLabelText('原因'), '工资表漏了')
    await userEvent.clear(screen.getByLabelText('放行小时数'))
    await userEvent.type(screen.getByLabelText('放行小时数'), '2')
    await userEvent.type(screen.getByLabelText('原因'), '{Enter}')
    await waitFor(() =>
      expect(inputsOf(page, 'attendance.overrideLock')).toEqual([
        { recordId: '7', reason: '工资表漏了', hours: 2 },
      ]),
    )
    await waitFor(() => expect(screen.queryByLabelText('原因')).toBeNull())
  })

  it('reads in the words of the rule why it was refused', async () => {
    open(HELLO, {
      'attendance.overrideLock': () => {
        throw new SitedeskError('NOT_ALLOWED_NOW', 'This period is not locked.', { reason: 'notLocked' })
      },
    })
    await userEvent.click(await screen.findByRole('button', { name: '放行' }))
    await userEvent.type(screen.getByLabelText('原因'), '试{Enter}')
    expect(await screen.findByText('没有完成：该期间没有锁定')).toBeTruthy()
  })

  it('is not a clerk, who sees why the keeper cannot correct it', async () => {
    open(clerk, { 'attendance.project': () => project({ roles: ['keeper'] }) })
    expect((await screen.findByRole<HTMLButtonElement>('button', { name: '提出修改' })).disabled).toBe(true)
    expect(screen.getByLabelText('该期间已锁定')).toBeTruthy()
    expect(screen.queryByRole('button', { name: '放行' })).toBeNull()
  })
})

describe('a correction of a locked day', () => {
  it('can be refused, and not agreed to before it is opened', () => {
    renderPart(<CorrectionActs correction={correction()} locked />)
    expect([button('同意修改').disabled, button('不同意').disabled]).toEqual([true, false])
    expect(screen.getByLabelText('该期间已锁定')).toBeTruthy()
  })

  it('can be agreed to once it was', () => {
    renderPart(<CorrectionActs correction={correction()} locked={false} />)
    expect(button('同意修改').disabled).toBe(false)
  })
})

describe('the mark of a lock', () => {
  const lock = { before: NOW, graceUntil: NOW - 1, note: '' }
  it.each([
    [lock, NOW - 1, '已锁定，宽限已在'],
    [{ ...lock, graceUntil: NOW + DAY }, NOW - 1, '即将锁定，宽限到'],
  ])('says whether it is shut, or about to be', (given, at, words) => {
    renderPart(<LockMark lock={given} at={at} />)
    expect(screen.getByRole('img').getAttribute('aria-label')).toContain(words)
  })

  it.each([
    [lock, NOW],
    [null, NOW - 1],
  ])('is none on what is free', (given, at) => {
    renderPart(<LockMark lock={given} at={at} />)
    expect(screen.queryByRole('img')).toBeNull()
  })
})

describe('the lock of a project', () => {
  const close = () => undefined
  it('goes up to and with the last day of the month before, unless said otherwise', async () => {
    const page = renderPart(<LockDialog project={project()} open onClose={close} />, {
      answers: { 'attendance.lockPeriod': () => project() },
    })
    await userEvent.click(screen.getByRole('button', { name: '锁定' }))
    const before = Date.UTC(2026, 1, 28, 16)
    expect(inputsOf(page, 'attendance.lockPeriod')).toEqual([{ projectId: '1', before, graceDays: 3 }])
  })

  it('is lifted with a reason only', async () => {
    const page = renderPart(<LiftDialog project={project()} open onClose={close} />, {
      answers: { 'attendance.liftLock': () => project() },
    })
    expect(button('解除锁定').disabled).toBe(true)
    await userEvent.type(screen.getByLabelText('原因'), '重新核算{Enter}')
    expect(inputsOf(page, 'attendance.liftLock')).toEqual([{ projectId: '1', reason: '重新核算' }])
  })
})
