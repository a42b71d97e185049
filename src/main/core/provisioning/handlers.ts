import type { Checked } from '#shared/contract/index.ts'
import type { StepName } from '#shared/contract/provisioning.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import type { AreaHandlers, Call } from '../context.ts'
import { portsToSwitchOff } from './device-run.ts'
import { showPhones } from '../privacy.ts'
import { expectedOf } from './expected.ts'
import { over } from './machine.ts'
import type { RunParts } from './parts.ts'
import { freshProgress, litPorts, openStep, type Progress } from './progress.ts'
import { reportOf } from './report.ts'
import { isActive, type StoredRun, type Where } from './store.ts'
import { currentRun, listRuns, runOf } from './views.ts'
import { waitingIn } from './waiting.ts'
import type { Worker } from './worker.ts'

export interface Tools extends RunParts {
  readonly worker: Worker
}

const DONE = { ok: true } as const

export function createHandlers(tools: Tools): AreaHandlers<'provisioning'> {
  const { ctx, areas, store } = tools
  const { site } = ctx.store
  return {
    'provisioning.start': (call, input) => start(tools, call, input),
    'provisioning.get': (_call, { id }) => runOf(store, runById(tools, id)),
    'provisioning.list': (_call, input) => listRuns(site, store, input),
    'provisioning.current': () => ({ run: currentRun(site, store) }),
    'provisioning.waiting': () => waitingIn(site, ctx.ports.clock.now()),
    'provisioning.expected': (call, input) => expectedOf(areas, input, showPhones(site, call)),
    'provisioning.report': (_call, { id }) =>
      reportOf({ site, store, desk: `Sitedesk ${ctx.options.version}` }, runById(tools, id)),
    'provisioning.answer': (call, input) => answer(tools, call, input),
    'provisioning.pause': (call, { id }) => turn(tools, call, id, 'paused'),
    'provisioning.resume': (call, { id }) => turn(tools, call, id, 'running'),
    'provisioning.cancel': (call, { id }) => cancel(tools, call, id),
    'provisioning.retry': (call, input) => retry(tools, call, input),
    'provisioning.skip': (call, { id, name }) => skip(tools, call, { runId: id, name }),
    'provisioning.labelled': (call, input) => labelled(tools, call, input),
  }
}

function runById({ store }: Tools, id: string): StoredRun {
  const run = store.run(id)
  if (!run) throw notFound('run', id)
  return run
}

function deviceIn({ store }: Tools, where: Where): Progress {
  const device = store.device(where)
  if (!device) throw notFound('charger of the run', where.name)
  return device
}

const notNow = (message: string, data: Record<string, unknown>) =>
  new SitedeskError('NOT_ALLOWED_NOW', message, data)

const operatorOf = (call: Call) => call.operator?.name ?? ''

async function start(
  tools: Tools,
  call: Call,
  input: Checked<'provisioning.start'>,
): Promise<{ id: string }> {
  const { ctx, areas, store, worker } = tools
  refuseTwice(input.devices)
  const by = operatorOf(call)
  const run: StoredRun = {
    id: ctx.ports.random.uuid(),
    state: 'running',
    site: input.site || areas.settings.values().siteName,
    installer: input.installer || by,
    adapter: areas.chargers.adapter(),
    options: { testPorts: [...new Set(input.testPorts ?? [1, 2, 3, 4])].toSorted((a, b) => a - b) },
    createdBy: by,
    createdAt: ctx.ports.clock.now(),
    endedAt: null,
  }
  await call.commit(() => {
    const names = input.devices.map(({ name }) => name)
    refuseBusy(tools, run.id, names)
    store.add(
      run,
      input.devices.map((device) => freshProgress(device, run.options.testPorts)),
    )
    call.note({ target: run.id, after: { ...input, installer: run.installer, site: run.site } })
  })
  tools.changed()
  worker.poke()
  return { id: run.id }
}

function refuseTwice(devices: Checked<'provisioning.start'>['devices']): void {
  for (const key of ['name', 'deviceCode'] as const) {
    const seen = new Set<string>()
    for (const [i, device] of devices.entries()) {
      if (seen.has(device[key])) {
        const message = `${device[key]} stands in the list twice.`
        throw new SitedeskError('INVALID_INPUT', message, {
          issues: [{ path: `devices.${i}.${key}`, message }],
        })
      }
      seen.add(device[key])
    }
  }
}

/** A charger is in one run at a time. */
function refuseBusy({ store }: Tools, runId: string, names: readonly string[]): void {
  const busy = store.busyElsewhere(runId).find(({ name }) => names.includes(name))
  if (!busy) return
  throw new SitedeskError('CHARGER_BUSY', `${busy.name} is in another provisioning run.`, {
    name: busy.name,
    task: 'provisioning',
    runId: busy.runId,
    reason: 'held',
  })
}

