import { createSignal } from '../../src/renderer/api/signal.ts'
import type { ConnectionState, Transport } from '../../src/renderer/api/transport.ts'
import type { CoreEvent } from '../../src/shared/contract/events.ts'

export type Answers = Readonly<Record<string, (input: never) => unknown>>

/** A host inside the test: answers what the test says, remembers what was asked. */
export function fakeTransport(answers: Answers, host: Transport['host'] = 'browser') {
  const events = createSignal<CoreEvent>()
  const states = createSignal<void>()
  const calls: { operation: string; input: unknown }[] = []
  let state: ConnectionState = 'open'
  const transport: Transport = {
    host,
    state: () => state,
    onState: states.on,
    onEvent: events.on,
    async call(operation, input) {
      calls.push({ operation, input })
      const answer = answers[operation]
      if (!answer) throw new Error(`the test does not answer ${operation}`)
      return answer(input as never)
    },
  }
  return {
    transport,
    calls,
    emit: events.emit,
    become(next: ConnectionState) {
      state = next
      states.emit()
    },
  }
}
