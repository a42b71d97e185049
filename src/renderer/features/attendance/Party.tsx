import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useRead } from '../../api/queries.ts'
import { PageHead } from '../../ui/PageHead.tsx'
import { EmptyState, Reading } from '../../ui/states.tsx'

export type Quota = Output<'attendance.quota'>

/** These screens are for whoever has a part in attendance: by his phone, or by a role that reads every project. */
export function Party({ title, children }: { title: string; children: (quota: Quota) => ReactNode }) {
  const { t } = useTranslation()
  const quota = useRead('attendance.quota', {})
  return (
    <Reading read={quota}>
      {(one) =>
        one.staff || one.phone !== '' ? (
          children(one)
        ) : (
          <div className="sd-page">
            <PageHead title={title} />
            <EmptyState what={t('attendance.nobody')} todo={t('attendance.nobodyTodo')} />
          </div>
        )
      }
    </Reading>
  )
}
