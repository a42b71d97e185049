import { updateTools } from '#main/adapters/updates.ts'
import type { UpdateHost } from '#core/updates/index.ts'

/** Put in by the build; a run from the sources has none. */
declare const COMPILED_UPDATE_KEY: string | undefined

const KEY = /^[A-Za-z0-9+/]{43}=$/

/** A key that is none must not look like one that trusts nobody. */
export function publicKeyOf(text: string): string | null {
  if (text === '') return null
  if (!KEY.test(text)) throw new Error('SITEDESK_UPDATE_PUBLIC_KEY: expected 32 bytes as base64')
  return text
}

const compiledIn = () => publicKeyOf(typeof COMPILED_UPDATE_KEY === 'string' ? COMPILED_UPDATE_KEY : '')

/** What this copy is and how it is replaced; the desktop adds how it starts an installer. */
export function updateHost({ kind, install }: Pick<UpdateHost, 'kind' | 'install'>): UpdateHost {
  const { platform, arch } = process
  return { ...updateTools, publicKey: compiledIn(), platform, arch, kind, install }
}
