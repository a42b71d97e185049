import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRead, useWrite } from '../../api/queries.ts'
import { MayButton } from '../../app/why-not.tsx'
import { ErrorState } from '../../ui/states.tsx'

/** The labels came out well: the run notes it; only a person can say so. */
export function RunLabelled({ run: id, names }: { run: string; names: readonly string[] }) {
  const { t } = useTranslation()
  const run = useRead('provisioning.get', { id }, { keepPrevious: false })
  const labelled = useWrite('provisioning.labelled')
  const back = <Link to={`/chargers/runs/${encodeURIComponent(id)}`}>{t('labels.backToRun')}</Link>
  if (labelled.isSuccess)
    return (
      <span className="sd-actions">
        <span className="sd-state" data-tone="good">
          {t('labels.labelledDone')}
        </span>
        {back}
      </span>
    )
  const open = (run.data?.devices ?? [])
    .filter(({ name, labelPrintedAt }) => labelPrintedAt === null && names.includes(name))
    .map(({ name }) => name)
  if (open.length === 0) return back
  return (
    <span className="sd-actions">
      <MayButton
        operation="provisioning.labelled"
        title={t('labels.labelledHint')}
        loading={labelled.isPending}
        onClick={() => labelled.mutate({ id, names: open })}
      >
        {t('labels.labelled', { n: open.length })}
      </MayButton>
      {back}
      {labelled.error ? <ErrorState error={labelled.error} brief /> : null}
    </span>
  )
}