async function answer(tools: Tools, call: Call, input: Checked<'provisioning.answer'>): Promise<typeof DONE> {
  const { ctx, store, worker } = tools
  const { id, name, step, ok, lit } = input
  const where = { runId: id, name }
  const after = await call.commit(() => {
    runById(tools, id)
    const before = deviceIn(tools, where)
    refuseUnasked(before, step)
    const question = openStep(before)?.question?.code
    if (lit && question !== 'switchOnAgain') throw notThatQuestion(step, question)
    call.note({ target: `${id} ${name}`, after: { step, ok, ...(lit ? { lit } : {}), question } })
    const event = { type: 'answer', step, ok, ...(lit ? { lit } : {}), by: operatorOf(call) } as const
    return store.apply(where, event, ctx.ports.clock.now())
  })
  tools.changed()
  if (after?.state === 'waiting') worker.first(where)
  else if (after && portsToSwitchOff(after).length > 0) worker.giveUp(where)
  return DONE
}

const notThatQuestion = (step: StepName, question: string | undefined) =>
  new SitedeskError('INVALID_INPUT', '`lit` answers only the question whether to switch on again.', {
    path: 'lit',
    step,
    question: question ?? null,
  })

function refuseUnasked(device: Progress, step: StepName): void {
  const open = openStep(device)
  if (device.state === 'asking' && open?.step === step) return
  const asked = device.state === 'asking' ? (open?.step ?? null) : null
  throw notNow(`${device.name} asks nothing about ${step} now.`, {
    name: device.name,
    step,
    asked,
    state: device.state,
  })
}

async function turn(tools: Tools, call: Call, id: string, state: 'running' | 'paused'): Promise<typeof DONE> {
  await call.commit(() => {
    const run = runById(tools, id)
    if (!isActive(run.state)) throw notNow('The run has ended.', { id, state: run.state })
    tools.store.setState(id, state, null)
    call.note({ target: id, before: { state: run.state }, after: { state } })
  })
  tools.changed()
  tools.worker.poke()
  return DONE
}

async function cancel(tools: Tools, call: Call, id: string): Promise<typeof DONE> {
  const { ctx, store, worker } = tools
  const now = ctx.ports.clock.now()
  const left = await call.commit(() => {
    const run = runById(tools, id)
    if (run.state === 'cancelled') return []
    if (!isActive(run.state)) throw notNow('The run has ended.', { id, state: run.state })
    const open = store.devices(id).filter((device) => !over(device))
    store.setState(id, 'cancelled', now)
    for (const { name } of open)
      store.apply({ runId: id, name }, { type: 'skip', reason: { code: 'cancelled' } }, now)
    call.note({ target: id, before: { state: run.state }, after: { state: 'cancelled', open: open.length } })
    return open
  })
  tools.changed()
  for (const device of left) leave(worker, { runId: id, name: device.name }, device)
  return DONE
}

/** What is done for a charger that a person takes out while it is handled. */
function leave(worker: Worker, where: Where, before: Progress): void {
  worker.abort(where)
  // one that is being switched on at this moment shows it only when its task has ended
  if (before.state === 'running' || litPorts(before).length > 0) worker.giveUp(where)
}

async function skip(tools: Tools, call: Call, where: Where): Promise<typeof DONE> {
  const { ctx, store, worker } = tools
  const before = await call.commit(() => {
    runById(tools, where.runId)
    const device = deviceIn(tools, where)
    if (over(device)) throw notNow(`${where.name} has come to its end.`, { ...where, state: device.state })
    const reason = { code: 'skippedByHand', data: { by: operatorOf(call) } }
    store.apply(where, { type: 'skip', reason }, ctx.ports.clock.now())
    call.note({ target: `${where.runId} ${where.name}`, before: { state: device.state } })
    return device
  })
  tools.changed()
  leave(worker, where, before)
  return DONE
}

async function retry(
  tools: Tools,
  call: Call,
  input: Checked<'provisioning.retry'>,
): Promise<{ count: number }> {
  const { ctx, store, worker } = tools
  const { id, names } = input
  const now = ctx.ports.clock.now()
  const again = await call.commit(() => {
    const run = runById(tools, id)
    if (run.state === 'cancelled')
      throw notNow('The run was cancelled; begin a new one.', { id, state: run.state })
    for (const name of names ?? []) deviceIn(tools, { runId: id, name })
    const wanted = store
      .devices(id)
      .filter(({ state }) => state === 'failed' || state === 'skipped')
      .filter(({ name }) => names === undefined || names.includes(name))
      .map(({ name }) => name)
    refuseBusy(tools, id, wanted)
    // first, so that the run does not count as ended while its chargers change
    if (wanted.length > 0) store.setState(id, run.state === 'paused' ? 'paused' : 'running', null)
    for (const name of wanted) store.apply({ runId: id, name }, { type: 'retry' }, now)
    call.note({ target: id, after: { names: wanted } })
    return wanted
  })
  tools.changed()
  worker.poke()
  return { count: again.length }
}

async function labelled(
  tools: Tools,
  call: Call,
  input: Checked<'provisioning.labelled'>,
): Promise<typeof DONE> {
  const { ctx, store } = tools
  const { id, names } = input
  await call.commit(() => {
    runById(tools, id)
    for (const name of names) {
      deviceIn(tools, { runId: id, name })
      store.apply({ runId: id, name }, { type: 'labelled', by: operatorOf(call) }, ctx.ports.clock.now())
    }
    call.note({ target: id, after: { names } })
  })
  tools.changed()
  return DONE
}
