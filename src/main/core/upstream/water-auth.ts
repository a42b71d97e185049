import type { SecretPath, SiteSettings } from '#shared/contract/profile.ts'
import { redactor } from '../redact.ts'
import type { Credentials } from './vendor.ts'

/** W-02: the document names none, so every usual way is one. */
export type WaterAuth = NonNullable<NonNullable<NonNullable<SiteSettings['upstreams']>['water']>['auth']>

const PATHS = {
  none: null,
  bearer: 'upstreams.water.auth.token',
  basic: 'upstreams.water.auth.password',
  header: 'upstreams.water.auth.value',
  query: 'upstreams.water.auth.value',
} as const satisfies Record<WaterAuth['kind'], SecretPath | null>

/** Where the secret of a way is kept; null: there is none. */
export const secretPathOf = ({ kind }: WaterAuth): SecretPath | null => PATHS[kind]

/** The secret that a person typed along with the way, if any. */
export function secretIn(auth: WaterAuth): string | null {
  if (auth.kind === 'bearer') return auth.token ?? null
  if (auth.kind === 'basic') return auth.password ?? null
  return auth.kind === 'none' ? null : (auth.value ?? null)
}

/** What goes with every request. */
export function credentialsOf(auth: WaterAuth, secret: string): Credentials {
  const headers = headersOf(auth, secret)
  return { headers, query: auth.kind === 'query' ? { [auth.name]: secret } : {} }
}

function headersOf(auth: WaterAuth, secret: string): Record<string, string> {
  if (auth.kind === 'bearer') return { authorization: `Bearer ${secret}` }
  if (auth.kind === 'basic') return { authorization: `Basic ${basicOf(auth.user, secret)}` }
  return auth.kind === 'header' ? { [auth.name.toLowerCase()]: secret } : {}
}

function basicOf(user: string, password: string): string {
  const pair = btoa(String.fromCharCode(...new TextEncoder().encode(`${user}:${password}`)))
  redactor.learn(pair)
  return pair
}
