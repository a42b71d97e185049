import { useTranslation } from 'react-i18next'
import { Panel } from '../../ui/DeskPage.tsx'
import type { Status } from './tiles.ts'

/** What is wrong with this desk itself, each with its cure. */
export function Problems({ problems }: { problems: Status['problems'] }) {
  const { t } = useTranslation()
  if (problems.length === 0) return null
  return (
    <Panel title={t('today.problems')}>
      <ul className="today-problems">
        {problems.map(({ code }) => (
          <li key={code}>
            <strong>{t(`problem.${code}.what`)}</strong>
            <span className="sd-quiet">{t(`problem.${code}.todo`)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
