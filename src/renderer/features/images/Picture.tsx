import { useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImageRow } from '#shared/contract/camera.ts'
import { useFormat } from '../../app/site.tsx'
import { usePicture } from './use-picture.ts'
import { isSideways, type Sizes } from './place.ts'
import { useDrag } from './use-pan.ts'
import type { Looking } from './use-view.ts'

/** The picture of a reading, whole in a frame that never changes its size; one that is larger is moved about in it. */
export function Picture({ row, looking }: { row: ImageRow; looking: Looking }) {
  const { t } = useTranslation()
  const format = useFormat()
  const src = usePicture(row)
  const { view, movable } = looking
  const { frame, measure } = useMeasure(looking.measured)
  const drag = useDrag(looking)
  const place = `translate(-50%, -50%) translate(${view.x}px, ${view.y}px)`
  const transform = `${place} rotate(${view.turn}deg) scale(${view.zoom})`
  const filter = view.contrast ? 'contrast(2.4) brightness(1.15)' : 'none'
  return (
    <div ref={frame} className="images-frame" data-movable={movable} {...drag}>
      {src ? (
        <img
          src={src}
          alt={t('images.alt', { number: row.tableNo, time: format.time(row.at) })}
          style={{ transform, filter }}
          data-image={row.id}
          data-sideways={isSideways(view)}
          draggable={false}
          onLoad={measure}
        />
      ) : (
        <Missing row={row} />
      )}
    </div>
  )
}

/** Tells the sizes when a picture came and when the frame changed. */
function useMeasure(measured: (sizes: Sizes) => void) {
  const frame = useRef<HTMLDivElement>(null)
  const measure = useCallback(() => {
    const { current } = frame
    const picture = current?.querySelector('img')
    if (!current || !picture?.naturalWidth) return
    measured({
      frame: { width: current.clientWidth, height: current.clientHeight },
      picture: { width: picture.naturalWidth, height: picture.naturalHeight },
    })
  }, [measured])
  useEffect(() => {
    if (!frame.current) return undefined
    const observer = new ResizeObserver(measure)
    observer.observe(frame.current)
    return () => observer.disconnect()
  }, [measure])
  return { frame, measure }
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
