import type { AlarmChannel } from '#shared/alarms.ts'
import type { Output } from '#shared/contract/index.ts'
import type { SecretPath } from '#shared/contract/profile.ts'
import { SitedeskError } from '#shared/errors.ts'
import { SECOND } from '#shared/time.ts'
import { HttpFailure, type Http, type HttpAnswer } from '../ports.ts'
import { redactor } from '../redact.ts'
import type { Settings } from '../settings/index.ts'

export type ChannelProblem = Exclude<Output<'alarms.channels'>['rows'][number]['problem'], null>

/** What a try came to; `again`: it may go better later. */
export interface Sent {
  readonly ok: boolean
  readonly again: boolean
  readonly result: string
}

const SECRET = { webhook: 'alarms.webhook.token', wecom: 'alarms.wecom.key' } as const satisfies Record<
  AlarmChannel,
  SecretPath
>
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/
const CONNECT_MS = 10 * SECOND
const TOTAL_MS = 20 * SECOND
const MOST_BYTES = 64 * 1024
const LONGEST_RESULT = 200

type Channels = Pick<Settings, 'values' | 'secret'>

interface Ready {
  readonly url: URL
  readonly secret: string | null
}

/** Where a channel leads, or why nothing can go there. */
export function readyChannel(settings: Channels, channel: AlarmChannel): Ready | ChannelProblem {
  const { allowPlainHttp, [channel]: config } = settings.values().alarms
  if (!config.url || !URL.canParse(config.url)) return 'noAddress'
  const url = new URL(config.url)
  // the key is a secret: in an address it would stand in the settings and in the log
  if (channel === 'wecom' && url.searchParams.has('key')) return 'keyInAddress'
  if (url.protocol !== 'https:' && !LOOPBACK.test(url.hostname) && !allowPlainHttp) return 'insecure'
  const secret = secretOf(settings, channel)
  if (secret === 'locked') return secret
  if (channel === 'wecom' && secret.value === null) return 'noKey'
  return { url, secret: secret.value }
}

function secretOf(settings: Channels, channel: AlarmChannel): { value: string | null } | 'locked' {
  try {
    return { value: settings.secret(SECRET[channel]) }
  } catch (error) {
    if (error instanceof SitedeskError && error.code === 'SECRETS_LOCKED') return 'locked'
    throw error
  }
}

export interface Outgoing {
  readonly text: string
  readonly body: object
  /** the same for every try of one message */
  readonly key: string
}

/** One try. Never rejects: what went wrong is the result. */
export async function send(
  http: Http,
  settings: Channels,
  channel: AlarmChannel,
  message: Outgoing,
  signal: AbortSignal,
): Promise<Sent> {
  const ready = readyChannel(settings, channel)
  if (typeof ready === 'string') return { ok: false, again: false, result: ready }
  const { url, secret } = ready
  if (channel === 'wecom') url.searchParams.set('key', secret ?? '')
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    // the robot knows no such thing: after a sudden end in the middle of a try it may hear a message twice
    ...(channel === 'webhook' && { 'idempotency-key': message.key }),
    ...(channel === 'webhook' && secret !== null && { authorization: `Bearer ${secret}` }),
  }
  const body = channel === 'wecom' ? { msgtype: 'text', text: { content: message.text } } : message.body
  try {
    const limits = { connectTimeoutMs: CONNECT_MS, totalTimeoutMs: TOTAL_MS, maxBytes: MOST_BYTES }
    const answer = await http.send({
      method: 'POST',
      url: url.href,
      headers,
      body: JSON.stringify(body),
      signal,
      ...limits,
    })
    return channel === 'wecom' ? robotSaid(answer) : plainly(answer)
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error
    return { ok: false, again: true, result: error.kind }
  }
}

const isPassing = (status: number) => status === 408 || status === 429 || status >= 500

const plainly = ({ status }: HttpAnswer): Sent => ({
  ok: status >= 200 && status < 300,
  again: isPassing(status),
  result: `HTTP ${status}`,
})

/** 45009: too many messages in a minute; −1: the system is busy. All else is about the key or the message. */
const ROBOT_AGAIN: readonly number[] = [-1, 45_009]

/** The robot answers 200 also when it refuses: `errcode` says. */
function robotSaid(answer: HttpAnswer): Sent {
  if (answer.status !== 200) return { ...plainly(answer), ok: false }
  try {
    const said = JSON.parse(new TextDecoder().decode(answer.body)) as { errcode?: unknown; errmsg?: unknown }
    if (said.errcode === 0) return { ok: true, again: false, result: 'errcode 0' }
    if (typeof said.errcode === 'number') {
      const why = typeof said.errmsg === 'string' ? ` ${said.errmsg}` : ''
      const result = redactor.text(`errcode ${said.errcode}${why}`).slice(0, LONGEST_RESULT)
      return { ok: false, again: ROBOT_AGAIN.includes(said.errcode), result }
    }
  } catch {
    // no JSON: not the robot's answer
  }
  return { ok: false, again: true, result: 'badAnswer' }
}
