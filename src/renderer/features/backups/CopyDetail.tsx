import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { formatBytes } from '../../app/format.ts'
import { MayButton } from '../../app/why-not.tsx'
import { Code, Facts, Figure, State, Time } from '../../ui/figures.tsx'
import { ErrorState, Notice } from '../../ui/states.tsx'
import { fromOf, LONG_MS, TONES, type CopyRow, type From } from './rows.ts'

/** One copy: what it is, whether it opens, and the way back to it. */
export function CopyDetail({ row, onRestore }: { row: CopyRow; onRestore: (from: From) => void }) {
  const { t } = useTranslation()
  const check = useWrite('backups.check', { timeoutMs: LONG_MS })
  const reason = row.state === 'bad' ? t('backups.badHint') : null
  return (
    <div className="sd-stack">
      <Facts
        facts={[
          { label: t('backups.madeAt'), value: <Time at={row.madeAt} /> },
          { label: t('backups.place'), value: t(`backups.placeName.${row.place}`) },
          { label: t('backups.reason'), value: t(`backups.reasonName.${row.reason}`) },
          {
            label: t('backups.state'),
            value: <State tone={TONES[row.state]}>{t(`backups.stateName.${row.state}`)}</State>,
          },
          { label: t('backups.size'), value: formatBytes(row.bytes) },
          { label: t('backups.auditRows'), value: <Figure value={row.auditRows} /> },
          { label: t('backups.name'), value: <Code>{row.name}</Code> },
        ]}
      />
      {row.problem === null ? null : <Notice tone="bad">{row.problem}</Notice>}
      {row.warnings.map((text) => (
        <Notice key={text}>{text}</Notice>
      ))}
      {check.error ? <ErrorState error={check.error} /> : null}
      {check.data ? <Checked found={check.data} /> : null}
      <div className="sd-actions">
        <Button loading={check.isPending} onClick={() => check.mutate({ from: fromOf(row) })}>
          {t('backups.action.check')}
        </Button>
        <MayButton operation="backups.restore" reason={reason} danger onClick={() => onRestore(fromOf(row))}>
          {t('backups.action.restore')}
        </MayButton>
      </div>
    </div>
  )
}

function Checked({
  found,
}: {
  found: { ok: boolean; problems: string[]; warnings: string[]; auditRows: number }
}) {
  const { t } = useTranslation()
  if (found.ok) return <Notice tone="good">{t('backups.checkedGood', { n: found.auditRows })}</Notice>
  return <Notice tone="bad">{[...found.problems, ...found.warnings].join(' · ')}</Notice>
}
