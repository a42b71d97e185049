import { act, screen } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { AsOf } from '../../../src/renderer/ui/AsOf.tsx'
import { EmptyState, ErrorState, Reading, Skeleton, WithReason } from '../../../src/renderer/ui/states.tsx'
import { SitedeskError } from '../../../src/shared/errors.ts'
import { DAY, MINUTE } from '../../../src/shared/time.ts'
import { HELLO, renderPart } from '../render.tsx'

afterEach(() => void vi.useRealTimers())

describe('states', () => {
  it('show nothing under 300 ms, then a shape', () => {
    vi.useFakeTimers()
    renderPart(<Skeleton lines={3} />)
    act(() => void vi.advanceTimersByTime(299))
    expect(screen.queryByRole('status')).toBeNull()
    act(() => void vi.advanceTimersByTime(1))
    expect(screen.getByRole('status').children).toHaveLength(3)
  })

  it('say of an error what happened, what is safe, what to do, and give a code', () => {
    const retry = vi.fn<() => void>()
    renderPart(<ErrorState error={new SitedeskError('UPSTREAM_OFFLINE', 'no answer')} retry={retry} />)
    const box = screen.getByRole('alert')
    expect(box.textContent).toContain('连不上对方系统')
    expect(box.textContent).toContain('已保存的数据不受影响')
    expect(box.textContent).toContain('检查网络')
    expect(box.textContent).toContain('UPSTREAM_OFFLINE')
    screen.getByText('重试').click()
    expect(retry).toHaveBeenCalledOnce()
  })

  it('show anything unforeseen as a bug, never as a blank', () => {
    renderPart(<ErrorState error={new TypeError('x is undefined')} />)
    expect(screen.getByRole('alert').textContent).toContain('INTERNAL')
  })

  it('keep showing old data when renewing it fails', () => {
    const read = {
      data: 'old rows',
      error: new SitedeskError('CONNECTION_LOST', ''),
      refetch: () => undefined,
    }
    renderPart(<Reading read={read}>{(data) => <p>{data}</p>}</Reading>)
    expect(screen.getByText('old rows')).toBeTruthy()
    expect(screen.getByRole('alert').textContent).toContain('CONNECTION_LOST')
  })

  it('say why there is nothing and what is next', () => {
    renderPart(<EmptyState what="还没有表计" todo="先同步" action={<button type="button">去同步</button>} />)
    expect(screen.getByText('先同步')).toBeTruthy()
    expect(screen.getByRole('button', { name: '去同步' })).toBeTruthy()
  })

  it('give the reason of a disabled thing to the keyboard too', () => {
    renderPart(
      <WithReason reason="需要管理员">
        <button type="button" disabled>
          保存
        </button>
      </WithReason>,
    )
    expect(screen.getByLabelText('需要管理员').tabIndex).toBe(0)
  })
})

describe('freshness', () => {
  it('says as of when', () => {
    renderPart(<AsOf at={HELLO.now - MINUTE} />)
    expect(screen.getByText('截至 03-01 11:59')).toBeTruthy()
  })

  it('marks data older than it should be with its age', () => {
    renderPart(<AsOf at={HELLO.now - 5 * DAY} />)
    expect(screen.getByText('截至 02-24 12:00（5 天前），未更新').dataset['tone']).toBe('attention')
  })

  it('says when nothing was ever fetched', () => {
    renderPart(<AsOf at={null} />)
    expect(screen.getByText('还没有数据').dataset['tone']).toBe('attention')
  })
})
