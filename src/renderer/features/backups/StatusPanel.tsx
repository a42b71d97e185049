import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useRead } from '../../api/queries.ts'
import { formatBytes } from '../../app/format.ts'
import { useFormat } from '../../app/site.tsx'
import { Code, Facts, State, Time, type Tone } from '../../ui/figures.tsx'
import { Notice, Reading } from '../../ui/states.tsx'

type Status = Output<'backups.status'>

const TONE: Readonly<Record<Status['second']['state'], Tone>> = {
  off: 'neutral',
  ready: 'neutral',
  absent: 'attention',
  needsPassphrase: 'attention',
  full: 'bad',
  failing: 'bad',
}

/** When the last good copy was made, the second place, the space, and what the last restore did. */
export function StatusPanel() {
  const status = useRead('backups.status', {}, { everyMs: 30_000 })
  return (
    <Reading read={status} lines={3}>
      {(data) => (
        <div className="sd-stack">
          <Troubles status={data} />
          <Standing status={data} />
          {data.lastRestore ? <LastRestore last={data.lastRestore} /> : null}
        </div>
      )}
    </Reading>
  )
}

function Troubles({ status }: { status: Status }) {
  const { t } = useTranslation()
  const { lastFailure: failure, warnings } = status
  return (
    <>
      {status.restoring ? <Notice>{t('backups.restoring')}</Notice> : null}
      {failure ? (
        <Notice tone="bad">
          <strong>{t(failure.full ? 'backups.failedFull' : 'backups.failed')}</strong>
          <span className="sd-quiet">{failure.reason}</span>
        </Notice>
      ) : null}
      {warnings.length > 0 ? (
        <Notice tone="bad">
          <strong>{t('backups.warned')}</strong>
          <span className="sd-quiet">{warnings.join(' · ')}</span>
        </Notice>
      ) : null}
    </>
  )
}

function Standing({ status }: { status: Status }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { second } = status
  const since = second.since === null ? '' : t('backups.since', { time: format.time(second.since) })
  return (
    <Facts
      facts={[
        {
          label: t('backups.lastGood'),
          value: status.lastGoodAt === null ? t('backups.never') : <Time at={status.lastGoodAt} />,
        },
        { label: t('backups.placeName.first'), value: <Code>{status.folder}</Code> },
        {
          label: t('backups.placeName.second'),
          value: (
            <span title={second.message ?? undefined}>
              <State tone={TONE[second.state]}>{t(`backups.secondState.${second.state}`)}</State>{' '}
              {TONE[second.state] === 'neutral' ? '' : since}
            </span>
          ),
        },
        ...(second.folder === null
          ? []
          : [{ label: t('backups.folder'), value: <Code>{second.folder}</Code> }]),
        ...(second.lastCopyAt === null
          ? []
          : [{ label: t('backups.secondLast'), value: <Time at={second.lastCopyAt} /> }]),
        { label: t('backups.free'), value: formatBytes(status.freeBytes) },
      ]}
    />
  )
}

function LastRestore({ last }: { last: NonNullable<Status['lastRestore']> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const values = { at: format.time(last.at), by: last.by ?? '', from: last.from, n: last.money.length }
  if (last.state === 'abandoned')
    return (
      <Notice tone="bad">
        {t('backups.abandoned', { ...values, n: last.openRecharges, payments: last.openPayments })}
      </Notice>
    )
  if (last.differences.length > 0)
    return (
      <Notice tone="bad">{t('backups.differs', { ...values, tables: last.differences.join(' · ') })}</Notice>
    )
  return <Notice tone="good">{t('backups.proven', values)}</Notice>
}
