import type { Clock } from '#core/ports.ts'
import type { Calls } from './calls.ts'
import type { Markup } from './markup.ts'
import type { AirLine } from './phone-radio.ts'
import type { Words } from './words.ts'

/** The first one's page is the base. */
export const TAB_NAMES = ['user', 'manager', 'worker', 'keeper'] as const
export type TabName = (typeof TAB_NAMES)[number]

export type Action = (fields: URLSearchParams) => Promise<void> | void

/** One phone of the page. */
export interface Tab {
  readonly calls: Calls
  /** by the path behind its name */
  readonly actions: Readonly<Record<string, Action>>
  /** before it is shown: what others did meanwhile */
  refresh(): Promise<void>
  screen(words: Words): Markup
  /** the last frames over its radio */
  air(): readonly AirLine[]
}

export interface TabParts {
  readonly clock: Clock
  readonly lanUrl: () => string | null
}

export const asked = (fields: URLSearchParams, name: string) => (fields.get(name) ?? '').trim()
export const number = (fields: URLSearchParams, name: string) => Number(asked(fields, name))
