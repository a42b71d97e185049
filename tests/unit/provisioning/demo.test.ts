import { afterAll, beforeAll, expect, it } from 'vitest'
import { trainingChargers } from '#main/demo/chargers/training.ts'
import type { Run } from '#shared/contract/provisioning.ts'
import { openDemoConsole, type DemoConsole } from '../../fixtures/console.ts'
import { questions, stepOf } from './world.ts'

let console: DemoConsole
beforeAll(async () => {
  console = await openDemoConsole()
  console.core.startBackground()
}, 60_000)
afterAll(() => console.close())

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Answers as a person at the screen does, through the door that the screen uses. */
async function watch(id: string, enough: (run: Run) => boolean): Promise<Run> {
  for (;;) {
    const run = await console.call('provisioning.get', { id })
    if (enough(run)) return run
    for (const { device, step } of questions(run))
      await console.call('provisioning.answer', { id, name: device.name, step: step.step, ok: true })
    await pause(50)
  }
}

it('the demo desk runs its training chargers, is closed in the middle, and goes on by itself', async () => {
  const chosen = trainingChargers().slice(4, 12)
  const devices = chosen.map(({ name, deviceCode, alias }) => ({ name, deviceCode, alias }))
  const { id } = await console.call('provisioning.start', { devices, testPorts: [1, 4] })
  await watch(id, ({ counts }) => counts.passed >= 2)
  await console.reopen()
  console.core.startBackground()
  const run = await watch(id, ({ endedAt }) => endedAt !== null)
  const failed = run.devices.filter(({ state }) => state === 'failed')
  expect(failed.map(({ reason }) => reason?.code)).toEqual(['noReply', 'portBroken'])
  expect(run.counts.passed).toBe(6)
  expect(stepOf(run.devices[0], 'test4.seen')?.confirmedBy).toBe('demo')
  const audit = await console.call('audit.list', { operation: 'provisioning.start' })
  expect(audit.rows[0]).toMatchObject({ target: id, operator: 'demo' })
}, 60_000)
