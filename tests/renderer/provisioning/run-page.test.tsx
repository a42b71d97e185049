import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Route, Routes } from 'react-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SitedeskError } from '#shared/errors.ts'
import type { Run } from '../../../src/shared/contract/provisioning.ts'
import { RunPage } from '../../../src/renderer/features/provisioning/RunPage.tsx'
import type { Answers } from '../fake-client.ts'
import { HELLO, renderPart } from '../render.tsx'
import { asking, device, NAMES, run, stepsAt } from './fixtures.ts'

const [A, B, C] = NAMES
const hello = { ...HELLO, now: Date.now() }
const soon = hello.now + 60_000

function open(first: Run, change: Answers = {}) {
  let current = first
  const page = renderPart(
    <Routes>
      <Route path="/chargers/runs/:runId" element={<RunPage />} />
    </Routes>,
    {
      url: '/chargers/runs/r1',
      hello,
      answers: {
        'provisioning.get': () => current,
        'provisioning.answer': () => ({ ok: true }),
        'provisioning.retry': () => ({ count: 1 }),
        'provisioning.skip': () => ({ ok: true }),
        'provisioning.pause': () => ({ ok: true }),
        'chargers.command': () => ({ status: 0, reply: '', exchange: [] }),
        ...change,
      },
    },
  )
  return {
    ...page,
    become(next: Run) {
      current = next
      page.emit({ type: 'changed', area: 'provisioning' })
    },
    inputs: (operation: string) =>
      page.calls.filter((call) => call.operation === operation).map(({ input }) => input),
  }
}
/** time passes on this page only as the tests let it */
let now = 0
/** a key counts only for a question that has stood there long enough to be read */
const read = () => {
  now += 400
}

beforeEach(() => {
  localStorage.clear()
  vi.spyOn(performance, 'now').mockImplementation(() => now)
})
afterEach(() => vi.restoreAllMocks())

describe('a run', () => {
  it('asks large, and takes Y for yes once', async () => {
    const page = open(run([asking(A, 2, soon), device(B)]))
    expect(await screen.findByText('2 号口的灯亮了，负载在充电吗？', { selector: '.run-ask' })).toBeTruthy()
    read()
    await userEvent.keyboard('yyy')
    await waitFor(() => expect(page.inputs('provisioning.answer')).toHaveLength(1))
    expect(page.inputs('provisioning.answer')).toEqual([{ id: 'r1', name: A, step: 'test2.seen', ok: true }])
  })

  it('takes no key for a question that has only just come up', async () => {
    const page = open(run([asking(A, 1, soon)]))
    await screen.findByText(/1 号口/, { selector: '.run-ask' })
    read()
    await userEvent.keyboard('n')
    page.become(run([asking(B, 3, soon)]))
    await screen.findByText(/3 号口/, { selector: '.run-ask' })
    fireEvent.keyDown(window, { key: 'n' })
    expect(page.inputs('provisioning.answer')).toEqual([{ id: 'r1', name: A, step: 'test1.seen', ok: false }])
  })

  it('leaves Enter to the button that has the focus', async () => {
    const page = open(run([asking(A, 1, soon)]))
    await screen.findByText(/1 号口/, { selector: '.run-ask' })
    read()
    within(screen.getByLabelText('等待回答')).getByRole('button', { name: /闪灯/ }).focus()
    await userEvent.keyboard('{Enter}')
    expect(page.inputs('chargers.command')).toEqual([{ name: A, command: 'LEDBLINK' }])
    expect(page.inputs('provisioning.answer')).toEqual([])
  })

  it('says why in words, and tries the failed again', async () => {
    const failed = device(B, {
      state: 'failed',
      reason: { code: 'portBroken', data: { port: 3 } },
      steps: stepsAt('ports', { state: 'failed' }),
    })
    const page = open(
      run(
        [
          device(A, { state: 'passed', steps: stepsAt('labelled', { state: 'waiting' }) }),
          failed,
          device(C, { state: 'skipped', reason: { code: 'skippedByHand', data: { by: '李四' } } }),
        ],
        { state: 'partial' },
      ),
    )
    expect((await screen.findAllByText('3 号口报损坏（999）：这台要维修或更换')).length).toBeGreaterThan(0)
    expect(screen.getAllByText('李四 跳过了它').length).toBeGreaterThan(0)
    await userEvent.click(screen.getByRole('button', { name: '重试没有通过的（2 台）' }))
    await userEvent.click(screen.getByRole('button', { name: '重试 60010002' }))
    expect(page.inputs('provisioning.retry')).toEqual([{ id: 'r1' }, { id: 'r1', names: [B] }])
    const labels = screen.getByRole('link', { name: '1 台还没有打印标签' })
    expect(labels.getAttribute('href')).toBe('/chargers/labels?codes=60010001&run=r1')
  })

  it('a reason that leaves a value out shows no placeholder', async () => {
    const failed = device(A, { state: 'failed', reason: { code: 'noReply' } })
    open(run([failed], { state: 'failed' }))
    expect((await screen.findAllByText(/对 命令 没有回复/)).length).toBeGreaterThan(0)
    expect(document.body.textContent).not.toContain('{{')
  })

  it('is large for one hand, and stays so after a reload', async () => {
    const first = open(run([asking(A, 1, soon)]))
    await userEvent.click(await screen.findByText('安装员模式'))
    expect(document.querySelector('.run-page')?.hasAttribute('data-installer')).toBe(true)
    first.unmount()
    open(run([asking(A, 1, soon)]))
    await screen.findByText('安装员模式')
    expect(document.querySelector('.run-page')?.hasAttribute('data-installer')).toBe(true)
  })

  it('that is none says so', async () => {
    open(run([]), {
      'provisioning.get': () => {
        throw new SitedeskError('NOT_FOUND', 'There is no such run.')
      },
    })
    expect(await screen.findByText('没有这个批次')).toBeTruthy()
  })
})
