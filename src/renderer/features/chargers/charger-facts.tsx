import { Button } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { chipIdOf } from '#shared/chargers.ts'
import type { FoundCharger } from '#shared/contract/chargers.ts'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { useFormat } from '../../app/site.tsx'
import { Code, State, Time, type Fact } from '../../ui/figures.tsx'
import { WithReason } from '../../ui/states.tsx'
import { registryPath, runPath } from './paths.ts'
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
      value: device ? <Registered device={device} /> : <Unregistered name={name} />,
    },
    ...(device ? registered(device, t) : []),
    { label: t('chargers.one.heardAt'), value: heard ? <Time at={heard.lastSeenAt} /> : null },
    {
      label: t('chargers.one.heldBy'),
      value: heard?.heldBy ? words.task(heard.heldBy) : t('chargers.one.free'),
    },
    { label: t('chargers.one.clock'), value: <Clock doing={doing} locked={locked} /> },
  ]
}

const registered = (device: DeviceRow, t: TFunction): readonly Fact[] => [
  { label: t('chargers.one.registry'), value: <Registry device={device} /> },
  { label: t('chargers.one.profile'), value: profileText(device, t('chargers.one.standard')) },
]

function Registered({ device: { deviceCode } }: { device: DeviceRow }) {
  return (
    <Link to={registryPath(deviceCode)}>
      <Code>{deviceCode}</Code>
    </Link>
  )
}

function Unregistered({ name }: { name: string }) {
  const { t } = useTranslation()
  return (
    <>
      {t('chargers.one.notRegistered')} · <Link to={runPath([name])}>{t('chargers.scan.start')}</Link>
    </>
  )
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
  const format = useFormat()
  const { clock } = doing.seen
  return (
    <span className="ch-clock">
      {clock === null ? (
        t('chargers.one.clockNever')
      ) : (
        <>
          <Skew skewS={clock.skewS} />
          <span className="sd-quiet" title={t('chargers.one.readAt', { time: format.full(clock.at) })}>
            {clock.text ? <Code>{readable(clock.text)}</Code> : null}
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

/** `YYMMDDHHMMSS` as it is on the wire, easier to read */
const readable = (text: string) =>
  text.replace(/^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '20$1-$2-$3 $4:$5:$6')

function Skew({ skewS }: { skewS: number | null }) {
  const { t } = useTranslation()
  const words = useChargerWords()
  if (skewS === null) return <State tone="attention">{words.warning('clockUnreadable')}</State>
  const n = Math.abs(skewS)
  const text =
    skewS === 0
      ? t('chargers.one.skewNone')
      : t(skewS > 0 ? 'chargers.one.skewAhead' : 'chargers.one.skewBehind', { n })
  if (n <= OFF_S) return <State>{text}</State>
  return (
    <State tone="attention">
      {text} · {t('chargers.one.skewOff')}
    </State>
  )
}
