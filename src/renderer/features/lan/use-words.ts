import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'

type AnyText = (key: string, data?: object) => string
type Detail = Output<'lan.request'>
export type Hint = Detail['signature']['hints'][number]
export type LanStatus = Output<'lan.status'>
export type Side = 'user' | 'manager'

export interface WhatTodo {
  readonly what: string
  readonly todo: string
}

/** The words of what the core names by codes; a code without words shows itself. */
export function useLanWords() {
  const { t, i18n } = useTranslation()
  const say = t as unknown as AnyText
  const known = (key: string) => i18n.exists(key)
  const whatTodo = (group: 'hint' | 'problem', code: string, data: object = {}): WhatTodo => {
    const key = `lan.${group}.${code}`
    if (!known(`${key}.what`)) return { what: code, todo: '' }
    return { what: say(`${key}.what`, data), todo: say(`${key}.todo`, data) }
  }
  return {
    side: (side: Side | null) => (side === null ? '' : t(`lan.side.${side}`)),
    parts: (parts: readonly ('user' | 'manager' | 'httpJam')[]) =>
      parts.map((part) => t(`lan.part.${part}`)).join(' · '),
    problem: ({ code, data }: NonNullable<LanStatus['problem']>) => whatTodo('problem', code, data),
    hint: ({ code, data = {} }: Hint) => whatTodo('hint', code, { ...data, ...narrowed(code, data, say) }),
    /** `2 签名错误` */
    code: (code: number | null) => {
      if (code === null) return ''
      return known(`lan.code.${code}`) ? `${code} ${say(`lan.code.${code}`)}` : String(code)
    },
    /** `全部按名字排序 · base64（32 位小写 hex）` of `sorted plain signed hex` */
    variant: (variant: string) =>
      variant
        .split(' ')
        .filter((part) => part !== 'plain' && part !== 'signed')
        .map((part) => (known(`lan.variant.${part}`) ? say(`lan.variant.${part}`) : part))
        .join(' · '),
  }
}

/** Values of hints that are codes themselves. */
function narrowed(code: string, data: Readonly<Record<string, unknown>>, say: AnyText): object {
  const { side, wanted } = data
  if (side === 'user' || side === 'manager') return { side: say(`lan.side.${side}`) }
  if (code === 'order' || code === 'encoding') return { wanted: say(`lan.rules.${code}Of.${String(wanted)}`) }
  return {}
}
