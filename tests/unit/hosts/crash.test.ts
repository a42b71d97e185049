import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createCrashHandler, CRASHES_FORGIVEN } from '#main/hosts/electron/crash.ts'

const CRASH = { reason: 'crashed', exitCode: 5 }
const [AGAIN, QUIT] = [0, 1]

let answer: number
let gone: boolean
const reload = vi.fn<() => void>()
const close = vi.fn<() => void>()
const ask = vi.fn<(box: unknown) => Promise<{ response: number }>>()
const error = vi.fn<(message: string, data?: object) => void>()
let crash: (gone?: typeof CRASH) => Promise<void>

beforeEach(() => {
  vi.resetAllMocks()
  ask.mockImplementation(() => Promise.resolve({ response: answer }))
  gone = false
  answer = QUIT
  const handle = createCrashHandler({ isGone: () => gone, reload, close, ask }, { error })
  crash = (what = CRASH) => handle(what)
})
const crashes = async (times: number) => {
  for (let i = 0; i < times; i++) await crash()
}

describe('a page that crashes', () => {
  it('is loaded again without a question the first times, and logged each time', async () => {
    await crashes(CRASHES_FORGIVEN)
    expect(reload).toHaveBeenCalledTimes(CRASHES_FORGIVEN)
    expect(ask).not.toHaveBeenCalled()
    expect(error).toHaveBeenLastCalledWith('the page crashed', { ...CRASH, crashes: CRASHES_FORGIVEN })
  })

  it('is not closed before a person said so, in either language', async () => {
    await crashes(CRASHES_FORGIVEN + 1)
    expect(ask).toHaveBeenCalledOnce()
    const box = ask.mock.calls[0]?.[0] as { message: string; buttons: string[]; cancelId: number }
    expect(box.message).toMatch(/崩溃.*crashed/)
    expect(box.buttons[QUIT]).toContain('Quit')
    expect(box.cancelId).toBe(QUIT)
    expect(close).toHaveBeenCalledOnce()
    expect(reload).toHaveBeenCalledTimes(CRASHES_FORGIVEN)
  })

  it('is opened again when the person wants it, and forgiven anew', async () => {
    answer = AGAIN
    await crashes(CRASHES_FORGIVEN + 1)
    expect(reload).toHaveBeenCalledTimes(CRASHES_FORGIVEN + 1)
    await crashes(CRASHES_FORGIVEN)
    expect(ask).toHaveBeenCalledOnce()
    await crash()
    expect(ask).toHaveBeenCalledTimes(2)
    expect(close).not.toHaveBeenCalled()
  })

  it('is left alone when it ended by itself or its window is gone', async () => {
    await crash({ reason: 'clean-exit', exitCode: 0 })
    gone = true
    await crash()
    expect(reload).not.toHaveBeenCalled()
    expect(error).not.toHaveBeenCalled()
  })

  it('is not touched when its window closed while the box was open', async () => {
    await crashes(CRASHES_FORGIVEN)
    ask.mockImplementation(() => {
      gone = true
      return Promise.resolve({ response: AGAIN })
    })
    await crash()
    expect(reload).toHaveBeenCalledTimes(CRASHES_FORGIVEN)
    expect(close).not.toHaveBeenCalled()
  })
})
