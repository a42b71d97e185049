import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { socketTransport, type SocketLike } from '../../../src/renderer/api/socket.ts'
import { CLOSE } from '../../../src/shared/bridge.ts'

/** The socket of a test: it opens, answers and breaks when told to. */
class FakeSocket implements SocketLike {
  readonly sent: { id: number; operation: string; input: unknown }[] = []
  readonly #listeners: Record<string, ((event: never) => void)[]> = {}

  send(text: string): void {
    this.sent.push(JSON.parse(text) as { id: number; operation: string; input: unknown })
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    ;(this.#listeners[type] ??= []).push(listener)
  }

  fire(type: 'open' | 'close' | 'message', event: object = {}): void {
    for (const listener of this.#listeners[type] ?? []) listener(event as never)
  }

  receive(frame: object): void {
    this.fire('message', { data: JSON.stringify(frame) })
  }
}

function setUp() {
  const socket = new FakeSocket()
  const reload = vi.fn<() => void>()
  const transport = socketTransport('ws://127.0.0.1/ws', () => socket, reload)
  return { socket, reload, transport }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the page’s socket', () => {
  it('sends a call made before it was open once it is, and gives the answer to the caller', async () => {
    const { socket, transport } = setUp()
    const call = transport.call('system.hello', {})
    expect(socket.sent).toEqual([])
    socket.fire('open')
    expect(socket.sent).toEqual([{ id: 1, operation: 'system.hello', input: {} }])
    socket.receive({ id: 1, ok: true, result: { version: '1' } })
    await expect(call).resolves.toEqual({ version: '1' })
  })

  it('gives answers to their own calls in any order', async () => {
    const { socket, transport } = setUp()
    socket.fire('open')
    const first = transport.call('a.b', 1)
    const second = transport.call('a.b', 2)
    socket.receive({ id: 2, ok: true, result: 'two' })
    socket.receive({ id: 1, ok: true, result: 'one' })
    expect(await Promise.all([first, second])).toEqual(['one', 'two'])
  })

  it('turns a refusal into its typed error', async () => {
    const { socket, transport } = setUp()
    socket.fire('open')
    const call = transport.call('operators.signIn', {})
    socket.receive({ id: 1, ok: false, error: { code: 'PIN_WRONG', message: 'no', data: { left: 4 } } })
    await expect(call).rejects.toMatchObject({ code: 'PIN_WRONG', message: 'no', data: { left: 4 } })
  })

  it('rejects what is in flight when the connection drops, and what is asked while it is gone', async () => {
    const { socket, transport } = setUp()
    socket.fire('open')
    const call = transport.call('a.b', {})
    socket.fire('close', { code: 1006 })
    await expect(call).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    expect(transport.state()).toBe('lost')
    await expect(transport.call('a.b', {})).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    expect(socket.sent).toHaveLength(1)
    socket.fire('open')
    expect(transport.state()).toBe('open')
    expect(socket.sent).toHaveLength(1)
  })

  it('ends every call by its timeout, also one that was never sent, and does not send it later', async () => {
    const { socket, transport } = setUp()
    const call = transport.call('a.b', {}, 1000)
    const ended = expect(call).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    await vi.advanceTimersByTimeAsync(1000)
    await ended
    socket.fire('open')
    expect(socket.sent).toEqual([])
  })

  it('ignores an answer that comes after its call ended', async () => {
    const { socket, transport } = setUp()
    socket.fire('open')
    const ended = expect(transport.call('a.b', {}, 10)).rejects.toMatchObject({ code: 'CONNECTION_LOST' })
    await vi.advanceTimersByTimeAsync(10)
    await ended
    expect(() => socket.receive({ id: 1, ok: true, result: 1 })).not.toThrow()
  })

  it('hands pushed events to every listener until it stops', () => {
    const { socket, transport } = setUp()
    const listener = vi.fn<(event: unknown) => void>()
    const stop = transport.onEvent(listener)
    socket.receive({ event: { type: 'changed', area: 'meters' } })
    stop()
    socket.receive({ event: { type: 'changed', area: 'jobs' } })
    expect(listener.mock.calls).toEqual([[{ type: 'changed', area: 'meters' }]])
  })

  it('reloads when the host no longer knows this browser', () => {
    const { socket, reload } = setUp()
    socket.fire('open')
    socket.fire('close', { code: 1006 })
    expect(reload).not.toHaveBeenCalled()
    socket.fire('close', { code: CLOSE.cookieUnknown })
    socket.fire('close', { code: CLOSE.cookieUnknown })
    expect(reload).toHaveBeenCalledOnce()
  })
})
