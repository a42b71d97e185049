import type { zhCN } from './zh-CN/index.ts'

type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Leaves<T[K]>}`
}[keyof T & string]

/** Every text of the console: `meters.list.title`. */
export type TextKey = Leaves<typeof zhCN>

/** The shape of another language: the same keys, other words, and the singular where it has one. */
export type Same<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : Same<T[K]>
} & { readonly [K in keyof T & string as T[K] extends string ? `${K}_one` : never]?: string }
