import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { SignInForm } from '../../../src/renderer/features/operators/SignInForm.tsx'
import { SitedeskError } from '../../../src/shared/errors.ts'
import { HELLO, renderPart } from '../render.tsx'

const form = (onDone?: () => void) => (
  <SignInForm names={HELLO.names} name="张三" verb="登录" {...(onDone ? { onDone } : {})} />
)
const pin = () => screen.getByLabelText<HTMLInputElement>('PIN')

describe('sign-in', () => {
  it('sends name and PIN by Enter and forgets the PIN', async () => {
    const done = vi.fn<() => void>()
    const page = renderPart(form(done), {
      answers: { 'operators.signIn': () => ({ session: 's', name: '张三', roles: ['admin'] }) },
    })
    await userEvent.type(pin(), '135790{Enter}')
    await waitFor(() => expect(done).toHaveBeenCalledOnce())
    expect(page.calls).toEqual([{ operation: 'operators.signIn', input: { name: '张三', pin: '135790' } }])
    expect(pin().value).toBe('')
  })

  it('never shows the PIN', () => {
    renderPart(form())
    expect(pin().type).toBe('password')
  })

  it('says that the PIN is wrong and stands ready for the next', async () => {
    renderPart(form(), {
      answers: {
        'operators.signIn': () => {
          throw new SitedeskError('PIN_WRONG', 'Name or PIN is wrong.')
        },
      },
    })
    await userEvent.type(pin(), '0000{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('姓名或 PIN 不对')
    expect(document.activeElement).toBe(pin())
  })

  it('counts down by the host’s clock while PINs are refused, and takes none', async () => {
    renderPart(form(), {
      answers: {
        'operators.signIn': () => {
          throw new SitedeskError('TOO_MANY_ATTEMPTS', 'Wait.', { retryAt: HELLO.now + 29_500 })
        },
      },
    })
    await userEvent.type(pin(), '0000{Enter}')
    expect((await screen.findByRole('alert')).textContent).toMatch(/(29|30) 秒后再试/)
    expect(pin().disabled).toBe(true)
  })
})
