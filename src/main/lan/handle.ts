import { BadSession, CODE, Refusal, type Code } from '#core/charging/refusal.ts'
import type { Charging } from '#core/charging/index.ts'
import type { WxAuthProvider } from '#core/charging/providers.ts'
import type { Clock, Log } from '#core/ports.ts'
import type { SiteDatabase } from '#core/store/store.ts'
import type { ChangedArea } from '#shared/contract/events.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { Endpoint, Forms, LanCall } from './endpoint.ts'
import { refusal, success, type Envelope } from './envelope.ts'
import { Reads, type LongAnswer } from './long-answers.ts'
import { readBody, type Body, type BodyProblem } from './request/body.ts'
import { Guesses } from './request/guesses.ts'
import { ReplayStore, replayKey, type ReplayKey } from './request/replay.ts'
import type { Match } from './request/signature.ts'
import { verify, type Keys, type SayTime, type VerifyRules } from './request/verify.ts'

/** What the settings say while a request is answered. */
export interface LanConfig {
  readonly keys: Keys
  readonly rules: VerifyRules
  /** H-22: every call carries the session of the phone that acts */
  readonly requireSession: boolean
  readonly forms: Forms
  /** U-02; 0: no limit */
  readonly failedSessionsPerMinute: number
}

export interface HandleParts {
  readonly route: (url: string) => Endpoint | null
  readonly charging: Charging
  readonly wx: () => WxAuthProvider
  readonly db: SiteDatabase
  readonly clock: Clock
  readonly log: Log
  readonly config: () => LanConfig
  readonly sayTime: SayTime
  /** after a commit: the screens of the desk ask again */
  readonly changed: (area: ChangedArea) => void
}

export interface LanRequest {
  readonly method: string
  readonly url: string
  readonly contentType: string | undefined
  /** or why there are none */
  readonly bytes: Uint8Array | 'tooLarge' | 'broken'
  /** who asks */
  readonly address: string
  /** whether nobody waits for the answer any more */
  readonly gone: () => boolean
}

/** One request as it went, for the log that the inspector shows. */
export interface Handled {
  readonly status: number
  /** the answer as it is sent; of a long one the beginning */
  readonly json: string
  readonly code: number
  readonly endpoint: Endpoint | null
  readonly body: Body | null
  readonly match: Match | null
  readonly replayed: boolean
}

/** What is sent: `long` instead of the text that is kept of it. */
export interface Answered extends Handled {
  readonly long: LongAnswer | null
}

const BODY_PROBLEMS: Readonly<Record<BodyProblem | 'tooLarge' | 'broken', string>> = {
  tooLarge: '请求内容过大',
  broken: '请求无法读取',
  contentType: '请求格式应为 JSON 或表单',
  notText: '请求内容不是 UTF-8',
  notJson: '请求内容不是 JSON',
  notFlat: '请求内容应为一层的 JSON 对象',
}

/** Nothing was written; no code of the documents fits better (spec §3.3, F-36). */
const DISK_FULL = { code: CODE.unknown, message: '服务电脑磁盘已满，暂时不能办理，请联系管理员' }
const GONE = { code: CODE.unknown, message: '请求已断开' }
const TOO_MANY_GUESSES = { code: CODE.parameter, message: '登录失败过多，请稍后再试' }

/** Answers one request in the order of H-16; never rejects. */
export function createHandle(parts: HandleParts): (request: LanRequest) => Promise<Answered> {
  const replays = new ReplayStore(parts.db)
  /** mutating calls that wait for others, by what makes them the same (H-12) */
  const waiting = new Map<string, Promise<string>>()
  const guesses = new Guesses()
  const reads = new Reads()
  return async (request) => {
    const endpoint = parts.route(request.url)
    const seen: { body: Body | null; match: Match | null; replayed: boolean } = {
      body: null,
      match: null,
      replayed: false,
    }
    const end = (status: number, json: string, code: number): Answered => ({
      status,
      json,
      code,
      endpoint,
      long: null,
      ...seen,
    })
    const say = (status: number, { code, message }: { code: Code; message: string }) =>
      end(status, JSON.stringify(refusal(endpoint, code, message)), code)
    if (endpoint === null) return say(404, { code: CODE.parameter, message: '没有这个接口' })
    if (request.method !== 'POST') return say(405, { code: CODE.parameter, message: '请使用 POST' })
    try {
      const { bytes } = request
      const body = typeof bytes === 'string' ? bytes : readBody(request.contentType, bytes)
      if (body === 'tooLarge') return tooLarge(end)
      if (typeof body === 'string') return say(200, { code: CODE.parameter, message: BODY_PROBLEMS[body] })
      seen.body = body
      const now = parts.clock.now()
      const config = parts.config()
      const { keys, rules } = config
      seen.match = verify(body, endpoint.side, { keys, rules, now, sayTime: parts.sayTime })
      const input = endpoint.parse(body.fields, config.forms)
      const guessed = body.fields.has('session') ? config.failedSessionsPerMinute : 0
      if (guesses.tooMany(request.address, guessed, parts.clock.monotonic()))
        return say(429, TOO_MANY_GUESSES)
      const call = callOf(parts, { endpoint, body, config, now })
      const key = replayKey(endpoint.name, body.fields)
      if (!endpoint.mutating) {
        const read = async () => success(endpoint, await endpoint.answer(input, call))
        const text = await reads.text(read, request)
        return text === null ? say(200, GONE) : { ...end(200, text.json, CODE.success), long: text.long }
      }
      const answered = await run({ parts, replays, waiting }, endpoint, { input, call, key })
      seen.replayed = answered.replayed
      if (!answered.replayed) for (const area of endpoint.changes ?? []) parts.changed(area)
      return end(200, answered.json, CODE.success)
    } catch (error) {
      if (error instanceof BadSession) guesses.count(request.address, parts.clock.monotonic())
      return say(200, saidOf(parts.log, endpoint, error))
    }
  }
}

