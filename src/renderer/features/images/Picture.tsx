import { useTranslation } from 'react-i18next'
import type { ImageRow } from '#shared/contract/camera.ts'
import { useFormat } from '../../app/site.tsx'
import { usePicture } from './use-picture.ts'
import type { View } from './use-view.ts'

/** The picture of a reading in a frame that never changes its size. */
export function Picture({ row, view }: { row: ImageRow; view: View }) {
  const { t } = useTranslation()
  const format = useFormat()
  const src = usePicture(row)
  const transform = `rotate(${view.turn}deg) scale(${view.zoom})`
  const filter = view.contrast ? 'contrast(2.4) brightness(1.15)' : 'none'
  return (
    <div className="images-frame">
      {src ? (
        <img
          src={src}
          alt={t('images.alt', { number: row.tableNo, time: format.time(row.at) })}
          style={{ transform, filter }}
          data-image={row.id}
        />
      ) : (
        <Missing row={row} />
      )}
    </div>
  )
}

function Missing({ row }: { row: ImageRow }) {
  const { t } = useTranslation()
  if (row.file === 'held') return null
  return (
    <p>
      <strong>{t(`images.file.${row.file}`)}</strong>
      {row.fileProblem ? <span>{t(`images.problem.${row.fileProblem}`)}</span> : null}
    </p>
  )
}

/** A small picture with its value: one of a strip. */
export function Thumb({ row, current }: { row: ImageRow; current: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const src = usePicture(row)
  const value = row.review?.value ?? row.value
  return (
    <li className="images-thumb" {...(current ? { 'aria-current': true } : {})} data-state={row.state}>
      <span className="images-small">{src ? <img src={src} alt="" /> : t('images.noPicture')}</span>
      <span className="sd-figure">{value ?? t('images.noValue')}</span>
      <span className="sd-quiet">{format.time(row.at)}</span>
      <span className="sd-quiet">{t(`images.state.${row.state}`)}</span>
    </li>
  )
}
