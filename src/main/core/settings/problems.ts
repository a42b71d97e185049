import type { CoreOptions } from '../context.ts'
import { insecureHost } from './hosts.ts'
import type { EffectiveSettings, Problem } from './types.ts'
import type { Vault } from './vault.ts'

/** What a person should look at; the screens explain each code. */
export function findProblems(options: CoreOptions, values: EffectiveSettings, vault: Vault): Problem[] {
  const problems: Problem[] = []
  if (options.profile && options.profileReadable) problems.push({ code: 'CONFIG_READABLE' })
  const paths = vault.unreadable()
  if (vault.locked || paths.length > 0) problems.push({ code: 'SECRETS_LOCKED', data: { paths } })
  // the demo's secrets are invented and its folder is thrown away
  else if (vault.kinds.join() === 'keyFile' && !options.demo) problems.push({ code: 'KEY_FILE_ONLY' })
  for (const source of ['campus', 'imr', 'water'] as const) {
    const host = insecureHost(values.upstreams[source].baseUrl)
    const path = `upstreams.${source}.baseUrl`
    if (host !== null) problems.push({ code: 'INSECURE_UPSTREAM', data: { path, host } })
  }
  return problems
}
