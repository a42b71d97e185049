import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { ChargerSpec } from '#main/demo/chargers/index.ts'
import type { ProvisioningDevice, Run } from '#shared/contract/provisioning.ts'
import { codeOf, nameOf, questions, stepOf, World, YES, type Person } from './world.ts'

let world: World
afterEach(() => world.close())

const open = async (...specs: Partial<ChargerSpec>[]) => {
  world = await World.open({ chargers: specs.map((spec, i) => ({ name: nameOf(i), ...spec })) })
}
const firmware = (i: number) => world.air.charger(nameOf(i)).firmware
const commands = (i: number) => firmware(i).commands.map(({ command }) => command)
const powerOns = (i: number) => commands(i).filter((command) => command === 'POWERON').length
const NOBODY: Person = () => null
const device = (run: Run, i: number) => run.devices.find(({ name }) => name === nameOf(i))
const asksOn = (step: string) => (run: Run) => questions(run).some((one) => one.step.step === step)
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing was refused',
    (error: unknown) => (error as { code?: string }).code,
  )
const questionOf = (run: Run) => {
  const [one] = questions(run)
  if (!one) throw new Error('nothing is asked')
  return { name: one.device.name, step: one.step }
}
const idle = (ms: number) => world.run(world.clock.sleep(ms))

describe('one charger', () => {
  it('goes from found to registered, each port read back and seen by a person', async () => {
    await open({})
    const { id } = await world.start()
    const run = await world.until(id, YES)
    expect(run.state).toBe('done')
    expect(run.endedAt).toBe(run.devices[0]?.steps.find(({ step }) => step === 'registered')?.at)
    expect(run.devices[0]).toMatchObject({ state: 'passed', attempts: 1, clockSkewS: 0, reason: null })
    expect(run.devices[0]?.steps.map(({ state }) => state)).toEqual([
      ...Array<string>(18).fill('passed'),
      'waiting',
    ])
    expect(commands(0).slice(0, 8).join(' ')).toBe('STIME QTIME STA POWERON STA QTIME POWEROFF STA')
    expect(firmware(0).commands.find(({ command }) => command === 'POWERON')?.frame).toMatch(
      /^@POWERON\|1\|1\|/,
    )
    expect(stepOf(run.devices[0], 'test1.seen')).toMatchObject({ state: 'passed', confirmedBy: 'lin' })
    expect(stepOf(run.devices[0], 'test1.on')).not.toHaveProperty('confirmedBy')
    expect(world.life.devices.byCode(codeOf(0))).toMatchObject({ btName: nameOf(0), alias: 'place 0' })
  })

  it('tests only the ports that were chosen; others may be in use, but not broken', async () => {
    await open({ ports: [30, 0, 0, 0] }, { ports: [999, 0, 0, 0] })
    const { id } = await world.start(2, { testPorts: [3] })
    const run = await world.until(id, YES)
    expect(device(run, 0)).toMatchObject({ state: 'passed' })
    expect(stepOf(device(run, 0), 'test1.on')?.state).toBe('skipped')
    expect(powerOns(0)).toBe(1)
    expect(firmware(0).ports()[0]).toBeGreaterThan(20)
    expect(device(run, 1)?.reason).toEqual({ code: 'portBroken', data: { port: 1 } })
    expect(commands(1)).not.toContain('POWERON')
  })

  it('sets no port on that somebody uses', async () => {
    await open({ ports: [0, 45, 0, 0] })
    const { id } = await world.start()
    const run = await world.until(id, YES)
    expect(run.state).toBe('failed')
    expect(device(run, 0)?.reason).toMatchObject({ code: 'portBusy', data: { port: 2 } })
    expect(commands(0)).not.toContain('POWERON')
    expect(commands(0)).not.toContain('POWEROFF')
  })

  it('writes nothing where the registry has the code, or the charger, otherwise', async () => {
    await open({}, {})
    await world.ask('devices.register', { deviceCode: codeOf(0), btName: 'BUC_OTHERCHARGER'.slice(0, 16) })
    await world.ask('devices.register', { deviceCode: 'OLD', btName: nameOf(1) })
    const { id } = await world.start()
    const run = await world.until(id, YES)
    expect(device(run, 0)?.reason?.code).toBe('codeTaken')
    expect(device(run, 1)?.reason).toEqual({
      code: 'nameTaken',
      data: { deviceCode: 'OLD', btName: nameOf(1) },
    })
    expect([...commands(0), ...commands(1)]).toEqual([])
  })

  it('asks the installer to come closer, and takes the charger once he did', async () => {
    await open({}, {})
    for (const i of [0, 1]) world.air.setFault('weakSignal', true, { charger: nameOf(i) })
    const { id } = await world.start(2, { testPorts: [] })
    const asked = await world.until(id, NOBODY, ({ state }) => state === 'asking')
    const question = stepOf(device(asked, 0), 'found')?.question
    expect(question).toMatchObject({ code: 'comeCloser', data: { limit: -85 } })
    expect(commands(0)).toEqual([])
    await idle(20_000)
    world.air.setFault('weakSignal', false, { charger: nameOf(0) })
    const run = await world.until(id, YES)
    expect(device(run, 0)?.state).toBe('passed')
    expect(device(run, 1)?.reason?.code).toBe('weakSignal')
    expect(commands(1)).toEqual([])
  })
})

