import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRead } from '../api/queries.ts'
import { useKeyText } from './i18n/dynamic.ts'
import { chooseLanguage } from './i18n/index.ts'
import { useMode } from './mode.tsx'
import { navigation } from './screen.ts'
import { useLock } from './session.ts'
import { useSite } from './site.tsx'

export interface PaletteItem {
  readonly key: string
  readonly title: string
  readonly subtitle: string
  readonly group: string
  readonly run: () => void
}

interface Doing {
  readonly go: (to: string) => void
  readonly showKeys: () => void
}

/** Where a thing that was found is shown. */
const PAGE_OF = {
  meter: (id: string) => `/meters/${encodeURIComponent(id)}`,
  room: (id: string) => `/recharge?room=${encodeURIComponent(id)}`,
  charger: (id: string) => `/chargers/registry/${encodeURIComponent(id)}`,
} as const

/** Typing asks the core after this pause, ms. */
const TYPING_MS = 120

/** What the palette offers for a query: data first, then pages and actions whose name fits. */
export function usePaletteItems(query: string, doing: Doing): { items: PaletteItem[]; busy: boolean } {
  const { t } = useTranslation()
  const asked = useLater(query, TYPING_MS)
  const found = useRead('search.find', { query: asked, limit: 12 }, { enabled: asked !== '' })
  const pages = usePages(doing)
  const actions = useActions(doing)
  const data: PaletteItem[] =
    query === ''
      ? []
      : (found.data?.rows ?? []).map((row) => ({
          key: `${row.kind}:${row.id}`,
          title: row.title,
          subtitle: row.subtitle,
          group: t(`shell.palette.${row.kind}`),
          run: () => doing.go(PAGE_OF[row.kind](row.id)),
        }))
  const named = [...pages, ...actions].filter((item) => fits(item.title, query))
  return { items: [...data, ...named], busy: found.isFetching || asked !== query }
}

const fits = (title: string, query: string) => title.toLowerCase().includes(query.toLowerCase())

function usePages(doing: Doing): PaletteItem[] {
  const { t } = useTranslation()
  const text = useKeyText()
  const roles = useSite().hello.operator?.roles ?? []
  const groups = navigation((needed) => roles.includes('admin') || needed.some((r) => roles.includes(r)))
  return groups.flatMap(({ screens }) =>
    screens.map((screen) => ({
      key: `page:${screen.path}`,
      title: text(screen.title),
      subtitle: '',
      group: t('shell.palette.pages'),
      run: () => doing.go(`/${screen.path}`),
    })),
  )
}

function useActions(doing: Doing): PaletteItem[] {
  const { t, i18n } = useTranslation()
  const { mode, choose } = useMode()
  const lock = useLock()
  const other = i18n.language === 'en' ? 'zh-CN' : 'en'
  const opposite = mode === 'dark' ? 'light' : 'dark'
  const action = (key: string, title: string, subtitle: string, run: () => void): PaletteItem => ({
    key: `action:${key}`,
    title,
    subtitle,
    group: t('shell.palette.actions'),
    run,
  })
  return [
    action('lock', t('shell.lock'), 'Ctrl L', lock),
    action('keys', t('common.key.title'), 'F1', doing.showKeys),
    action('theme', `${t('shell.theme')}: ${t(`shell.themeChoice.${opposite}`)}`, '', () => choose(opposite)),
    action('language', `${t('shell.language')}: ${t(`shell.languageName.${other}`)}`, '', () => {
      void chooseLanguage(other)
    }),
  ]
}

function useLater(value: string, afterMs: number): string {
  const [later, setLater] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), afterMs)
    return () => clearTimeout(timer)
  }, [value, afterMs])
  return later
}
