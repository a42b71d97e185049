import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeterImportRow } from '#shared/contract/meter-import.ts'
import { useWrite } from '../../api/queries.ts'
import { useWhyNot } from '../../app/why-not.tsx'
import { Facts, Figure, Time } from '../../ui/figures.tsx'
import { ErrorState, WithReason } from '../../ui/states.tsx'

/** One import; all of it can be taken back, for a reason. */
export function ImportDrawer({ row }: { row: MeterImportRow }) {
  const { t } = useTranslation()
  const facts = [
    { label: t('meterImport.kind'), value: t(`meterImport.kindName.${row.kind}`) },
    { label: t('meterImport.at'), value: <Time at={row.at} /> },
    { label: t('meterImport.by'), value: row.by ?? '' },
    { label: t('meterImport.rows'), value: <Figure value={row.rows} /> },
    { label: t('meterImport.changed'), value: <Figure value={row.changed} /> },
    ...(row.withdrawnAt === null
      ? []
      : [
          { label: t('meterImport.withdrawnAt'), value: <Time at={row.withdrawnAt} /> },
          { label: t('meterImport.withdrawnBy'), value: row.withdrawnBy ?? '' },
          { label: t('meterImport.reason'), value: row.withdrawnReason ?? '' },
        ]),
  ]
  return (
    <div className="sd-stack">
      <Facts facts={facts} />
      {row.withdrawnAt === null ? <Withdraw row={row} /> : null}
    </div>
  )
}

function Withdraw({ row }: { row: MeterImportRow }) {
  const { t } = useTranslation()
  const id = useId()
  const [reason, setReason] = useState('')
  const withdraw = useWrite('meters.withdrawImport')
  const mayNot = useWhyNot('meters.withdrawImport')
  const why = mayNot ?? (reason.trim() === '' ? t('meterImport.needsReason') : null)
  return (
    <div className="sd-stack">
      <p className="sd-quiet">{t(`meterImport.withdrawHint.${row.kind}`)}</p>
      <label htmlFor={id}>{t('meterImport.reason')}</label>
      <Input
        id={id}
        value={reason}
        maxLength={500}
        disabled={mayNot !== null}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="sd-actions">
        <WithReason reason={why}>
          <Button
            danger
            disabled={why !== null}
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate({ importId: row.id, reason: reason.trim() })}
          >
            {t('meterImport.withdraw', { n: row.rows })}
          </Button>
        </WithReason>
      </div>
      {withdraw.error ? <ErrorState error={withdraw.error} /> : null}
    </div>
  )
}