describe("a person's eyes", () => {
  it('a port that nobody saw lit fails the charger, is switched off, and on again with the retry', async () => {
    await open({})
    const { id } = await world.start(1, { testPorts: [1] })
    const failed = await world.until(id, () => false)
    expect(failed.state).toBe('failed')
    expect(device(failed, 0)?.reason).toEqual({ code: 'notSeen', data: { port: 1 } })
    expect(stepOf(device(failed, 0), 'test1.seen')).toMatchObject({ state: 'failed', confirmedBy: 'lin' })
    await idle(3000)
    expect(firmware(0).ports()).toEqual([0, 0, 0, 0])
    expect(commands(0).filter((command) => command === 'POWEROFF')).toHaveLength(1)

    expect(await world.ask('provisioning.retry', { id })).toEqual({ count: 1 })
    const run = await world.until(id, YES)
    expect(run.state).toBe('done')
    expect(device(run, 0)).toMatchObject({ attempts: 2, reason: null })
    expect(powerOns(0)).toBe(2)
  })

  it('an answer may come long after the light went out', async () => {
    await open({})
    const { id } = await world.start(1, { testPorts: [1, 2] })
    const asked = await world.until(id, NOBODY, asksOn('test1.seen'))
    const until = stepOf(device(asked, 0), 'test1.seen')?.question?.data?.['until']
    expect(until).toBeGreaterThan(world.clock.now())
    await idle(10 * 60_000)
    const run = await world.until(id, YES)
    expect(run.state).toBe('done')
    expect(powerOns(0)).toBe(2)
  })

  it('takes an answer only to what is asked, and only once', async () => {
    await open({})
    const { id } = await world.start()
    await world.until(id, NOBODY, asksOn('test1.seen'))
    const say = (step: 'test1.seen' | 'test1.off', name = nameOf(0)) =>
      refused(world.ask('provisioning.answer', { id, name, step, ok: true }))
    expect(await say('test1.off')).toBe('NOT_ALLOWED_NOW')
    expect(await say('test1.seen', nameOf(7))).toBe('NOT_FOUND')
    expect(await say('test1.seen')).toBe('nothing was refused')
    expect(await say('test1.seen')).toBe('NOT_ALLOWED_NOW')
  })

  it('an answer at once goes on with the connection that stands', async () => {
    await open({}, {})
    const { id } = await world.start()
    await world.until(id, NOBODY, asksOn('test1.seen'))
    await world.ask('provisioning.answer', { id, name: nameOf(0), step: 'test1.seen', ok: true })
    await world.until(id, NOBODY, (run) => stepOf(device(run, 0), 'test1.off')?.state === 'passed')
    const log = await world.ask('chargers.exchanges', { name: nameOf(0), runId: id })
    expect(log.rows.filter(({ text }) => text === 'connected')).toHaveLength(1)
  })
})

