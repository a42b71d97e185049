import { ArrowLeftOutlined, FilePdfOutlined, PrinterOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import type { DeviceRow } from '#shared/contract/devices.ts'
import type { LabelLayout, LabelSettings } from '#shared/contract/labels.ts'
import { useRead } from '../../api/queries.ts'
import { useErrorText } from '../../app/i18n/dynamic.ts'
import { useFormat } from '../../app/site.tsx'
import { downloadBlob } from '../../ui/download.ts'
import { usePracticeMark } from '../../ui/practice-mark.ts'
import { EmptyState, Reading } from '../../ui/states.tsx'
import { calibrationPdf, ruleOf } from './calibration-pdf.ts'
import { Calibration } from './Calibration.tsx'
import { markOf } from './face.ts'
import { layoutOf } from './LayoutForm.tsx'
import { paramsOf, useLabelChoice } from './LabelsPage.tsx'
import { labelPdf } from './pdf.ts'
import { rasterise } from './rasterise.ts'
import { RunLabelled } from './RunLabelled.tsx'
import { Sheet } from './Sheet.tsx'
import { pagesOf, type PlacedFace } from './sheets.ts'
import { useContents, useLabelled } from './use-labels.ts'
import './labels.css'

/** The labels alone, a page of the paper each; margins are the layout's own. */
export function PrintLabels() {
  const settings = useRead('labels.settings', {})
  return <Reading read={settings}>{(data) => <Print settings={data} />}</Reading>
}

function Print({ settings }: { settings: LabelSettings }) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const [choice] = useLabelChoice()
  const { devices, settled } = useLabelled(choice.codes)
  const contents = useContents(devices, choice.kind, settings)
  const layout = layoutOf(settings)
  const start = layout ? Math.min(choice.start, layout.rows * layout.columns) : 1
  const pages = useMemo(() => (layout ? pagesOf(layout, contents, start) : []), [layout, contents, start])
  const title = t('labels.printTitle')
  useEffect(() => {
    document.title = title
  }, [title])
  if (!layout) return null
  const calibrate = params.get('calibrate') === '1'
  return (
    <div className="label-paper">
      <style>{`@page { size: ${layout.pageWidth}mm ${layout.pageHeight}mm; margin: 0 }`}</style>
      <Tools
        back={`/chargers/labels?${paramsOf(choice).toString()}`}
        layout={layout}
        pages={calibrate ? [] : pages}
        devices={calibrate ? [] : devices}
        run={choice.run}
        calibrate={calibrate}
      />
      <main>
        {calibrate ? <Calibration layout={layout} /> : null}
        {!calibrate && settled && pages.length === 0 ? <EmptyState what={t('labels.nothing')} /> : null}
        {calibrate
          ? null
          : pages.map((faces, i) => (
              <Sheet key={i} layout={layout} faces={faces} title={`${title} ${i + 1}`} />
            ))}
      </main>
    </div>
  )
}

function Tools(props: {
  back: string
  layout: LabelLayout
  pages: readonly (readonly PlacedFace[])[]
  devices: readonly DeviceRow[]
  run: string | null
  calibrate: boolean
}) {
  const { t } = useTranslation()
  return (
    <header className="label-tools">
      <Link to={props.back}>
        <ArrowLeftOutlined /> {t('labels.back')}
      </Link>
      {props.pages.length > 0 || props.calibrate ? <SavePdf {...props} /> : null}
      <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
        {t('paper.print')}
      </Button>
      <span className="sd-quiet">{t('labels.printHint')}</span>
      {props.run !== null && props.devices.length > 0 ? (
        <RunLabelled run={props.run} names={props.devices.map(({ btName }) => btName)} />
      ) : null}
    </header>
  )
}

interface Saved {
  readonly layout: LabelLayout
  readonly pages: readonly (readonly PlacedFace[])[]
  readonly calibrate: boolean
}

function SavePdf({ layout, pages, calibrate }: Saved) {
  const { t } = useTranslation()
  const format = useFormat()
  const { message } = App.useApp()
  const errorText = useErrorText()
  const [busy, setBusy] = useState(false)
  const practice = usePracticeMark('label')
  const save = async () => {
    setBusy(true)
    try {
      const day = format.full(format.now()).slice(0, 10)
      const name = t(calibrate ? 'labels.calibration' : 'labels.title')
      const rule = t('labels.calibrationRule', { n: ruleOf(layout).length })
      const mark = practice === null ? null : markOf(layout, practice)
      const pdf = calibrate
        ? calibrationPdf(layout, rule, rasterise, mark)
        : labelPdf(layout, pages, rasterise, mark)
      downloadBlob(`${name}-${day}.pdf`, await pdf)
    } catch (error) {
      void message.error(errorText(error).what)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button type="primary" icon={<FilePdfOutlined />} loading={busy} onClick={() => void save()}>
      {t('labels.pdf')}
    </Button>
  )
}
