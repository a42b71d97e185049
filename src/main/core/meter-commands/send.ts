import { SitedeskError } from '#shared/errors.ts'
import { UpstreamError } from '../upstream/index.ts'
import type { ImrClient, ImrInstruction } from '../upstream/types.ts'
import type { CommandParts } from './index.ts'
import type { Command } from './store.ts'

export type Sent =
  | { readonly state: 'accepted' }
  | { readonly state: 'unknown' | 'rejected' | 'notSent'; readonly error: unknown }

/**
 * Sends a command whose row says `sent`, once, and writes what came of it. A 200 is no more than `accepted`; what
 * may have reached the vendor is `unknown` and watched all the same (I-30, I-31, F-09 … F-15).
 */
export async function send(parts: CommandParts, client: ImrClient, command: Command): Promise<Sent> {
  const sent = await instruct(client, command, parts.closing)
  const at = parts.ctx.ports.clock.now()
  const ended = sent.state === 'rejected' || sent.state === 'notSent' ? at : null
  await parts.ctx.store.site.write(() =>
    parts.store.change(command.id, {
      state: sent.state,
      accepted_at: sent.state === 'accepted' ? at : null,
      ended_at: ended,
      ...('error' in sent ? faultOf(sent.error) : {}),
    }),
  )
  parts.changed(command.meter_id)
  if (ended === null) parts.watch.add(command.id)
  return sent
}

async function instruct(
  client: ImrClient,
  { device_id, action }: Command,
  signal: AbortSignal,
): Promise<Sent> {
  try {
    const request = { deviceId: device_id, action: action as ImrInstruction }
    const end = await client.meterInstruct(request, { urgent: true, signal })
    return end.outcome === 'accepted' ? { state: 'accepted' } : { state: 'unknown', error: end.error }
  } catch (error) {
    return { state: isRefusal(error) ? 'rejected' : 'notSent', error }
  }
}

/** The vendor said no; everything else that is thrown never reached it. */
const isRefusal = (error: unknown) =>
  error instanceof UpstreamError && error.vendorCode !== null && error.fault !== 'stopped'

export function faultOf(error: unknown): { error_code: string; error_message: string } {
  if (error instanceof UpstreamError) return { error_code: error.fault, error_message: error.message }
  if (error instanceof SitedeskError) return { error_code: error.code, error_message: error.message }
  return { error_code: 'INTERNAL', error_message: String(error) }
}
