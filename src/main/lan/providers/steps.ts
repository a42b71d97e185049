import type { ProviderStep } from '#shared/contract/lan.ts'
import { HttpFailure } from '#core/ports.ts'
import type { SecretPath } from '#shared/contract/profile.ts'
import type { ProviderTestParts } from './index.ts'

const found =
  (state: ProviderStep['state']) =>
  (step: ProviderStep['step'], code: string, data?: ProviderStep['data']): ProviderStep => ({
    step,
    state,
    code,
    ...(data && Object.keys(data).length > 0 ? { data } : {}),
  })

export const good = found('good')
export const attention = found('attention')
export const bad = found('bad')

/** Why there was no answer, where the network is the reason. */
export const networkCode = (error: unknown): string | null => {
  const cause = error instanceof HttpFailure ? error : error instanceof Error ? error.cause : null
  return cause instanceof HttpFailure ? cause.kind : null
}

/** A secret that cannot be opened here is as good as none. */
export function storedSecret(settings: ProviderTestParts['settings'], path: SecretPath): string | null {
  try {
    return settings.secret(path)
  } catch {
    return null
  }
}
