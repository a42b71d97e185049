import { CODE, type Code, type Refusal } from '#core/charging/refusal.ts'
import type { Endpoint, ResultInfo } from './endpoint.ts'

/** Every answer (spec §3.3); `data` is never null (H-28). */
export interface Envelope {
  readonly code: number
  readonly message: string
  readonly data: unknown
}

type Shaped = Pick<Endpoint, 'shape' | 'alsoResultAs' | 'alsoReasonAs'>

function resultInfo(endpoint: Shaped, said: ResultInfo): ResultInfo {
  const { result = 0, reason = '', ...more } = said
  const { alsoResultAs, alsoReasonAs } = endpoint
  return {
    result,
    reason,
    ...(alsoResultAs !== undefined && { [alsoResultAs]: result }),
    ...(alsoReasonAs !== undefined && { [alsoReasonAs]: reason }),
    ...more,
  }
}

export function success(endpoint: Shaped, answered: unknown): Envelope {
  const data = endpoint.shape === 'result' ? [resultInfo(endpoint, (answered ?? {}) as ResultInfo)] : answered
  return { code: CODE.success, message: '成功', data }
}

/** A refusal, also inside `data` where the endpoint answers ResultInfo (H-18). */
export function refusal(endpoint: Shaped | null, code: Code, reason: string): Envelope {
  const data = endpoint?.shape === 'result' ? [resultInfo(endpoint, { result: 1, reason })] : []
  return { code, message: code === CODE.success ? '成功' : reason, data }
}

export const refused = (endpoint: Shaped | null, { code, message }: Refusal): Envelope =>
  refusal(endpoint, code, message)
