import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { App as AntApp, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import enUS from 'antd/locale/en_US'
import { useTranslation } from 'react-i18next'
import { readPreference, writePreference } from './preferences.ts'
import { antdTheme, applyTheme, type Mode } from './theme.ts'

export type ModeChoice = 'system' | Mode

const ModeContext = createContext<{
  choice: ModeChoice
  mode: Mode
  choose: (choice: ModeChoice) => void
} | null>(null)

export function useMode() {
  const found = useContext(ModeContext)
  if (!found) throw new Error('useMode is used outside ThemeProvider')
  return found
}

const DARK_QUERY = '(prefers-color-scheme: dark)'

export function storedMode(): Mode {
  return resolve(
    readPreference('theme', ['system', 'light', 'dark'], 'system'),
    matchMedia(DARK_QUERY).matches,
  )
}

const resolve = (choice: ModeChoice, systemDark: boolean): Mode =>
  choice === 'system' ? (systemDark ? 'dark' : 'light') : choice

function useSystemDark(): boolean {
  const [dark, setDark] = useState(() => matchMedia(DARK_QUERY).matches)
  useEffect(() => {
    const query = matchMedia(DARK_QUERY)
    const update = () => setDark(query.matches)
    query.addEventListener('change', update)
    return () => query.removeEventListener('change', update)
  }, [])
  return dark
}

/** Light, dark or as the system has it; remembered per browser. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState<ModeChoice>(() =>
    readPreference('theme', ['system', 'light', 'dark'], 'system'),
  )
  const systemDark = useSystemDark()
  const mode = resolve(choice, systemDark)
  useEffect(() => applyTheme(mode, document.documentElement), [mode])
  const value = useMemo(
    () => ({
      choice,
      mode,
      choose: (next: ModeChoice) => {
        writePreference('theme', next)
        setChoice(next)
      },
    }),
    [choice, mode],
  )
  return (
    <ModeContext value={value}>
      <AntdFrame mode={mode}>{children}</AntdFrame>
    </ModeContext>
  )
}

/** antd in one mode; also used by the style page to show both side by side. */
export function AntdFrame({ mode, children }: { mode: Mode; children: ReactNode }) {
  const { i18n } = useTranslation()
  const config = useMemo(() => antdTheme(mode), [mode])
  return (
    <ConfigProvider
      theme={config}
      locale={i18n.language === 'en' ? enUS : zhCN}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <AntApp component={false}>{children}</AntApp>
    </ConfigProvider>
  )
}