/** A refusal of the transport, in the form that all of them have (H-27). */
const tooLarge = (end: (status: number, json: string, code: number) => Answered): Answered =>
  end(413, JSON.stringify(refusal(null, CODE.parameter, BODY_PROBLEMS.tooLarge)), CODE.parameter)

const isFull = (error: unknown) => error instanceof SitedeskError && error.code === 'STORAGE_FULL'

/** What is said where something was refused or failed. */
function saidOf(log: Log, { name }: Endpoint, error: unknown): { code: Code; message: string } {
  if (error instanceof Refusal) return error
  if (isFull(error)) {
    log.warn('a call of the LAN service found the disk full', { endpoint: name })
    return DISK_FULL
  }
  log.error('a call of the LAN service failed', { endpoint: name, error: String(error) })
  return { code: CODE.unknown, message: '服务器内部错误' }
}

interface Checked {
  readonly endpoint: Endpoint
  readonly body: Body
  readonly config: LanConfig
  readonly now: number
}

function callOf(parts: HandleParts, { endpoint, body, config, now }: Checked): LanCall {
  const { forms, requireSession } = config
  return {
    charging: parts.charging,
    wx: parts.wx(),
    now,
    forms,
    sessionPhone: sessionPhone(parts, endpoint, body, { now, requireSession }),
  }
}

/** Whose session it is; refuses where one is needed and is not there, or is another person's (H-22, R-42). */
function sessionPhone(
  { charging }: HandleParts,
  { side, session = 'whenAsked', actor }: Endpoint,
  { fields }: Body,
  { now, requireSession }: { now: number; requireSession: boolean },
): string | null {
  if (session === 'never') return null
  const needed = session === 'always' || requireSession
  const given = fields.get('session')
  if (typeof given !== 'string' || given === '') {
    if (needed) throw new Refusal(CODE.unknownCaller, '请先登录')
    return null
  }
  if (!needed) return null
  const phone = charging.sessions.phoneOf(side, given, now)
  if (phone === null) throw new BadSession()
  if (actor !== undefined && fields.get(actor) !== phone)
    throw new Refusal(CODE.unknownCaller, '登录身份与请求的手机号不一致')
  return phone
}

interface Running {
  readonly parts: HandleParts
  readonly replays: ReplayStore
  readonly waiting: Map<string, Promise<string>>
}
interface Asked {
  readonly input: unknown
  readonly call: LanCall
  readonly key: ReplayKey
}

async function run(
  { parts, replays, waiting }: Running,
  endpoint: Endpoint,
  { input, call, key }: Asked,
): Promise<{ json: string; replayed: boolean }> {
  const said = (answered: unknown): string => JSON.stringify(success(endpoint, answered) satisfies Envelope)
  if (!endpoint.waits)
    return parts.db.write(() => {
      const before = replays.find(key)
      if (before !== null) return { json: before, replayed: true }
      const json = said(endpoint.answer(input, call))
      replays.keep(key, json, call.now)
      return { json, replayed: false }
    })
  const before = replays.find(key)
  if (before !== null) return { json: before, replayed: true }
  const same = `${key.path} ${key.signature} ${key.timestamp}`
  const running = waiting.get(same)
  if (running) return { json: await running, replayed: true }
  const answer = answerLater(parts, replays, { endpoint, asked: { input, call, key }, said })
  waiting.set(same, answer)
  try {
    return { json: await answer, replayed: false }
  } finally {
    waiting.delete(same)
  }
}

async function answerLater(
  { db, log }: HandleParts,
  replays: ReplayStore,
  { endpoint, asked, said }: { endpoint: Endpoint; asked: Asked; said: (answered: unknown) => string },
): Promise<string> {
  const json = said(await endpoint.answer(asked.input, asked.call))
  try {
    await db.write(() => {
      if (replays.find(asked.key) === null) replays.keep(asked.key, json, asked.call.now)
    })
  } catch (error) {
    // it is done: to refuse it now would be untrue, and a repetition meets the rules of the books
    if (!isFull(error)) throw error
    log.warn('an answer of the LAN service was not kept: the disk is full', { endpoint: endpoint.name })
  }
  return json
}
