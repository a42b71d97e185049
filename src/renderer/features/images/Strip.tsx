import { useTranslation } from 'react-i18next'
import type { ImageRow } from '#shared/contract/camera.ts'
import { useRead } from '../../api/queries.ts'
import { Thumb } from './Picture.tsx'

/** The pictures of the same meter until this one. */
export function Strip({ row }: { row: ImageRow }) {
  const { t } = useTranslation()
  const shown = useStrip(row)
  return (
    <ol className="images-strip" aria-label={t('images.strip')}>
      {shown.toReversed().map((one) => (
        <Thumb key={one.id} row={one} current={one.id === row.id} />
      ))}
    </ol>
  )
}

/** The newest first. A correction of one changes what stands beside the next. */
function useStrip(row: ImageRow): readonly ImageRow[] {
  const { data } = useRead('meters.images', { meterId: row.meterId, to: row.at + 1000, limit: 6 })
  return (data?.rows ?? []).filter(({ meterId }) => meterId === row.meterId)
}

/** The row as it stands by now. */
export const useFresh = (row: ImageRow): ImageRow => useStrip(row).find(({ id }) => id === row.id) ?? row
