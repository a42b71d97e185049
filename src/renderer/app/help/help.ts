import { matchRoutes } from 'react-router'
import type { Language } from '../i18n/index.ts'
import { SCREENS, type Screen } from '../screen.ts'

/** What a screen says about itself: 60 to 150 words, in the words of docs/glossary.md. */
export interface ScreenHelp {
  /** what this screen is for */
  readonly what: string
  /** the two or three things one does here, and how */
  readonly steps: readonly (readonly [task: string, how: string])[]
  /** what the words on it mean */
  readonly words: readonly (readonly [word: string, meaning: string])[]
  /** what to do when it goes wrong */
  readonly wrong: string
}

/** By the path in the feature's `screens.ts`. */
export type HelpTexts = Readonly<Record<string, ScreenHelp>>

/** One chunk a language, fetched when somebody asks for help. */
export async function loadHelp(language: Language): Promise<HelpTexts> {
  return language === 'en' ? (await import('./help-en.ts')).helpEn : (await import('./help-zh.ts')).helpZh
}

/** The screen at an address; `chargers/runs` is not `chargers/:name`. */
export function screenAt(pathname: string, screens: readonly Screen[] = SCREENS): Screen | null {
  const routes = screens.map((screen) =>
    screen.path === '' ? { index: true as const, handle: screen } : { path: screen.path, handle: screen },
  )
  const found = matchRoutes(routes, pathname)?.at(-1)?.route.handle
  return found ?? null
}
