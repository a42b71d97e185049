import { Button, Checkbox, Input, Segmented, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../../ui/DeskPage.tsx'
import { Code, Figure, Money, State, Time } from '../../../ui/figures.tsx'
import { WithReason } from '../../../ui/states.tsx'
import { useFormat } from '../../../app/site.tsx'

const COLORS = ['accent', 'good', 'attention', 'bad', 'text', 'textSecondary'] as const

export function Colors() {
  const { t } = useTranslation()
  return (
    <Panel title={t('style.colors')}>
      <div className="sd-swatches">
        {COLORS.map((name) => (
          <span key={name}>
            <i style={{ background: `var(--${name === 'textSecondary' ? 'text-secondary' : name})` }} />
            {t(`style.colorName.${name}`)}
          </span>
        ))}
      </div>
    </Panel>
  )
}

export function Type() {
  const { t } = useTranslation()
  const { now } = useFormat()
  return (
    <Panel title={t('style.type')}>
      <div className="sd-stack">
        <span className="sd-h1">{t('style.sampleTitle')}</span>
        <span>{t('style.sampleText')}</span>
        <span className="sd-actions">
          <Code>202005005292</Code> <Figure value="10622.50" unit="kWh" /> <Time at={now()} />
          <State tone="good">{t('shell.status.source.live')}</State>
          <State tone="attention">{t('shell.status.source.offline')}</State>
          <State tone="bad">{t('shell.status.source.failing')}</State>
        </span>
        <Money fen={123_450} large />
      </div>
    </Panel>
  )
}

export function Controls() {
  const { t } = useTranslation()
  const options = (['system', 'light', 'dark'] as const).map((value) => ({
    value,
    label: t(`shell.themeChoice.${value}`),
  }))
  return (
    <Panel title={t('style.controls')}>
      <div className="sd-stack">
        <div className="sd-actions">
          <Button type="primary">{t('style.lock')}</Button>
          <Button>{t('style.more')}</Button>
          <Button danger>{t('style.danger')}</Button>
          <WithReason reason={t('style.disabledWhy')}>
            <Button disabled>{t('common.action.save')}</Button>
          </WithReason>
        </div>
        <div className="sd-actions">
          <Input aria-label={t('style.name')} placeholder={t('style.name')} style={{ width: 160 }} />
          <Select
            aria-label={t('style.place')}
            options={options}
            defaultValue="system"
            style={{ width: 140 }}
          />
          <Checkbox defaultChecked>{t('common.yes')}</Checkbox>
          <Switch aria-label={t('common.yes')} defaultChecked />
        </div>
        <div>
          <Segmented options={options} />
        </div>
      </div>
    </Panel>
  )
}