describe('the desk was away', () => {
  /** dies when the bytes of the first POWERON have left */
  const dieAfterPowerOn = async (spec: Partial<ChargerSpec>) => {
    world = await World.open({ chargers: [{ name: nameOf(0), chunkBytes: 180, ...spec }] })
    const { fate } = world.life
    const { id } = await world.start(1, { testPorts: [1] })
    world.air.charger(nameOf(0)).setFault('lateReplies', true, 'POWERON')
    await world.until(id, NOBODY, () => {
      if (powerOns(0) === 1) fate.dead = true
      return fate.dead
    })
    world.air.charger(nameOf(0)).setFault('lateReplies', false)
    await world.shutDown()
    return id
  }

  it('while POWERON was on its way: STA says that the port is on, and it is not sent again', async () => {
    const id = await dieAfterPowerOn({})
    await world.boot()
    const run = await world.until(id, YES)
    expect(run.state).toBe('done')
    expect(powerOns(0)).toBe(1)
  })

  it('longer than the port was on: a person decides whether it is switched on again', async () => {
    const id = await dieAfterPowerOn({})
    await idle(5 * 60_000)
    await world.boot()
    const asked = await world.until(id, NOBODY, ({ state }) => state === 'asking')
    expect(questions(asked)[0]?.step).toMatchObject({
      step: 'test1.on',
      question: { code: 'switchOnAgain', data: { port: 1 } },
    })
    expect(powerOns(0)).toBe(1)
    const run = await world.until(id, YES)
    expect(run.state).toBe('done')
    expect(powerOns(0)).toBe(2)
  })

  it.each([
    ['silent', 'up', 2],
    ['replyLost', 'down', 1],
  ] as const)(
    'POWERON %s, rounded %s: STA says 000, and a person who looks decides',
    async (fault, rounding, sent) => {
      await open({ rounding })
      world.air.charger(nameOf(0)).setFault(fault, 1, 'POWERON')
      const { id } = await world.start(1, { testPorts: [1] })
      const asked = await world.until(id, NOBODY, ({ state }) => state === 'asking')
      expect(questions(asked)[0]?.step).toMatchObject({
        step: 'test1.on',
        question: { code: 'switchOnAgain', data: { port: 1 } },
      })
      expect(powerOns(0)).toBe(1)
      const dark: Person = (_device, { question }) => question?.code !== 'switchOnAgain' || sent === 2
      const run = await world.until(id, dark)
      expect(run.state).toBe(sent === 2 ? 'done' : 'failed')
      expect(powerOns(0)).toBe(sent)
    },
  )

  it('and that it is lit all the same: nothing is sent again, and the person is on record', async () => {
    const id = await dieAfterPowerOn({ rounding: 'down' })
    await world.boot()
    const asked = await world.until(id, NOBODY, ({ state }) => state === 'asking')
    const { name, step } = questionOf(asked)
    await world.ask('provisioning.answer', { id, name, step: step.step, ok: true, lit: true })
    const run = await world.until(id, YES)
    expect(run.state).toBe('done')
    expect(powerOns(0)).toBe(1)
    for (const one of ['test1.on', 'test1.seen'] as const)
      expect(stepOf(device(run, 0), one)).toMatchObject({ state: 'passed', confirmedBy: 'lin' })
  })

  it('“lit” answers no other question', async () => {
    await open({})
    const { id } = await world.start(1, { testPorts: [1] })
    const asked = await world.until(id, NOBODY, ({ state }) => state === 'asking')
    const { name, step } = questionOf(asked)
    expect(step.question?.code).toBe('portLit')
    const answer = { id, name, step: step.step, ok: true, lit: true as const }
    await expect(world.ask('provisioning.answer', answer)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  it('and no is an answer, too', async () => {
    const id = await dieAfterPowerOn({ rounding: 'down' })
    await world.boot()
    const run = await world.until(id, () => false)
    expect(device(run, 0)?.reason?.code).toBe('powerOnUnknown')
    expect(powerOns(0)).toBe(1)
  })
})

describe('the computer slept', () => {
  it('in the middle of a step: it begins again with a new connection, and POWERON is not repeated', async () => {
    await open({ quirks: ['slowReplies'] })
    const { id } = await world.start(1, { testPorts: [1] })
    await world.until(id, NOBODY, () => powerOns(0) === 1)
    world.life.provisioning.resumeAfterSleep()
    const run = await world.until(id, YES)
    expect(run.state).toBe('done')
    expect(device(run, 0)).toMatchObject({ attempts: 1 })
    expect(powerOns(0)).toBe(1)
    const log = await world.ask('chargers.exchanges', { name: nameOf(0), runId: id })
    expect(log.rows.filter(({ text }) => text === 'connected').length).toBeGreaterThan(1)
  })
})

describe('steering a run', () => {
  it('pauses after the step it is in, stays paused over a restart, and goes on', async () => {
    await open({}, {})
    const { id } = await world.start()
    await world.until(id, NOBODY, asksOn('test1.seen'))
    await world.ask('provisioning.pause', { id })
    await idle(2000)
    const said = firmware(0).commands.length + firmware(1).commands.length
    await world.shutDown()
    await world.boot()
    await idle(30_000)
    expect((await world.get(id)).state).toBe('paused')
    expect(firmware(0).commands.length + firmware(1).commands.length).toBe(said)
    expect((await world.ask('provisioning.current', {})).run?.id).toBe(id)
    await world.ask('provisioning.resume', { id })
    expect((await world.until(id, YES)).state).toBe('done')
    expect((await world.ask('provisioning.current', {})).run).toBeNull()
    expect(await refused(world.ask('provisioning.resume', { id }))).toBe('NOT_ALLOWED_NOW')
  })

  it('a cancelled run switches off what it switched on; what passed stays passed', async () => {
    await open({}, {}, {})
    const { id } = await world.start(3, { testPorts: [1] })
    const onlyFirst: Person = ({ name }) => (name === nameOf(0) ? true : null)
    await world.until(id, onlyFirst, (run) => device(run, 0)?.state === 'passed' && asksOn('test1.seen')(run))
    await world.until(id, onlyFirst, ({ counts }) => counts.asking === 2)
    expect(firmware(1).ports()).toEqual([1, 0, 0, 0])
    await world.ask('provisioning.cancel', { id })
    await idle(3000)
    const run = await world.get(id)
    expect(run.state).toBe('cancelled')
    expect(run.devices.map(({ state }) => state)).toEqual(['passed', 'skipped', 'skipped'])
    expect(device(run, 1)?.reason).toEqual({ code: 'cancelled' })
    for (const i of [0, 1, 2]) expect(firmware(i).ports()).toEqual([0, 0, 0, 0])
    expect(await refused(world.ask('provisioning.retry', { id }))).toBe('NOT_ALLOWED_NOW')
    expect(await refused(world.ask('provisioning.cancel', { id }))).toBe('nothing was refused')
  })

  it('cancelled in the middle of a step, it stops at once and leaves no port on', async () => {
    await open({ quirks: ['slowReplies'] })
    const { id } = await world.start(1, { testPorts: [1] })
    await world.until(id, NOBODY, () => powerOns(0) === 1)
    await world.ask('provisioning.cancel', { id })
    await idle(30_000)
    expect(firmware(0).ports()).toEqual([0, 0, 0, 0])
    expect(commands(0)).toContain('POWEROFF')
  })

  it('a charger is left out and taken in again, from its first unverified step', async () => {
    await open({}, {})
    const { id } = await world.start(2, { testPorts: [1] })
    await world.until(id, NOBODY, ({ counts }) => counts.asking === 2)
    await world.ask('provisioning.skip', { id, name: nameOf(0) })
    await idle(2000)
    expect(firmware(0).ports()).toEqual([0, 0, 0, 0])
    const rest = await world.until(id, YES)
    expect(rest.state).toBe('partial')
    expect(device(rest, 0)?.reason).toEqual({ code: 'skippedByHand', data: { by: 'lin' } })
    expect(await refused(world.ask('provisioning.skip', { id, name: nameOf(1) }))).toBe('NOT_ALLOWED_NOW')
    const stimes = commands(0).filter((command) => command === 'STIME').length
    expect(await world.ask('provisioning.retry', { id, names: [nameOf(0), nameOf(1)] })).toEqual({ count: 1 })
    expect((await world.until(id, YES)).state).toBe('done')
    expect(commands(0).filter((command) => command === 'STIME')).toHaveLength(stimes)
  })

  it('retries all that failed; what is well now passes', async () => {
    await open({}, {}, {})
    for (const i of [0, 2]) world.air.setFault('vanished', true, { charger: nameOf(i) })
    const { id } = await world.start(3, { testPorts: [1] })
    const first = await world.until(id, YES)
    expect(first.counts).toMatchObject({ passed: 1, failed: 2 })
    expect(device(first, 0)?.reason).toMatchObject({ code: 'notHeard', data: { seconds: 10 } })
    world.air.setFault('vanished', false)
    expect(await world.ask('provisioning.retry', { id })).toEqual({ count: 2 })
    expect((await world.get(id)).endedAt).toBeNull()
    const run = await world.until(id, YES)
    expect(run.state).toBe('done')
    expect(run.devices.map(({ attempts }) => attempts).toSorted((a, b) => a - b)).toEqual([1, 2, 2])
  })

  it('waits for a person who has the charger for a moment', async () => {
    await open({})
    const held = world.life.chargers.withCharger(nameOf(0), { task: 'command' }, () =>
      world.clock.sleep(4000),
    )
    const { id } = await world.start(1, { testPorts: [] })
    expect((await world.until(id, YES)).state).toBe('done')
    await held
  })

  it('says who has a charger that is not given back', async () => {
    await open({})
    const stop = new AbortController()
    const forever = () => world.clock.sleep(3_600_000, stop.signal)
    const held = world.life.chargers.withCharger(nameOf(0), { task: 'command' }, forever)
    const { id } = await world.start(1, { testPorts: [] })
    const run = await world.until(id, YES)
    expect(device(run, 0)?.reason).toMatchObject({ code: 'held', data: { task: 'command' } })
    stop.abort()
    await held.catch(() => undefined)
  })

  it('a charger is in one run at a time, and in a list once', async () => {
    await open({}, {})
    const { id } = await world.start(1, { testPorts: [1] })
    expect(await refused(world.start(2))).toBe('CHARGER_BUSY')
    const twice = [nameOf(1), nameOf(1)].map((name, i) => ({ name, deviceCode: codeOf(i) }))
    expect(await refused(world.ask('provisioning.start', { devices: twice }))).toBe('INVALID_INPUT')
    await world.until(id, YES)
    const again = await world.start(2, { testPorts: [] })
    expect((await world.until(again.id, YES)).state).toBe('done')
  })
})

describe('no radio', () => {
  it('is waited for a little; a run goes on when the adapter is plugged in again', async () => {
    await open({}, {})
    const { id } = await world.start(2, { testPorts: [] })
    world.air.setFault('adapterOff', true)
    await idle(4000)
    expect((await world.get(id)).counts).toMatchObject({ failed: 0, passed: 0 })
    world.air.setFault('adapterOff', false)
    expect((await world.until(id, YES)).state).toBe('done')
  })

  it('fails every charger with the same clear reason, soon, and a retry takes them up', async () => {
    await open({}, {}, {})
    world.air.setFault('adapterOff', true)
    const { id } = await world.start(3, { testPorts: [] })
    const from = world.clock.monotonic()
    const run = await world.until(id, YES)
    expect(run.state).toBe('failed')
    expect(world.clock.monotonic() - from).toBeLessThan(15_000)
    for (const one of run.devices)
      expect(one.reason).toMatchObject({
        code: 'radioUnavailable',
        data: { state: 'off', radio: 'switchedOff' },
      })
    world.air.setFault('adapterOff', false)
    await world.ask('provisioning.retry', { id })
    expect((await world.until(id, YES)).state).toBe('done')
  })
})

describe('what waits for a person', () => {
  it('is counted until it was answered, registered, or a month has passed', async () => {
    await open({}, { quirks: ['silent'] }, {})
    const waiting = () => world.ask('provisioning.waiting', {})
    const nothing = { asking: 0, askingRun: null, toRegister: 0, toRegisterRun: null }
    expect(await waiting()).toEqual(nothing)
    await world.ask('devices.register', { deviceCode: codeOf(2), btName: nameOf(2) })
    const { id } = await world.start(3, { testPorts: [1] })
    await world.until(id, NOBODY, ({ state }) => state === 'asking')
    // the third is in the registry already, and asks all the same
    expect(await waiting()).toEqual({ asking: 2, askingRun: id, toRegister: 2, toRegisterRun: id })
    expect((await world.until(id, YES)).state).toBe('partial')
    expect(await waiting()).toEqual({ ...nothing, toRegister: 1, toRegisterRun: id })
    await idle(29 * 86_400_000)
    expect(await waiting()).toMatchObject({ toRegister: 1 })
    await idle(2 * 86_400_000)
    expect(await waiting()).toEqual(nothing)
  })

  it('ends when the charger is registered by hand, or its run is cancelled', async () => {
    await open({ quirks: ['silent'] }, {})
    const waiting = () => world.ask('provisioning.waiting', {})
    const { id } = await world.start(2, { testPorts: [1] })
    await world.until(id, NOBODY, ({ state }) => state === 'asking')
    expect(await waiting()).toMatchObject({ asking: 1, toRegister: 2 })
    await world.ask('devices.register', { deviceCode: codeOf(0), btName: nameOf(0) })
    expect(await waiting()).toMatchObject({ toRegister: 1 })
    await world.ask('provisioning.cancel', { id })
    expect(await waiting()).toMatchObject({ asking: 0, toRegister: 0 })
  })
})

describe('what is kept', () => {
  it('notes what people did, tells screens at most twice a second, and lists runs', async () => {
    await open({}, {})
    const { id } = await world.start(2, { testPorts: [1], installer: '林', site: '东区' })
    const from = world.clock.monotonic()
    const run = await world.until(id, YES)
    const told = world.life.events.filter((one) => one.type === 'changed' && one.area === 'provisioning')
    expect(told.length).toBeGreaterThan(0)
    expect(told.length).toBeLessThanOrEqual(2 + (world.clock.monotonic() - from) / 500)
    expect(run).toMatchObject({ installer: '林', site: '东区', adapter: 'system' })
    const names = run.devices.map(({ name }) => name)
    await world.ask('provisioning.labelled', { id, names })
    const labelled = await world.get(id)
    expect(labelled.devices.map(({ labelPrintedAt }) => labelPrintedAt)).not.toContain(null)
    expect(stepOf(labelled.devices[0], 'labelled')).toMatchObject({ state: 'passed', confirmedBy: 'lin' })
    expect(labelled.state).toBe('done')
    expect(world.life.notes.map(({ operation }) => operation)).toEqual([
      'provisioning.start',
      'provisioning.answer',
      'provisioning.answer',
      'provisioning.labelled',
    ])
    expect(world.life.notes[1]?.note).toMatchObject({ after: { step: 'test1.seen', ok: true } })
    const done = await world.ask('provisioning.list', { state: 'done' })
    expect(done).toMatchObject({ total: 1, rows: [{ id, counts: { passed: 2 } }] })
    expect((await world.ask('provisioning.list', { state: 'asking' })).total).toBe(0)
    expect(await refused(world.get('none'))).toBe('NOT_FOUND')
  })

  it('the acceptance report says all of it, and its hash verifies', async () => {
    await open({ clockSkewS: -90 }, { quirks: ['silent'] })
    const { id } = await world.start(2, { testPorts: [1], installer: '林', site: '东区' })
    await world.until(id, YES)
    const report = await world.ask('provisioning.report', { id })
    expect(createHash('sha256').update(report.json, 'utf8').digest('hex')).toBe(report.sha256)
    expect(JSON.stringify(report.content)).toBe(report.json)
    const [well, silent] = report.content.devices
    const said = (one: ProvisioningDevice & { exchanges?: { text: string }[] }) =>
      (one.exchanges ?? []).map(({ text }) => text)
    expect(said(well ?? ({} as never))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^@POWERON\|1\|1\|/), '@OK|0|1001|2000|3000|4000&']),
    )
    expect(well?.exchanges.find(({ text }) => text.startsWith('@POWERON'))).toMatchObject({
      step: 'test1.on',
      direction: 'sent',
      at: expect.any(Number) as number,
    })
    expect(well?.signal).toMatchObject({ median: expect.any(Number) as number })
    expect(silent).toMatchObject({ state: 'failed', reason: { code: 'noReply' } })
    expect(report.json).not.toMatch(/jamCode/i)
    await idle(60_000)
    expect((await world.ask('provisioning.report', { id })).sha256).toBe(report.sha256)
    await world.ask('provisioning.labelled', { id, names: [nameOf(0)] })
    expect((await world.ask('provisioning.report', { id })).sha256).not.toBe(report.sha256)
  })
})
