import { Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { LabelSettings } from '#shared/contract/labels.ts'
import { Panel } from '../../ui/DeskPage.tsx'
import { LayoutForm, layoutOf } from './LayoutForm.tsx'
import { isRoll, KIND_CHOICES, type KindChoice } from './sheets.ts'
import { StartPicker } from './StartPicker.tsx'

interface PaperProps {
  readonly settings: LabelSettings
  readonly onSettings: (settings: LabelSettings) => void
  readonly kind: KindChoice
  readonly onKind: (kind: KindChoice) => void
  readonly start: number
  readonly count: number
  readonly onStart: (start: number) => void
}

/** Which of the two codes, which paper, where on it; the paper's own measures below. */
export function PaperPanel(props: PaperProps) {
  const { t } = useTranslation()
  const { settings } = props
  const layout = layoutOf(settings)
  return (
    <Panel title={t('labels.paper')}>
      <div className="sd-stack">
        <div className="label-options">
          <div className="sd-field">
            <span>{t('labels.kind')}</span>
            <Segmented<KindChoice>
              aria-label={t('labels.kind')}
              value={props.kind}
              onChange={props.onKind}
              options={KIND_CHOICES.map((value) => ({ value, label: t(`labels.kindName.${value}`) }))}
            />
          </div>
          <div className="sd-field">
            <span>{t('labels.paper')}</span>
            <Select
              aria-label={t('labels.paper')}
              style={{ width: 240 }}
              value={layout?.name ?? null}
              options={settings.layouts.map(({ name }) => ({ value: name, label: name }))}
              onChange={(chosen: string | null) =>
                chosen !== null && props.onSettings({ ...settings, chosen })
              }
            />
          </div>
        </div>
        {layout && !isRoll(layout) ? (
          <div className="label-start">
            <StartPicker layout={layout} start={props.start} count={props.count} onChange={props.onStart} />
            <div className="sd-field">
              <span>{t('labels.start')}</span>
              <strong>{t('labels.startAt', { n: props.start })}</strong>
              <span>{t('labels.startHint')}</span>
            </div>
          </div>
        ) : null}
        <details className="label-details">
          <summary>{t('labels.settings')}</summary>
          <LayoutForm settings={settings} onChange={props.onSettings} />
        </details>
      </div>
    </Panel>
  )
}
