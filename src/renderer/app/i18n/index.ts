import { createInstance, type ResourceLanguage } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { readPreference, writePreference } from '../preferences.ts'
import { zhCN } from './zh-CN/index.ts'

const i18n = createInstance()

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    /** keys are typed from the Chinese texts; a test holds English complete */
    resources: { translation: typeof zhCN }
  }
}

/** Starts with the language this browser chose; Chinese until somebody chose. English is loaded when asked for. */
export async function startI18n(): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: 'zh-CN',
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: zhCN } },
    interpolation: { escapeValue: false },
  })
  await setLanguage(readPreference('language', LANGUAGES, 'zh-CN'))
}

export async function chooseLanguage(language: Language): Promise<void> {
  writePreference('language', language)
  await setLanguage(language)
}

async function setLanguage(language: Language): Promise<void> {
  if (language === 'en' && !i18n.hasResourceBundle('en', 'translation')) {
    const { en } = await import('./en/index.ts')
    const texts: ResourceLanguage[string] = en
    i18n.addResourceBundle('en', 'translation', texts)
  }
  await i18n.changeLanguage(language)
  if (typeof document !== 'undefined') document.documentElement.lang = language
}
