import { parseArgs } from 'node:util'
import { DESCRIBED, type Described } from '#main/lan/reference/endpoints.ts'
import { findEndpoint, prepare, type Caller } from '#main/lan/reference/request.ts'

/** Calls one endpoint of the LAN service as a mini-program would, and shows what was signed. */
const USAGE = `npm run miniprogram -- <endpoint> [name=value …] [flags]

  --url URL          where the service listens                SITEDESK_LAN_URL, else http://127.0.0.1:8085
  --app-id TEXT      of the side that the endpoint belongs to SITEDESK_LAN_USER_APP_ID, SITEDESK_LAN_MANAGER_APP_ID
  --app-key TEXT                                              SITEDESK_LAN_USER_APP_KEY, SITEDESK_LAN_MANAGER_APP_KEY
  --jam TEXT         the jam code of both sides               SITEDESK_LAN_JAM
  --order ORDER      sorted (default) or timestampLast
  --encoding FORM    hex (default), hexUpper, raw or bare
  --body TYPE        json (default) or form
  --timestamp N      UNIX seconds instead of now
  --dry              signs and shows, calls nobody

Endpoints: ${DESCRIBED.map(({ name }) => name).join(' ')}`

class Misused extends Error {}

const flag = { type: 'string' } as const
const options = {
  url: flag,
  'app-id': flag,
  'app-key': flag,
  jam: flag,
  order: flag,
  encoding: flag,
  body: flag,
  timestamp: flag,
  dry: { type: 'boolean' },
  help: { type: 'boolean' },
} as const

type Flags = ReturnType<typeof readArguments>['values']

function readArguments() {
  try {
    return parseArgs({ options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new Misused(error instanceof Error ? error.message : String(error))
  }
}

function oneOf<T extends string>(name: string, value: string | undefined, known: readonly [T, ...T[]]): T {
  const found = value === undefined ? known[0] : known.find((one) => one === value)
  if (found === undefined) throw new Misused(`--${name}: expected ${known.join(' | ')}`)
  return found
}

function callerOf({ side }: Described, flags: Flags): Caller {
  const of = (name: 'app-id' | 'app-key' | 'jam', variable: string): string => {
    const value = flags[name] ?? process.env[variable]
    if (!value) throw new Misused(`--${name} or ${variable} is needed`)
    return value
  }
  const prefix = `SITEDESK_LAN_${side.toUpperCase()}`
  return {
    appId: of('app-id', `${prefix}_APP_ID`),
    appKey: of('app-key', `${prefix}_APP_KEY`),
    jam: of('jam', 'SITEDESK_LAN_JAM'),
  }
}

function timestampOf(text: string | undefined): number {
  if (text === undefined) return Math.floor(Date.now() / 1000)
  if (!/^\d{1,13}$/.test(text)) throw new Misused('--timestamp: expected UNIX seconds')
  return Number(text)
}

function paramsOf(words: readonly string[]): Map<string, string> {
  return new Map(
    words.map((word) => {
      const at = word.indexOf('=')
      if (at < 1) throw new Misused(`${word}: expected name=value`)
      return [word.slice(0, at), word.slice(at + 1)] as const
    }),
  )
}

const say = (text: string) => void process.stdout.write(`${text}\n`)

async function run(): Promise<number> {
  const { values: flags, positionals } = readArguments()
  const [name, ...words] = positionals
  if (flags.help || name === undefined) {
    say(USAGE)
    return flags.help ? 0 : 2
  }
  const endpoint = findEndpoint(name)
  if (!endpoint) throw new Misused(`there is no endpoint ${name}`)
  const prepared = prepare({
    endpoint,
    params: paramsOf(words),
    caller: callerOf(endpoint, flags),
    timestamp: timestampOf(flags.timestamp),
    order: oneOf('order', flags.order, ['sorted', 'timestampLast']),
    encoding: oneOf('encoding', flags.encoding, ['hex', 'hexUpper', 'raw', 'bare']),
    body: oneOf('body', flags.body, ['json', 'form']),
  })
  const base = (flags.url ?? process.env['SITEDESK_LAN_URL'] ?? 'http://127.0.0.1:8085').replace(/\/+$/, '')
  const url = base + prepared.path
  say(`POST ${url}\ncontent-type: ${prepared.contentType}\n\n${prepared.shown}\n`)
  say(`signed     ${prepared.signed}\nsignature  ${prepared.signature}\n`)
  return flags.dry ? 0 : call(url, prepared)
}

/** 0 where the service did what was asked; 1 where it refused. */
async function call(
  url: string,
  { contentType, body }: { contentType: string; body: string },
): Promise<number> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body,
    signal: AbortSignal.timeout(20_000),
  })
  const text = await response.text()
  say(`status ${response.status}\n${pretty(text)}`)
  return isDone(text) ? 0 : 1
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** H-18: code 0, and where the data says a result, that it is 0. */
function isDone(text: string): boolean {
  try {
    const { code, data } = JSON.parse(text) as { code: unknown; data: unknown }
    const first: unknown = Array.isArray(data) ? data[0] : null
    const result = typeof first === 'object' && first !== null && 'result' in first ? first.result : 0
    return code === 0 && result === 0
  } catch {
    return false
  }
}

try {
  process.exitCode = await run()
} catch (error) {
  const reason = error instanceof Error ? (error.cause ?? error) : error
  process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n`)
  process.exitCode = error instanceof Misused ? 2 : 1
}
