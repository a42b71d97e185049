import type { QueryClient } from '@tanstack/react-query'
import type { CoreEvent } from '#shared/contract/events.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import type { Output } from '#shared/contract/index.ts'
import type { Client } from './client.ts'
import { readKey } from './queries.ts'

type JobPage = Output<'jobs.list'>

/** Several changes of an area within this time make its screens ask once. */
const COALESCE_MS = 200

/** Lists that show what another area changes. */
const SHOWN_ALSO_BY: Readonly<Record<string, readonly string[]>> = {
  users: ['blacklist', 'professions'],
  orders: ['users', 'cashouts'],
  coins: ['users'],
  cashouts: ['users'],
  devices: ['orders'],
}

/** Operations of one area that show what another changes. */
const SHOWN_BY: Readonly<Record<string, readonly (readonly string[])[]>> = {
  camera: [['meters', 'meters.images']],
}

/** Keeps what is on the screen true: events renew it, a reconnect asks for everything again. */
export function keepLive(client: Client, queries: QueryClient): () => void {
  const due = new Map<string, ReturnType<typeof setTimeout>>()
  const renew = (area: string, keys: readonly (readonly string[])[] = [[area]]) => {
    if (due.has(area)) return
    due.set(
      area,
      setTimeout(() => {
        due.delete(area)
        for (const queryKey of keys) void queries.invalidateQueries({ queryKey })
      }, COALESCE_MS),
    )
  }
  const onEvent = (event: CoreEvent) => {
    if (event.type === 'changed')
      for (const area of [event.area, ...(SHOWN_ALSO_BY[event.area] ?? [])])
        renew(area, [[area], ...(SHOWN_BY[area] ?? [])])
    else if (event.type === 'job') applyJob(queries, event.job, renew)
    else void queries.invalidateQueries({ queryKey: readKey('system.hello', {}) })
  }
  let before = client.state()
  const onState = () => {
    const now = client.state()
    if (before === 'lost' && now === 'open') void queries.invalidateQueries()
    before = now
  }
  const stops = [client.onEvent(onEvent), client.onState(onState), refuseStaleSession(queries)]
  return () => {
    for (const stop of stops) stop()
    for (const timer of due.values()) clearTimeout(timer)
  }
}

/** A job's progress goes straight into the lists that hold it; a new one or a new state makes them ask again. */
function applyJob(queries: QueryClient, job: JobRow, renew: (area: string) => void): void {
  queries.setQueryData(readKey('jobs.get', { id: job.id }), job)
  let unchanged = false
  queries.setQueriesData<JobPage>({ queryKey: ['jobs', 'jobs.list'] }, (page) => {
    const known = page?.rows.find((row) => row.id === job.id)
    if (!page || !known) return page
    unchanged ||= known.state === job.state
    return { ...page, rows: page.rows.map((row) => (row.id === job.id ? job : row)) }
  })
  if (!unchanged) renew('jobs')
}

/** Any call refused for want of a session makes the page ask who is signed in: sign-in or lock screen follow. */
function refuseStaleSession(queries: QueryClient): () => void {
  const check = (error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'SESSION_REQUIRED')
      void queries.invalidateQueries({ queryKey: readKey('system.hello', {}) })
  }
  const stopReads = queries.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') check(event.action.error)
  })
  const stopWrites = queries.getMutationCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') check(event.action.error)
  })
  return () => {
    stopReads()
    stopWrites()
  }
}
