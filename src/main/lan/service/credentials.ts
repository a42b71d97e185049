import { createHash } from 'node:crypto'
import type { Settings } from '#core/settings/index.ts'
import type { Side } from '../endpoint.ts'
import type { Credential, Keys } from '../request/verify.ts'

/** SHA-256 of the values printed in the vendor's documents; whoever uses them is warned (H-13). */
const PUBLISHED: Readonly<Record<Side | 'httpJam', readonly string[]>> = {
  user: [
    'c619f19c5b321cb2230f523fb05b42bb8fbc250ca6e494889feca6eca3d486fa',
    '339b00a88d759921c2e19ac46e883106a9bb06a1fbc6d41a45693e0d48a01ec9',
  ],
  manager: [
    'e19296537812f0fc12f30719ce5d4509535cbfaa8f0b90c0f4795864f9875d6c',
    '18c5764bc9ba24697e33e046107365890e7f55fe98383f4020b64d420451a23f',
  ],
  httpJam: ['bac7e4e5a42d0427f039e8891ff9874d62103c3ed443a8fa394a704216636aa7'],
}
const SIDES = ['user', 'manager'] as const

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A secret that cannot be opened here is as good as none: its side is refused, and the screen asks for it. */
function secretOf(
  settings: Pick<Settings, 'secret'>,
  path: Parameters<Settings['secret']>[0],
): string | null {
  try {
    return settings.secret(path)
  } catch {
    return null
  }
}

type Readable = Pick<Settings, 'values' | 'secret'>

/** Who may call now: the credentials in force, and the old ones of a side while both hold. */
export function keysOf(settings: Readable, now: number): Keys {
  const { lan } = settings.values()
  const of = (side: Side): Credential[] => {
    const appKey = secretOf(settings, `lan.${side}.appKey`)
    const appId = lan[side]?.appId ?? ''
    const current = appId !== '' && appKey !== null ? [{ appId, appKey }] : []
    const old = lan.previous?.[side]
    const oldKey = old && old.until > now ? secretOf(settings, `lan.previous.${side}.appKey`) : null
    return old && oldKey !== null ? [...current, { appId: old.appId, appKey: oldKey }] : current
  }
  return { user: of('user'), manager: of('manager'), jam: secretOf(settings, 'lan.httpJam') }
}

/** The old credentials of a side once their time is over: who still uses them is told so. */
export function endedOf(
  settings: Pick<Settings, 'values'>,
  side: Side,
  now: number,
): { appId: string; until: number } | null {
  const old = settings.values().lan.previous?.[side]
  return old && old.until <= now ? { appId: old.appId, until: old.until } : null
}

export const missingOf = (keys: Keys): (Side | 'httpJam')[] => [
  ...SIDES.filter((side) => keys[side].length === 0),
  ...(keys.jam === null ? (['httpJam'] as const) : []),
]

/** Parts whose published values are in use. */
export function publishedOf(keys: Keys): (Side | 'httpJam')[] {
  const known = (part: Side | 'httpJam', ...values: string[]) =>
    values.some((value) => PUBLISHED[part].includes(sha256(value)))
  return [
    ...SIDES.filter((side) => keys[side].some(({ appId, appKey }) => known(side, appId, appKey))),
    ...(keys.jam !== null && known('httpJam', keys.jam) ? (['httpJam'] as const) : []),
  ]
}
