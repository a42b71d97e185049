import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Answer, ChargersCalls, ChargersSetup, Request } from './chargers-protocol.ts'

type Remote<Call extends keyof ChargersCalls> = (
  ...args: Parameters<ChargersCalls[Call]>
) => Promise<Awaited<ReturnType<ChargersCalls[Call]>>>

export type ChargersProcess = { readonly [Call in keyof ChargersCalls]: Remote<Call> } & {
  /** For `bluetooth.adapter`. */
  readonly url: string
  close(): Promise<void>
}

const entry = join(import.meta.dirname, 'chargers-process.ts')

/** Chargers in a process of their own; resolves when all of them advertise. It ends with this process at the latest. */
export async function startChargersProcess(setup: ChargersSetup): Promise<ChargersProcess> {
  const child = fork(entry, [JSON.stringify(setup)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the chargers have ended')))
  ended.catch(() => undefined)
  const answers = new Answers(child)
  const url = await Promise.race([answers.ready, ended])
  const remote =
    <Call extends keyof ChargersCalls>(call: Call): Remote<Call> =>
    (...args) =>
      Promise.race([answers.ask(call, args), ended]) as ReturnType<Remote<Call>>
  return {
    url,
    names: remote('names'),
    state: remote('state'),
    setFault: remote('setFault'),
    setRadio: remote('setRadio'),
    setNear: remote('setNear'),
    dropLink: remote('dropLink'),
    hideServiceOnce: remote('hideServiceOnce'),
    powerCut: remote('powerCut'),
    powerOn: remote('powerOn'),
    setAdapter: remote('setAdapter'),
    dropHost: remote('dropHost'),
    async close() {
      child.kill()
      await ended.catch(() => undefined)
    },
  }
}

class Answers {
  readonly ready: Promise<string>
  private readonly child: ChildProcess
  private readonly waiting = new Map<number, PromiseWithResolvers<unknown>>()
  private lastId = 0

  constructor(child: ChildProcess) {
    this.child = child
    const { promise, resolve } = Promise.withResolvers<string>()
    this.ready = promise
    child.on('message', (answer: Answer) => {
      if ('ready' in answer) resolve(answer.ready)
      else this.settle(answer)
    })
  }

  ask(call: Request['call'], args: readonly unknown[]): Promise<unknown> {
    const id = (this.lastId += 1)
    const answer = Promise.withResolvers<unknown>()
    this.waiting.set(id, answer)
    this.child.send({ id, call, args } satisfies Request)
    return answer.promise
  }

  private settle(answer: Exclude<Answer, { ready: string }>): void {
    const waiting = this.waiting.get(answer.id)
    this.waiting.delete(answer.id)
    if ('error' in answer) waiting?.reject(new Error(answer.error))
    else waiting?.resolve(answer.value)
  }
}
