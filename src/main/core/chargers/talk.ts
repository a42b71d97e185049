import type { BleProfile } from '#shared/contract/values.ts'
import { SitedeskError } from '#shared/errors.ts'
import type { ZoneOffset } from '#shared/time.ts'
import type { Clock } from '../ports.ts'
import { chargerError } from './errors.ts'
import { queryFrame, setFrame, type CommandName, type QueryName, type Wish } from './frame.ts'
import { fits, readReply, type Reply } from './reply.ts'
import type { Stamps } from './stamps.ts'
import type { AskOptions, Wire } from './wire.ts'

export interface TalkParts {
  readonly wire: Wire
  readonly clock: Clock
  readonly stamps: Stamps
  readonly signal: AbortSignal
  zone(): ZoneOffset
  /** throws where the charger must not be spoken to: another one has its name */
  guard(): void
}

/** How the next set command is signed. */
export interface Signer {
  readonly profile: BleProfile
  readonly jamCode: string
}

type BeforeWrite = AskOptions['beforeWrite']

/** Frames out, replies in. A reply with any digit is an answer; no reply, or none of this command, is an error. */
export interface Talk {
  /** Unsigned and without effect on power: asked once more when the first time gave nothing (B-11). */
  query(command: QueryName, signer: Pick<Signer, 'profile'>): Promise<Reply>
  /** One write, never repeated here. */
  set(wish: Wish, signer: Signer, beforeWrite?: BeforeWrite): Promise<Reply>
  /** a frame as it stands */
  raw(frame: string, beforeWrite?: BeforeWrite): Promise<string>
}

/** Worth a second try: the charger may have been heard badly. */
const PASSING: readonly string[] = ['CHARGER_NO_REPLY', 'CHARGER_BAD_REPLY', 'CHARGER_LOST']

/** Nobody can tell from this whether the charger did it. */
export const unclear = (error: unknown): boolean =>
  error instanceof SitedeskError && PASSING.includes(error.code)

export function createTalk(parts: TalkParts): Talk {
  const { wire, stamps, signal } = parts
  /** Another charger with this name may be heard at the last moment, so that is when it is asked for. */
  const say = (frame: string, beforeWrite?: BeforeWrite) => {
    const guarded = async () => {
      parts.guard()
      await beforeWrite?.()
    }
    return wire.ask(frame, { signal, beforeWrite: guarded })
  }
  const ask = async (command: CommandName, frame: string, beforeWrite?: BeforeWrite) => {
    const text = await say(frame, beforeWrite)
    const reply = readReply(text)
    if (reply && fits(command, reply)) {
      // only a success of these says whose reply it is
      if (reply.status === 0 && (command === 'STA' || command === 'QTIME')) wire.trust()
      return reply
    }
    wire.distrust()
    throw badReply(wire.name, command, text)
  }
  const query: Talk['query'] = async (command, { profile }) => {
    const { text } = queryFrame(command, profile)
    try {
      return await ask(command, text)
    } catch (error) {
      if (!unclear(error)) throw error
      return ask(command, text)
    }
  }
  /** Charger and desk are in step again once STA is answered: replies come in the order of their commands. */
  const inStep = async (signer: Pick<Signer, 'profile'>) => {
    if (wire.unsure) await query('STA', signer)
  }
  return {
    query,
    async set(wish, { profile, jamCode }, beforeWrite) {
      await inStep({ profile })
      const stamp = stamps.next(wire.name)
      const at = parts.clock.now()
      const { text } = setFrame(wish, { profile, jamCode, zone: parts.zone(), stamp, at })
      return ask(wish.command, text, beforeWrite)
    },
    async raw(frame, beforeWrite) {
      stamps.saw(wire.name, frame)
      return say(frame, beforeWrite)
    },
  }
}

export const badReply = (name: string, command: string, reply: string) =>
  chargerError('CHARGER_BAD_REPLY', 'badReply', `${name}: what came is no reply to ${command}.`, {
    name,
    command,
    reply,
  })

/** The charger's own refusal (spec §3.1); `status` and `reply` stay with it. */
export function refused(name: string, command: string, { status, text }: Reply): SitedeskError {
  const [reason, says] =
    status === 1
      ? (['deviceFailure', 'failed'] as const)
      : status === 2
        ? (['timestampRejected', 'timestamp refused'] as const)
        : status === 3
          ? (['signatureRejected', 'signature refused'] as const)
          : (['unknownStatus', 'unknown status'] as const)
  return chargerError('CHARGER_REFUSED', reason, `${name} answered ${command} with ${status} (${says}).`, {
    name,
    command,
    status,
    reply: text,
  })
}
