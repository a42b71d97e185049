import type { MeterAction } from '#shared/contract/meter-commands.ts'
import type { MeterRow } from '#shared/contract/meters.ts'
import { notFound, SitedeskError } from '#shared/errors.ts'
import type { Call } from '../context.ts'
import type { ImrClient } from '../upstream/types.ts'
import type { CommandParts } from './index.ts'
import type { Command } from './store.ts'

/** A meter as it is told to do something: only IMR has commands (IE-6). */
export function commandable({ meters }: CommandParts, meterId: string): MeterRow {
  const meter = meters.row(meterId)
  if (!meter) throw notFound('meter', meterId)
  if (meter.source !== 'imr')
    throw new SitedeskError('NOT_SUPPORTED', `Meters of ${meter.source} take no commands.`, { meterId })
  return meter
}

/** The vendor, if it can be reached at all: nothing is kept back to be sent later. */
export function reachable({ upstreams }: CommandParts): ImrClient {
  const client = upstreams.imr()
  if (!client)
    throw new SitedeskError('NOT_CONFIGURED', 'The IMR system is not set up yet.', { source: 'imr' })
  return client
}

/** Twice the same while the first is on its way is a double click, not a wish. */
export function refuseTwice({ store }: CommandParts, meterId: string, action: MeterAction): void {
  const open = store.openOf(meterId).find((one) => one.action === action)
  if (!open) return
  throw new SitedeskError(
    'NOT_ALLOWED_NOW',
    'This meter was told so a moment ago; wait for what comes of it.',
    {
      reason: 'commandOpen',
      commandId: open.id,
    },
  )
}

/** Who may confirm what cuts off others. */
const CONFIRMERS = ['supervisor'] as const

/** Another person than the one who asks, who may do it as well, with a PIN. */
export const vouchedBy = (
  parts: CommandParts,
  call: Call,
  second: { readonly name: string; readonly pin: string } | undefined,
  operation: 'meters.command' | 'meters.commandMany',
): Promise<string> => parts.operators.secondPerson(call, second, { operation, roles: CONFIRMERS })

/** The row of a command before anything left. */
export function draft(
  { ctx }: CommandParts,
  call: Call,
  meter: MeterRow,
  more: Pick<Command, 'action' | 'state' | 'batch_id' | 'confirmed_by'>,
): Omit<Command, 'ordinal'> {
  const now = ctx.ports.clock.now()
  const left = more.state === 'sent'
  return {
    ...more,
    id: ctx.ports.random.uuid(),
    meter_id: meter.id,
    device_id: meter.deviceId,
    table_no: meter.tableNo,
    place: meter.place,
    house: meter.house,
    user_name: meter.user,
    requested_by: call.operator?.name ?? '',
    door: call.caller.door,
    requested_at: now,
    sent_at: left ? now : null,
    accepted_at: null,
    ended_at: more.state === 'skipped' ? now : null,
    gate_before: meter.gateRaw,
    gate_now: null,
    read_at_before: meter.lastReadAt,
    read_at_now: null,
    error_code: null,
    error_message: null,
  }
}

/** From a connection failure until a read succeeds (interfaces §3): nothing is written, nothing is sent later. */
export function refuseOffline({ upstreams }: CommandParts): void {
  const { state, lastError } = upstreams.status('imr')
  if (state === 'offline')
    throw new SitedeskError('UPSTREAM_OFFLINE', 'The IMR system cannot be reached; nothing was sent.', {
      source: 'imr',
    })
  if (state === 'stopped')
    throw new SitedeskError(
      'UPSTREAM_REFUSED',
      lastError?.message ?? 'The IMR system refuses this account.',
      {
        source: 'imr',
      },
    )
}
