import { figureText } from '#shared/alarms.ts'
import { ALARM_WORDS, fill, lineOf, shownName, type AlarmLanguage } from '#shared/alarm-words.ts'
import { formatDateTime, type ZoneOffset } from '#shared/time.ts'
import { redactor } from '../redact.ts'
import type { StoredAlarm } from './types.ts'

/** What goes out: names of places and things, never of people; phones that slipped in are masked. */
export interface Message {
  readonly kind: 'alarms' | 'test'
  readonly site: string
  readonly at: number
  readonly alarms: readonly StoredAlarm[]
  readonly language: AlarmLanguage
  readonly zone: ZoneOffset
}

/** Bytes of a text message of 企业微信. */
export const MOST_BYTES = 2048
/** Lines of a message: more is for the list. */
const MOST_LINES = 10

const bytesOf = (text: string) => new TextEncoder().encode(text).length

/** `【测试园区】3 条新告警` and a line each, as many as fit. */
export function textOf({ kind, site, at, alarms, language, zone }: Message): string {
  const words = ALARM_WORDS[language]
  const place = site === '' ? 'SiteDesk' : site
  const stamp = formatDateTime(at, zone)
  if (kind === 'test') return redactor.text(`【${place}】${words.test}\n${stamp}`)
  const head = `【${place}】${fill(words.alarms, { n: alarms.length })}\n${stamp}`
  const lines = alarms.map((alarm) => `[${words.severity[alarm.severity]}] ${lineOf(alarm, language)}`)
  let shown = lines.slice(0, MOST_LINES)
  for (;;) {
    const left = lines.length - shown.length
    const text = [head, ...shown, ...(left > 0 ? [fill(words.more, { n: left })] : [])].join('\n')
    if (bytesOf(text) <= MOST_BYTES || shown.length === 0) return redactor.text(text)
    shown = shown.slice(0, -1)
  }
}

/** The same for a program. */
export const bodyOf = (message: Message, text: string) => ({
  event: message.kind,
  site: message.site,
  at: message.at,
  text,
  alarms: message.alarms.map((alarm) => ({
    id: alarm.id,
    rule: alarm.rule,
    name: redactor.text(shownName(alarm, message.language)),
    severity: alarm.severity,
    level: alarm.level,
    figure: figureText(alarm.rule, alarm.value),
    members: alarm.members,
    raisedAt: alarm.raised_at,
  })),
})
