import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { LabelSettings } from '#shared/contract/labels.ts'
import { useRead } from '../../api/queries.ts'
import { PageHead } from '../../ui/PageHead.tsx'
import { ErrorState, Reading } from '../../ui/states.tsx'
import { ChooseChargers } from './ChooseChargers.tsx'
import { LabelActions } from './LabelActions.tsx'
import { layoutOf } from './LayoutForm.tsx'
import { PaperPanel } from './PaperPanel.tsx'
import { Preview } from './Preview.tsx'
import { codesOf, KIND_CHOICES, type KindChoice } from './sheets.ts'
import { useContents, useLabelled } from './use-labels.ts'
import './labels.css'

/** What the address holds: which chargers, which code, from which place on; from which run they come. */
export interface LabelChoice {
  readonly codes: readonly string[]
  readonly kind: KindChoice
  readonly start: number
  readonly run: string | null
}

export function useLabelChoice(): [LabelChoice, (change: Partial<LabelChoice>) => void] {
  const [params, setParams] = useSearchParams()
  const choice: LabelChoice = {
    codes: codesOf(params.get('codes')),
    kind: KIND_CHOICES.find((one) => one === params.get('kind')) ?? 'both',
    start: Math.max(1, Math.floor(Number(params.get('start') ?? 1)) || 1),
    run: params.get('run'),
  }
  return [choice, (change) => setParams(paramsOf({ ...choice, ...change }), { replace: true })]
}

export const paramsOf = ({ codes, kind, start, run }: LabelChoice): URLSearchParams =>
  new URLSearchParams({
    ...(codes.length > 0 ? { codes: codes.join(',') } : {}),
    kind,
    start: String(start),
    ...(run === null ? {} : { run }),
  })

/** Labels: which chargers, which paper, where on it; what comes out stands beside. */
export function LabelsPage() {
  const { t } = useTranslation()
  const settings = useRead('labels.settings', {})
  return (
    <div className="sd-page" data-template="detail">
      <PageHead title={t('labels.title')} purpose={t('labels.purpose')} />
      <Reading read={settings}>{(data) => <Labels key={JSON.stringify(data)} stored={data} />}</Reading>
    </div>
  )
}

function Labels({ stored }: { stored: LabelSettings }) {
  const [choice, choose] = useLabelChoice()
  const [settings, setSettings] = useState(stored)
  const { devices, unknown, error } = useLabelled(choice.codes)
  const contents = useContents(devices, choice.kind, settings)
  const layout = layoutOf(settings)
  if (!layout) return null
  const start = Math.min(choice.start, layout.rows * layout.columns)
  return (
    <div className="label-page">
      <div className="sd-stack">
        <ChooseChargers
          codes={choice.codes}
          unknown={unknown}
          aliases={new Map(devices.map(({ deviceCode, alias }) => [deviceCode, alias]))}
          onChange={(codes) => choose({ codes })}
        />
        {error ? <ErrorState error={error} brief /> : null}
        <PaperPanel
          settings={settings}
          onSettings={setSettings}
          kind={choice.kind}
          onKind={(kind) => choose({ kind })}
          start={start}
          count={contents.length}
          onStart={(next) => choose({ start: next })}
        />
      </div>
      <div className="label-preview">
        <LabelActions
          settings={settings}
          changed={settings !== stored}
          choice={{ ...choice, start, codes: devices.map(({ deviceCode }) => deviceCode) }}
        />
        <Preview layout={layout} contents={contents} start={start} />
      </div>
    </div>
  )
}
