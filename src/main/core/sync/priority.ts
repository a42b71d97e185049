import type { Output } from '#shared/contract/index.ts'
import type { Dataset } from '#shared/contract/sync.ts'
import { DAY } from '#shared/time.ts'
import { notFound } from '#shared/errors.ts'
import { reachOf } from './faults.ts'
import { windowDataset, type WindowDataset } from './imr-datasets.ts'
import { planMeter, type Window } from './plans.ts'
import { historyRequest } from './run-history.ts'
import type { SyncParts } from './run.ts'
import { toHeld, type WindowKey } from './windows.ts'

type Answer = Output<'meters.fetch'>

/** A vendor that was offline is tried again at most this often by opening meters. */
const PROBE_MS = 30_000
/** No meter's history is longer than this on a screen (ten years). */
const MAX_DAYS = 3660

interface Task {
  readonly meterId: string
  readonly tableNo: string
  readonly dataset: WindowDataset
  windows: Window[]
}

/**
 * The meter somebody opened goes first (F-29): its missing days are fetched with urgent calls, newest first,
 * one window at a time, the meter opened last before the others. Not a stored job; its windows are.
 */
export interface Priority {
  fetch(request: { meterId: string; from: number; to: number; dataset?: Dataset | undefined }): Answer
  /** forgets what waits and aborts what runs; resolves when nothing writes any more */
  stop(): Promise<void>
}

export function createPriority(parts: SyncParts): Priority {
  const queue = createQueue(parts)
  let lastProbeAt = Number.NEGATIVE_INFINITY
  const mayProbe = () => {
    const now = parts.ctx.ports.clock.monotonic()
    if (now - lastProbeAt < PROBE_MS) return false
    lastProbeAt = now
    return true
  }
  return {
    fetch({ meterId, from, to, dataset: which = 'readings' }) {
      const dataset = windowDataset(which)
      const meter = parts.meters.locate(meterId)
      if (!meter) throw notFound('meter', meterId)
      // the campus platform has no history of a meter; that of the water system comes with its days
      if (meter.source !== 'imr') return answer('held')
      if (!parts.upstreams.imr()) return answer('notConfigured')
      if (!dataset.isOn(parts)) return answer('notConfigured')
      const flying = queue.inFlight(meter.tableNo, which)
      const windows = planFor(parts, { which, tableNo: meter.tableNo }, { from, to }, flying)
      if (windows.length === 0) return answer(flying.length > 0 ? 'started' : 'held')
      const { state } = parts.upstreams.status('imr')
      const away = state === 'offline' || state === 'stopped'
      // Asking is how the end of an outage is noticed; a refused account is left alone (F-04).
      if (!away || (state === 'offline' && mayProbe()))
        queue.put({ meterId, tableNo: meter.tableNo, dataset, windows })
      return answer(away ? 'offline' : 'started')
    },
    stop: queue.stop,
  }
}

const answer = (reason: Answer['reason']): Answer => ({ jobId: null, reason })

/** Days that neither a window of this meter nor one of all meters holds, nor one that is being fetched. */
function planFor(
  parts: SyncParts,
  { which, tableNo }: { which: Dataset; tableNo: string },
  asked: Window,
  flying: readonly Window[],
): Window[] {
  const now = parts.ctx.ports.clock.now()
  const request = historyRequest(parts, parts.upstreams.windowEnd('imr'))
  const from = Math.max(asked.from, request.windowEnd - MAX_DAYS * DAY)
  const span = { from, to: request.windowEnd }
  const scopes = ['', tableNo]
  const held = scopes.flatMap((scope) => parts.windows.rows('imr', which, scope, span)).map(toHeld)
  const soon = flying.map((window) => ({ ...window, complete: true, fetchedAt: now }))
  return planMeter({ ...request, from, to: asked.to }, [...held, ...soon], now)
}

function createQueue(parts: SyncParts) {
  let tasks: Task[] = []
  let abort = new AbortController()
  let working: Promise<void> | null = null
  let current: { task: Task; window: Window } | null = null
  const work = async () => {
    const { signal } = abort
    for (let task = tasks.at(-1); task && !signal.aborted; task = tasks.at(-1)) {
      const window = task.windows.shift()
      current = window ? { task, window } : null
      if (window && !(await fetchOne(parts, task, window, signal))) tasks = []
      if (task.windows.length > 0) continue
      tasks = tasks.filter((one) => one !== task)
      tellScreens(parts, task)
    }
    current = null
  }
  return {
    inFlight: (tableNo: string, which: Dataset): Window[] =>
      current?.task.tableNo === tableNo && current.task.dataset.which === which ? [current.window] : [],

    /** asked again, a meter comes to the front: what is asked now before what was asked before */
    put(task: Task) {
      const isSame = (one: Task) => one.tableNo === task.tableNo && one.dataset === task.dataset
      const before = tasks.find(isSame)?.windows ?? []
      const rest = before.filter((one) => !task.windows.some((now) => overlaps(now, one)))
      const merged = { ...task, windows: [...task.windows, ...rest] }
      tasks = [...tasks.filter((one) => !isSame(one)), merged]
      working ??= work().finally(() => {
        working = null
      })
    },
    async stop() {
      tasks = []
      abort.abort(new Error('stopped'))
      await working
      abort = new AbortController()
    },
  }
}

const tellScreens = ({ ctx }: SyncParts, { meterId }: Task) =>
  ctx.events.emit({ type: 'changed', area: 'meters', ids: [meterId] })

const overlaps = (a: Window, b: Window) => a.from < b.to && b.from < a.to

/** False when the vendor cannot be asked at all: what waits is then forgotten, the screens ask again. */
async function fetchOne(parts: SyncParts, task: Task, window: Window, signal: AbortSignal): Promise<boolean> {
  const { ctx } = parts
  const client = parts.upstreams.imr()
  if (!client) return false
  const { dataset, tableNo } = task
  const key: WindowKey = { source: 'imr', dataset: dataset.which, scope: tableNo, ...window }
  const onPage = () => tellScreens(parts, task)
  try {
    await dataset.fetchWindow(parts, client, key, { signal, urgent: true, onPage })
    return true
  } catch (error) {
    if (!signal.aborted)
      ctx.ports.log.warn('the history of a meter was not fetched', {
        tableNo: task.tableNo,
        error: String(error),
      })
    // an endpoint that is not there says nothing of the others
    return reachOf(error) === 'window' || (dataset.optional && reachOf(error) === 'dataset')
  }
}
