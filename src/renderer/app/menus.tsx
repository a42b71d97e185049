import {
  BulbOutlined,
  ExperimentOutlined,
  GlobalOutlined,
  KeyOutlined,
  LockOutlined,
  LogoutOutlined,
  SwapOutlined,
  UserOutlined,
} from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, LANGUAGES, type Language } from './i18n/index.ts'
import { useMode, type ModeChoice } from './mode.tsx'
import { useLock, useSignOut } from './session.ts'
import { useSite } from './site.tsx'

export function LanguageMenu() {
  const { t, i18n } = useTranslation()
  const items = LANGUAGES.map((key) => ({ key, label: t(`shell.languageName.${key}`) }))
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        selectable: true,
        selectedKeys: [i18n.language],
        onClick: ({ key }) => void chooseLanguage(key as Language),
      }}
    >
      <Button
        type="text"
        icon={<GlobalOutlined />}
        aria-label={t('shell.language')}
        title={t('shell.language')}
      />
    </Dropdown>
  )
}

const MODES: readonly ModeChoice[] = ['system', 'light', 'dark']

export function ThemeMenu() {
  const { t } = useTranslation()
  const { choice, choose } = useMode()
  const items = MODES.map((key) => ({ key, label: t(`shell.themeChoice.${key}`) }))
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        selectable: true,
        selectedKeys: [choice],
        onClick: ({ key }) => choose(key as ModeChoice),
      }}
    >
      <Button type="text" icon={<BulbOutlined />} aria-label={t('shell.theme')} title={t('shell.theme')} />
    </Dropdown>
  )
}

/** Who is signed in: change, lock, sign out. */
export function OperatorMenu(props: { onChange: () => void; onPin: () => void; onPractice: () => void }) {
  const { t } = useTranslation()
  const { hello } = useSite()
  const lock = useLock()
  const signOut = useSignOut()
  const actions: Record<string, () => void> = {
    change: props.onChange,
    pin: props.onPin,
    lock,
    signOut,
    practice: props.onPractice,
  }
  const items = [
    { key: 'change', icon: <SwapOutlined />, label: `${t('shell.change')}  F6` },
    { key: 'lock', icon: <LockOutlined />, label: `${t('shell.lock')}  Ctrl+L` },
    { key: 'pin', icon: <KeyOutlined />, label: t('operators.ownPin.change') },
    // the practice console is one already
    ...(hello.demo
      ? []
      : [{ key: 'practice', icon: <ExperimentOutlined />, label: t('setup.practice.title') }]),
    { type: 'divider' as const },
    { key: 'signOut', icon: <LogoutOutlined />, label: t('shell.signOut') },
  ]
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => actions[key]?.() }}>
      <Button type="text" icon={<UserOutlined />} title={t('shell.operator')}>
        {hello.operator?.name}
      </Button>
    </Dropdown>
  )
}
