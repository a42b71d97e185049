import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ImageRow } from '#shared/contract/camera.ts'
import { useFormat } from '../../app/site.tsx'
import { Code, Facts, State } from '../../ui/figures.tsx'
import { useFresh } from './Strip.tsx'
import { meterPath } from '../meters/paths.ts'

/** What is known beside the picture: every row is always there, so that nothing moves. */
export function ImageFacts(props: { row: ImageRow }) {
  const row = useFresh(props.row)
  const { t } = useTranslation()
  const format = useFormat()
  const none = <span className="sd-quiet">—</span>
  const figure = (text: string | null | undefined) =>
    text ? <span className="sd-figure">{text}</span> : none
  return (
    <Facts
      facts={[
        {
          label: t('images.fact.meter'),
          value: (
            <Link to={meterPath(row.meterId)}>
              <Code>{row.tableNo}</Code>
            </Link>
          ),
        },
        { label: t('images.fact.place'), value: [row.place, row.house].filter(Boolean).join(' · ') || none },
        { label: t('images.fact.at'), value: format.time(row.at) },
        {
          label: t('images.fact.status'),
          value: <State tone={row.ok ? 'good' : 'attention'}>{row.status || '—'}</State>,
        },
        { label: t('images.fact.previous'), value: figure(row.previous?.value) },
        { label: t('images.fact.previousAt'), value: row.previous ? format.time(row.previous.at) : none },
        { label: t('images.fact.difference'), value: figure(row.difference) },
        { label: t('images.fact.days'), value: figure(row.days === null ? null : String(row.days)) },
      ]}
    />
  )
}
