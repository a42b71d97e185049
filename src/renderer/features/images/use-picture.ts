import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { ImageRow } from '#shared/contract/camera.ts'
import { useClient, type Client } from '../../api/client.ts'

/** A picture never changes: no event makes it be asked for again. */
const optionsOf = (client: Client, id: string) => ({
  queryKey: ['picture', id],
  queryFn: async () => {
    const { type, base64 } = await client.call('camera.image', { imageId: id })
    return `data:${type};base64,${base64}`
  },
  staleTime: Number.POSITIVE_INFINITY,
})

/** The picture of a reading as an address for `src`; undefined while it comes and where there is none. */
export function usePicture(row: Pick<ImageRow, 'id' | 'file'> | null): string | undefined {
  const client = useClient()
  const id = row?.file === 'held' ? row.id : ''
  return useQuery({ ...optionsOf(client, id), enabled: id !== '' }).data
}

/** Has the pictures that come next in memory, decoded: a step shows them without asking anybody. */
export function usePrefetch(rows: readonly ImageRow[]): void {
  const client = useClient()
  const queries = useQueryClient()
  const ids = rows.filter(({ file }) => file === 'held').map(({ id }) => id)
  const key = ids.join(' ')
  useEffect(() => {
    for (const id of key.split(' ')) if (id !== '') void ready(queries, client, id)
  }, [key, queries, client])
}

async function ready(queries: QueryClient, client: Client, id: string): Promise<void> {
  try {
    const image = new Image()
    image.src = await queries.fetchQuery(optionsOf(client, id))
    await image.decode()
  } catch {
    // the step itself says that there is none
  }
}
