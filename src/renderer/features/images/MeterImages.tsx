import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRead } from '../../api/queries.ts'
import { EmptyState, Reading } from '../../ui/states.tsx'
import './images.css'
import { Thumb } from './Picture.tsx'

/** The newest pictures of one meter. */
export function MeterImages({ meterId }: { meterId: string }) {
  const { t } = useTranslation()
  const images = useRead('meters.images', { meterId, limit: 24 })
  return (
    <Reading read={images}>
      {({ rows, total }) =>
        total === 0 ? (
          <EmptyState what={t('images.none')} />
        ) : (
          <>
            <div className="sd-actions">
              <span className="sd-quiet">{t('images.ofMeter', { shown: rows.length, total })}</span>
              <Link to={`/images?meter=${encodeURIComponent(meterId)}`}>{t('images.review')}</Link>
            </div>
            <ol className="images-grid" aria-label={t('images.title')}>
              {rows.map((row) => (
                <Thumb key={row.id} row={row} current={false} />
              ))}
            </ol>
          </>
        )
      }
    </Reading>
  )
}
