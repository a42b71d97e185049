import { useTranslation } from 'react-i18next'
import type { GangRow } from './choose.ts'

/** Everybody it is about: thirty names are read, not counted. */
export function Names({ rows }: { rows: readonly GangRow[] }) {
  const { t } = useTranslation()
  return (
    <span>
      <strong className="sd-figure">{t('attendance.people', { n: rows.length })}</strong>{' '}
      {rows.map(({ userName }) => userName).join('、')}
    </span>
  )
}
