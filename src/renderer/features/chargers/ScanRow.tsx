import { BulbOutlined } from '@ant-design/icons'
import { Button, Checkbox } from 'antd'
import type { MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { FoundCharger } from '#shared/contract/chargers.ts'
import { ageOf } from '../../app/format.ts'
import { Code, State } from '../../ui/figures.tsx'
import { Signal } from '../../ui/Signal.tsx'
import { freshness } from './nearby.ts'
import { chargerPath } from './paths.ts'
import type { Blink } from './use-blink.ts'
import { useChargerWords } from './use-words.ts'

interface RowProps {
  readonly id: string
  readonly charger: FoundCharger
  /** the host's clock when the list was made */
  readonly now: number
  readonly index: number
  readonly active: boolean
  readonly selected: boolean
  readonly selectable: boolean
  readonly blink: Blink | undefined
  readonly onClick: (name: string, shift: boolean) => void
  readonly onBlink: (name: string) => void
}

/** One charger on the air. A click selects; its name leads to its page. */
export function ScanRow(props: RowProps) {
  const { charger, now, active, selectable } = props
  const { name } = charger
  const age = freshness(charger, now)
  const click = (event: MouseEvent) => {
    if (event.target instanceof Element && event.target.closest('a, button')) return
    if (selectable) props.onClick(name, event.shiftKey)
  }
  return (
    <div
      id={props.id}
      role="row"
      className="ch-row"
      aria-rowindex={props.index + 2}
      aria-selected={props.selected}
      aria-disabled={selectable ? undefined : true}
      data-active={active ? '' : undefined}
      data-age={age}
      data-name={name}
      onClick={click}
    >
      <div role="gridcell">
        <Tick {...props} />
      </div>
      <div role="gridcell">
        <Signal dbm={charger.rssi} lost={age === 'gone'} />
      </div>
      <div role="gridcell" className="ch-name">
        <Link to={chargerPath(name)} tabIndex={-1}>
          <Code>{name}</Code>
        </Link>
      </div>
      <div role="gridcell">
        <Registered charger={charger} />
      </div>
      <div role="gridcell" className="ch-what">
        <What charger={charger} now={now} blink={props.blink} />
      </div>
      <div role="gridcell">
        <BlinkButton {...props} />
      </div>
    </div>
  )
}

function Tick({ charger: { name }, selected, selectable, onClick }: RowProps) {
  const { t } = useTranslation()
  return (
    <span onClick={(event) => event.stopPropagation()}>
      <Checkbox
        checked={selected}
        disabled={!selectable}
        tabIndex={-1}
        aria-label={t('chargers.scan.select', { name })}
        onChange={({ nativeEvent }) => onClick(name, 'shiftKey' in nativeEvent && nativeEvent.shiftKey)}
      />
    </span>
  )
}

function BlinkButton({ charger: { name, ambiguous }, blink, active, onBlink }: RowProps) {
  const { t } = useTranslation()
  return (
    <Button
      size="small"
      icon={<BulbOutlined />}
      disabled={ambiguous || blink?.state === 'running'}
      tabIndex={active ? 0 : -1}
      title={t(ambiguous ? 'chargers.scan.ambiguousHint' : 'chargers.scan.blinkHint')}
      onClick={() => onBlink(name)}
    >
      {t('chargers.scan.blink')}
    </Button>
  )
}

function Registered({ charger }: { charger: FoundCharger }) {
  const { t } = useTranslation()
  if (charger.deviceCode === null)
    return (
      <span className="sd-chip" data-empty="">
        {t('chargers.scan.notRegistered')}
      </span>
    )
  return (
    <span className="ch-known">
      <Code>{charger.deviceCode}</Code>
      <span>{charger.alias}</span>
    </span>
  )
}

/** What matters most of it now: why it is refused, who has it, what came of the flash, when it was heard. */
function What({ charger, now, blink }: Pick<RowProps, 'charger' | 'now' | 'blink'>) {
  const { t } = useTranslation()
  const words = useChargerWords()
  if (charger.ambiguous)
    return (
      <State tone="attention">
        <strong>{t('chargers.scan.ambiguous')}</strong> · {t('chargers.scan.ambiguousHint')}
      </State>
    )
  if (blink?.state === 'running')
    return (
      <State tone={blink.slow ? 'attention' : 'neutral'}>
        {t(blink.slow ? 'chargers.scan.slow' : 'chargers.scan.blinking')}
      </State>
    )
  if (blink?.state === 'failed') return <State tone="bad">{words.failure(blink.error)}</State>
  if (blink?.state === 'refused')
    return <State tone="bad">{words.refusal(blink.status, { command: 'LEDBLINK' })}</State>
  if (charger.heldBy !== null)
    return <State>{t('chargers.scan.held', { task: words.task(charger.heldBy) })}</State>
  return (
    <>
      {blink ? (
        <State tone="good">{t('chargers.scan.blinked', { s: (blink.tookMs / 1000).toFixed(1) })}</State>
      ) : null}
      <Heard charger={charger} now={now} />
    </>
  )
}

function Heard({ charger, now }: Pick<RowProps, 'charger' | 'now'>) {
  const { t } = useTranslation()
  const { unit, n } = ageOf(charger.lastSeenAt, now)
  const age = t(`common.age.${unit}`, { n })
  const texts = {
    fresh: 'chargers.scan.fresh',
    fading: 'chargers.scan.faded',
    gone: 'chargers.scan.gone',
  } as const
  return <span className="sd-quiet">{t(texts[freshness(charger, now)], { age })}</span>
}
