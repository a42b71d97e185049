import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LabelLayout } from '#shared/contract/labels.ts'
import type { LabelContent } from './face.ts'
import { Sheet } from './Sheet.tsx'
import { isRoll, pageCount, pagesOf } from './sheets.ts'

/** One page as it will come out, with the edges of the labels. */
export function Preview(props: { layout: LabelLayout; contents: readonly LabelContent[]; start: number }) {
  const { t } = useTranslation()
  const { layout, contents, start } = props
  const [page, setPage] = useState(0)
  const pages = pageCount(layout, contents.length, start)
  const at = Math.min(page, Math.max(0, pages - 1))
  const faces = useMemo(
    () => pagesOf(layout, contents, start, { first: at, count: 1 })[0] ?? [],
    [layout, contents, start, at],
  )
  return (
    <section aria-label={t('labels.preview')}>
      <Sheet layout={layout} faces={faces} edges title={t('labels.preview')} />
      <div className="label-preview-pages">
        <span className="sd-quiet sd-figure">
          {t('labels.pages', { labels: contents.length, pages })} ·{' '}
          {isRoll(layout)
            ? t('labels.roll')
            : t('labels.sheet', { rows: layout.rows, columns: layout.columns })}{' '}
          · {layout.pageWidth} × {layout.pageHeight} mm
        </span>
        {pages > 1 ? (
          <span className="sd-actions">
            <Button
              size="small"
              icon={<LeftOutlined />}
              aria-label={t('labels.previous')}
              disabled={at === 0}
              onClick={() => setPage(at - 1)}
            />
            <span className="sd-figure sd-quiet">
              {at + 1} / {pages}
            </span>
            <Button
              size="small"
              icon={<RightOutlined />}
              aria-label={t('labels.following')}
              disabled={at + 1 >= pages}
              onClick={() => setPage(at + 1)}
            />
          </span>
        ) : null}
      </div>
    </section>
  )
}
