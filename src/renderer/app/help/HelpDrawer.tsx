import { useQuery } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { ErrorState, Skeleton } from '../../ui/states.tsx'
import { useKeyText } from '../i18n/dynamic.ts'
import { loadHelp, screenAt, type ScreenHelp } from './help.ts'
import './help.css'

/** What this screen is for, beside the screen itself: it stays open while somebody works or goes on. */
export function HelpDrawer({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  const { t, i18n } = useTranslation()
  const text = useKeyText()
  const screen = screenAt(useLocation().pathname)
  const language = i18n.language === 'en' ? 'en' : 'zh-CN'
  const texts = useQuery({
    queryKey: ['help', language],
    queryFn: () => loadHelp(language),
    staleTime: Infinity,
  })
  const found = screen === null ? undefined : texts.data?.[screen.path]
  return (
    <Drawer
      open
      mask={false}
      size={400}
      title={t('common.help.title', { page: screen ? text(screen.title) : '' })}
      onClose={onClose}
      footer={
        <Button type="link" onClick={onKeys}>
          {t('common.key.title')} F1
        </Button>
      }
    >
      {texts.error ? <ErrorState error={texts.error} retry={() => void texts.refetch()} /> : null}
      {texts.isPending ? <Skeleton lines={8} /> : null}
      {texts.data ? found ? <HelpText help={found} /> : <p>{t('common.help.none')}</p> : null}
    </Drawer>
  )
}

function HelpText({ help }: { help: ScreenHelp }) {
  const { t } = useTranslation()
  return (
    <article className="sd-help">
      <p>{help.what}</p>
      <Pairs title={t('common.help.steps')} pairs={help.steps} />
      <Pairs title={t('common.help.words')} pairs={help.words} />
      <h3>{t('common.help.wrong')}</h3>
      <p>{help.wrong}</p>
    </article>
  )
}

function Pairs(props: { title: string; pairs: readonly (readonly [string, string])[] }) {
  return (
    <>
      <h3>{props.title}</h3>
      <dl>
        {props.pairs.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
