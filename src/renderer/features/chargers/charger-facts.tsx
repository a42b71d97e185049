import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { chipIdOf } from '#shared/chargers.ts'
import type { FoundCharger } from '#shared/contract/chargers.ts'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { Code, State, Time, type Fact } from '../../ui/figures.tsx'
import { WithReason } from '../../ui/states.tsx'
import type { ChargerDoing } from './use-charger.ts'
import { useChargerWords } from './use-words.ts'

interface FactsOptions {
  readonly name: string
  readonly device: DeviceRow | null
  readonly heard: FoundCharger | null
  readonly doing: ChargerDoing
  readonly locked: string | null
}

/** Who it is, where it stands in the registry, and its clock. */
export function useChargerFacts({ name, device, heard, doing, locked }: FactsOptions): readonly Fact[] {
  const { t } = useTranslation()
  const words = useChargerWords()
  return [
    { label: t('chargers.scan.name'), value: <Code>{name}</Code> },
    { label: t('chargers.one.chip'), value: <Code>{chipIdOf(name)}</Code> },
    {
      label: t('chargers.one.code'),
      value: device ? <Code>{device.deviceCode}</Code> : t('chargers.one.notRegistered'),
    },
    { label: t('chargers.one.registry'), value: device ? <Registry device={device} /> : null },
    {
      label: t('chargers.one.profile'),
      value: device ? profileText(device, t('chargers.one.standard')) : null,
    },
    { label: t('chargers.one.heardAt'), value: heard ? <Time at={heard.lastSeenAt} /> : null },
    {
      label: t('chargers.one.heldBy'),
      value: heard?.heldBy ? words.task(heard.heldBy) : t('chargers.one.free'),
    },
    { label: t('chargers.one.clock'), value: <Clock doing={doing} locked={locked} /> },
  ]
}

function Registry({ device }: { device: DeviceRow }) {
  const { t } = useTranslation()
  if (device.state === 0) return t('chargers.one.enabled')
  return (
    <State tone="attention">
      {[t('chargers.one.disabled'), device.stateReason].filter(Boolean).join(' · ')}
    </State>
  )
}

/** B-02, B-05, B-06 as they are called on the wire. */
function profileText({ profile }: DeviceRow, standard: string) {
  if (!profile) return standard
  const { jamParity, sigCase, tsFormat } = profile
  return <Code>{`${jamParity} · ${sigCase} · ${tsFormat}`}</Code>
}

/** A clock that is off by more is worth setting (B-20). */
const OFF_S = 30

function Clock({ doing, locked }: { doing: ChargerDoing; locked: string | null }) {
  const { t } = useTranslation()
  const { clock } = doing.seen
  return (
    <span className="ch-clock">
      {clock === null ? (
        t('chargers.one.clockNever')
      ) : (
        <>
          <Skew skewS={clock.skewS} />
          <span className="sd-quiet">
            {clock.text ? <Code>{clock.text}</Code> : null} <Time at={clock.at} />
          </span>
        </>
      )}
      <WithReason reason={locked}>
        <Button
          size="small"
          disabled={locked !== null || doing.busy !== null}
          loading={doing.busy?.asked === 'STIME'}
          onClick={() => void doing.command({ command: 'STIME' })}
        >
          {t('chargers.one.setClock')}
        </Button>
      </WithReason>
    </span>
  )
}

function Skew({ skewS }: { skewS: number | null }) {
  const { t } = useTranslation()
  const words = useChargerWords()
  if (skewS === null) return <State tone="attention">{words.warning('clockUnreadable')}</State>
  const n = Math.abs(skewS)
  const text =
    skewS === 0
      ? t('chargers.one.skewNone')
      : t(skewS > 0 ? 'chargers.one.skewAhead' : 'chargers.one.skewBehind', { n })
  if (n <= OFF_S) return <State tone="good">{text}</State>
  return (
    <State tone="attention">
      {text} · {t('chargers.one.skewOff')}
    </State>
  )
}
