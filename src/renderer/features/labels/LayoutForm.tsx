import { Button, Input, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import type { LabelLayout, LabelSettings } from '#shared/contract/labels.ts'
import { misfits } from '#shared/labels.ts'
import { Notice } from '../../ui/states.tsx'

/** Field, least, most, step; the contract's own limits. mm but for rows and columns. */
const FIELDS = [
  ['pageWidth', 15, 500, 0.1],
  ['pageHeight', 10, 500, 0.1],
  ['columns', 1, 20, 1],
  ['rows', 1, 40, 1],
  ['labelWidth', 15, 500, 0.1],
  ['labelHeight', 10, 500, 0.1],
  ['marginLeft', 0, 500, 0.1],
  ['marginTop', 0, 500, 0.1],
  ['gapX', 0, 500, 0.1],
  ['gapY', 0, 500, 0.1],
  ['qrSize', 8, 500, 0.1],
  ['shiftX', -10, 10, 0.1],
  ['shiftY', -10, 10, 0.1],
] as const

interface FormProps {
  readonly settings: LabelSettings
  readonly onChange: (settings: LabelSettings) => void
}

/** The two addresses, the title, and the paper in use; the preview beside it follows at once. */
export function LayoutForm({ settings, onChange }: FormProps) {
  const { t } = useTranslation()
  const text = (key: 'managerUrl' | 'userUrl' | 'title', max: number, hint?: string) => (
    <label className="sd-field label-field-wide">
      {t(key === 'title' ? 'labels.titleField' : `labels.${key}`)}
      <Input
        value={settings[key]}
        maxLength={max}
        {...(hint === undefined ? {} : { placeholder: hint })}
        onChange={(event) => onChange({ ...settings, [key]: event.target.value })}
      />
    </label>
  )
  return (
    <div className="sd-stack">
      <div className="label-fields">
        {text('managerUrl', 300, t('labels.urlHint'))}
        {text('userUrl', 300, t('labels.urlHint'))}
        {text('title', 40)}
      </div>
      <PaperFields settings={settings} onChange={onChange} />
    </div>
  )
}

export const layoutOf = ({ layouts, chosen }: LabelSettings): LabelLayout | undefined =>
  layouts.find(({ name }) => name === chosen) ?? layouts[0]

function PaperFields({ settings, onChange }: FormProps) {
  const { t } = useTranslation()
  const layout = layoutOf(settings)
  if (!layout) return null
  const change = (next: LabelLayout) =>
    onChange({
      ...settings,
      chosen: next.name,
      layouts: settings.layouts.map((one) => (one === layout ? next : one)),
    })
  const wrong = misfits(layout)
  const twice = settings.layouts.filter(({ name }) => name === layout.name).length > 1
  return (
    <>
      <div className="label-fields">
        <label className="sd-field label-field-wide">
          {t('labels.layout.name')}
          <Input
            value={layout.name}
            maxLength={40}
            status={twice || layout.name.trim() === '' ? 'error' : ''}
            onChange={(event) => change({ ...layout, name: event.target.value })}
          />
        </label>
        <Measures layout={layout} onChange={change} />
      </div>
      {wrong.length > 0 ? <Notice tone="bad">{t('labels.layout.misfit')}</Notice> : null}
      {twice ? <Notice tone="bad">{t('labels.layout.nameTaken')}</Notice> : null}
      <div className="sd-actions">
        <Button
          size="small"
          onClick={() =>
            onChange(copyOf(settings, layout, t('labels.layout.copyName', { name: layout.name })))
          }
        >
          {t('labels.layout.copy')}
        </Button>
        <Button
          size="small"
          danger
          type="text"
          disabled={settings.layouts.length === 1}
          onClick={() => onChange(without(settings, layout))}
        >
          {t('labels.layout.remove')}
        </Button>
      </div>
    </>
  )
}

function Measures({ layout, onChange }: { layout: LabelLayout; onChange: (layout: LabelLayout) => void }) {
  const { t } = useTranslation()
  const wrong = misfits(layout)
  return FIELDS.map(([key, min, max, step]) => (
    <label key={key} className="sd-field">
      {t(`labels.layout.${key}`)}
      <InputNumber
        min={min}
        max={max}
        step={step}
        precision={step === 1 ? 0 : 1}
        value={layout[key]}
        status={wrong.includes(key) ? 'error' : ''}
        {...(step === 1 ? {} : { suffix: 'mm' })}
        onChange={(value) => value !== null && onChange({ ...layout, [key]: value })}
      />
    </label>
  ))
}

function copyOf(settings: LabelSettings, layout: LabelLayout, wanted: string): LabelSettings {
  const base = wanted.slice(0, 37)
  const names = settings.layouts.map(({ name }) => name)
  let name = base
  for (let n = 2; names.includes(name); n += 1) name = `${base} ${n}`
  return { ...settings, chosen: name, layouts: [...settings.layouts, { ...layout, name }] }
}

function without(settings: LabelSettings, layout: LabelLayout): LabelSettings {
  const layouts = settings.layouts.filter((one) => one !== layout)
  return { ...settings, layouts, chosen: layouts[0]?.name ?? '' }
}

/** Whether the core would take it. */
export const isRight = (settings: LabelSettings): boolean => {
  const names = settings.layouts.map(({ name }) => name.trim())
  return (
    new Set(names).size === names.length &&
    names.every((name) => name !== '') &&
    settings.layouts.every((layout) => misfits(layout).length === 0)
  )
}
