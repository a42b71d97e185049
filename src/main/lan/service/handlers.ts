import { randomBytes } from 'node:crypto'
import { HOUR } from '#shared/time.ts'
import { DEFAULT_LIMIT } from '#shared/contract/define.ts'
import type { Checked, Output } from '#shared/contract/index.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import type { AreaHandlers, Call } from '#core/context.ts'
import type { Settings } from '#core/settings/index.ts'
import { detailOf, expectedOf, rowOf } from '../inspector/inspect.ts'
import type { RequestLog } from '../inspector/log.ts'
import type { Side } from '../endpoint.ts'
import { openApi } from '../reference/openapi.ts'
import type { SignatureRules } from '../request/signature.ts'
import { endedOf, keysOf } from './credentials.ts'

export interface HandlerParts {
  readonly settings: Settings
  readonly log: RequestLog
  readonly now: () => number
  readonly rules: () => SignatureRules
  readonly status: () => Output<'lan.status'>
  readonly testProvider: AreaHandlers<'lan'>['lan.testProvider']
  readonly listener: {
    /** tries what is wanted again; resolves when the listener is as wanted, or failed */
    settle(): Promise<void>
    /** resolves when what was begun is done */
    readonly settled: Promise<void>
  }
}

/** lan.*: the service as its operators see it. */
export function createLanHandlers(parts: HandlerParts): AreaHandlers<'lan'> {
  const { settings, log, now, rules, status } = parts
  const change = async (call: Call, changes: Record<string, unknown>) => {
    await settings.handlers['settings.update'](call, { changes })
  }
  const enable = async (call: Call, enabled: boolean) => {
    // the listener follows the settings by itself; on again after a failure it tries once more
    if (settings.values().lan.enabled === enabled) {
      await call.commit(() => call.note({ after: { enabled } }))
      await parts.listener.settle()
    } else await change(call, { 'lan.enabled': enabled })
    await parts.listener.settled
    return status()
  }
  return {
    'lan.start': (call) => enable(call, true),
    'lan.stop': (call) => enable(call, false),
    'lan.status': status,
    'lan.requests': (_call, input) => requests(log, input),
    'lan.request'(_call, { id }) {
      const one = log.find(id)
      if (!one) throw notFound('request', id)
      const at = now()
      const ended = (side: Side) => endedOf(settings, side, at)
      return detailOf(one, { keys: keysOf(settings, at), rules: rules(), ended })
    },
    'lan.sign'(_call, { side, parameters }) {
      const { [side]: known, jam } = keysOf(settings, now())
      const [current] = known
      if (!current || jam === null)
        throw new SitedeskError('NOT_CONFIGURED', 'The credentials of this side are not set.', { side })
      const fields = new Map<string, string>([
        ['appId', current.appId],
        ['appKey', current.appKey],
        ...parameters.map(({ name, value }) => [name, value] as const),
      ])
      return { expected: expectedOf({ fields, lexemes: () => new Map() }, jam, rules()) }
    },
    'lan.testProvider': parts.testProvider,
    'lan.openapi': () => ({
      name: 'mini-program.openapi.json',
      json: `${JSON.stringify(openApi(), null, 2)}\n`,
    }),
    'lan.rotate': async (call, wanted) => {
      const { side, overlapHours } = wanted
      const before = keysOf(settings, now())[side][0]
      const appId = wanted.appId ?? randomBytes(16).toString('hex')
      const appKey = wanted.appKey ?? randomBytes(16).toString('hex')
      const overlaps = before !== undefined && overlapHours > 0
      const until = now() + (overlaps ? overlapHours * HOUR : 0)
      await change(call, {
        [`lan.${side}`]: { appId, appKey },
        [`lan.previous.${side}`]: overlaps ? { ...before, until } : null,
      })
      return { appId, appKey, until }
    },
  }
}

function requests(log: RequestLog, input: Checked<'lan.requests'>): Output<'lan.requests'> {
  const { offset = 0, limit = DEFAULT_LIMIT, side, endpoint, code, failed, address, upTo } = input
  const wanted = endpoint?.toLowerCase()
  const rows = [...log.newest(upTo)]
    .map(rowOf)
    .filter(
      (row) =>
        (side === undefined || row.side === side) &&
        (wanted === undefined || row.endpoint.toLowerCase().includes(wanted)) &&
        (code === undefined || row.code === code) &&
        (failed === undefined || failed === (row.code !== 0)) &&
        (address === undefined || row.address === address),
    )
  return { total: rows.length, rows: rows.slice(offset, offset + limit) }
}
