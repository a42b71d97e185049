import { REFUSALS } from '#core/attendance/refusals.ts'

const KNOWN: ReadonlyMap<string, string> = new Map([
  ...Object.values(REFUSALS).map(([, zh, en]) => [zh, en] as const),
  ['登录已失效，请重新登录', 'Log in again.'] as const,
])

/** The service speaks Chinese to phones; a reason of attendance said in English, anything else as it came. */
export function englishReason(reason: string): string {
  const known = KNOWN.get(reason)
  if (known !== undefined) return known
  return reason
    .replace(/^缺少参数 (\w+)$/, '$1 is missing.')
    .replace(/^参数 (\w+) 格式错误$/, '$1 is malformed.')
}
