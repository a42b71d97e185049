import type { CoreEvent } from '#shared/contract/events.ts'
import type { Input, OperationName, Output } from '#shared/contract/index.ts'
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { ConnectionState, Transport } from './transport.ts'

/** The contract as the page calls it; types only, so that no schema is loaded before the first screen. */
export interface Client {
  readonly host: Transport['host']
  /** Rejects with SitedeskError; `errors.<code>` says it in the operator's language. */
  call<N extends OperationName>(
    operation: N,
    input: Input<N>,
    options?: { timeoutMs?: number },
  ): Promise<Output<N>>
  onEvent(listener: (event: CoreEvent) => void): () => void
  state(): ConnectionState
  onState(listener: () => void): () => void
}

export function createClient(transport: Transport): Client {
  return {
    host: transport.host,
    call: async <N extends OperationName>(operation: N, input: Input<N>, options?: { timeoutMs?: number }) =>
      (await transport.call(operation, input, options?.timeoutMs)) as Output<N>,
    onEvent: transport.onEvent,
    state: transport.state,
    onState: transport.onState,
  }
}

export const ClientContext = createContext<Client | null>(null)

export function useClient(): Client {
  const client = useContext(ClientContext)
  if (!client) throw new Error('useClient is used outside ClientContext')
  return client
}

export function useConnection(): ConnectionState {
  const client = useClient()
  return useSyncExternalStore(client.onState, client.state)
}
