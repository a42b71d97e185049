import { useTranslation } from 'react-i18next'
import { Code } from '../../ui/figures.tsx'
import type { Asked, ChargerDoing, Ending } from './use-charger.ts'
import { useChargerWords } from './use-words.ts'

/** What came of the last thing that was asked of the charger. */
export function Outcome({ doing }: { doing: ChargerDoing }) {
  const { t } = useTranslation()
  const asked = useAskedText()
  const { busy, last } = doing
  if (busy)
    return (
      <div className="sd-message" role="status">
        <span>
          <strong>{asked(busy.asked, busy.port)}</strong> · {t('chargers.command.sending')}{' '}
          <span className="sd-quiet">{t('chargers.command.stillGoing')}</span>
        </span>
      </div>
    )
  return last ? <Ended ending={last} /> : null
}

export function useAskedText() {
  const { t } = useTranslation()
  return (asked: Asked, port?: number): string => {
    const name =
      asked === 'READ'
        ? t('chargers.one.read')
        : asked === 'RAW'
          ? t('chargers.raw.title')
          : t(`chargers.command.name.${asked}`)
    return port === undefined ? name : `${name} ${port}`
  }
}

function Ended({ ending }: { ending: Ending }) {
  const { t } = useTranslation()
  const asked = useAskedText()
  const words = useChargerWords()
  const { error, status, reply, warnings } = ending
  const good = error === null && status === 0
  const what = error
    ? words.failure(error)
    : status === 0
      ? t('chargers.command.done')
      : status === null
        ? t('chargers.command.noStatus')
        : words.refusal(status, { command: ending.asked })
  return (
    <div
      className="sd-message ch-ended"
      data-tone={good ? (warnings.length > 0 ? 'attention' : 'good') : 'bad'}
      role={good ? 'status' : 'alert'}
      data-asked={ending.asked}
    >
      <span>
        <strong>{asked(ending.asked, ending.port)}</strong> · {what}
        <span className="sd-quiet">
          {' '}
          · {t('chargers.command.took', { s: (ending.tookMs / 1000).toFixed(1) })}
        </span>
      </span>
      {warnings.length > 0 ? (
        <span>{`${t('chargers.command.warnings')}: ${warnings.map(words.warning).join(' · ')}`}</span>
      ) : null}
      {error === null && ending.asked !== 'READ' ? (
        <span className="sd-quiet">
          {t('chargers.command.reply')} {reply ? <Code>{reply}</Code> : t('chargers.command.byPorts')}
        </span>
      ) : null}
    </div>
  )
}
