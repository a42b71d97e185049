import {
  keepPreviousData,
  QueryClient,
  useMutation,
  useQuery,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query'
import type { Input, OperationName, Output } from '#shared/contract/index.ts'
import type { SitedeskError } from '#shared/errors.ts'
import { useClient } from './client.ts'

/** All reads of an area share the first part, so that one `changed` event makes them ask again. */
export const readKey = <N extends OperationName>(operation: N, input: Input<N>) =>
  [areaOf(operation), operation, input] as const

export const areaOf = (operation: string) => operation.slice(0, operation.indexOf('.'))

/** The host is on this machine: never pause for "offline", never retry by itself; a reconnect asks again. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: false,
        refetchOnWindowFocus: false,
        staleTime: 60_000,
        gcTime: 300_000,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })

export interface ReadOptions {
  /** false: do not ask yet */
  enabled?: boolean
  /** asks again by itself after so many ms; for what changes without an event (ages, clocks) */
  everyMs?: number
  /** true (default): shows the last answer while another input is asked */
  keepPrevious?: boolean
}

/** `const meters = useRead('meters.list', { query })`: cached, kept while it refreshes, renewed by events. */
export function useRead<N extends OperationName>(
  operation: N,
  input: Input<N>,
  options: ReadOptions = {},
): UseQueryResult<Output<N>, SitedeskError> {
  const client = useClient()
  return useQuery<Output<N>, SitedeskError>({
    queryKey: readKey(operation, input),
    queryFn: () => client.call(operation, input),
    enabled: options.enabled ?? true,
    ...(options.everyMs ? { refetchInterval: options.everyMs } : {}),
    ...(options.keepPrevious === false ? {} : { placeholderData: keepPreviousData }),
  })
}

/** `const save = useWrite('settings.update')`, then `save.mutate({ changes })`. */
export function useWrite<N extends OperationName>(
  operation: N,
  options: { timeoutMs?: number; onSuccess?: (answer: Output<N>) => void } = {},
): UseMutationResult<Output<N>, SitedeskError, Input<N>> {
  const client = useClient()
  return useMutation<Output<N>, SitedeskError, Input<N>>({
    mutationFn: (input) => client.call(operation, input, options),
    ...(options.onSuccess ? { onSuccess: options.onSuccess } : {}),
  })
}
