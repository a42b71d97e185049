import { BulbOutlined, ReloadOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import { btNameOf } from '#shared/chargers.ts'
import type { FoundCharger } from '#shared/contract/chargers.ts'
import type { DeviceRow } from '#shared/contract/devices.ts'
import { useRead, useWrite } from '../../api/queries.ts'
import { usePageKey } from '../../app/keys.tsx'
import { MayButton, useReasons, useWhyNot } from '../../app/why-not.tsx'
import { DetailPage } from '../../ui/DetailPage.tsx'
import { Code } from '../../ui/figures.tsx'
import { EmptyState, Notice } from '../../ui/states.tsx'
import { Signal } from '../../ui/Signal.tsx'
import { useChargerFacts } from './charger-facts.tsx'
import { Commands } from './Commands.tsx'
import { ExchangeLog } from './ExchangeLog.tsx'
import { useIdentified } from './kept.ts'
import { freshness } from './nearby.ts'
import { Outcome } from './Outcome.tsx'
import { scanPath } from './paths.ts'
import { Ports } from './Ports.tsx'
import { RadioBanner } from './RadioBanner.tsx'
import { RawConsole } from './RawConsole.tsx'
import { useCharger, type ChargerDoing } from './use-charger.ts'
import { useJump } from './use-jump.ts'
import { useNearby, type Nearby } from './use-nearby.ts'
import { useScanner } from './use-scanner.ts'
import './chargers.css'

/** One charger by its name: clock, ports, every command, and all that was ever said. */
export function ChargerPage() {
  const { t } = useTranslation()
  const { name: given = '' } = useParams()
  const name = btNameOf(given)
  if (name === null)
    return (
      <EmptyState
        what={t('chargers.one.notCharger')}
        todo={t('chargers.one.notChargerTodo')}
        action={<Link to={scanPath}>{t('chargers.one.back')}</Link>}
      />
    )
  return <OneCharger key={name} name={name} />
}

const NONE: readonly FoundCharger[] = []

function OneCharger({ name }: { name: string }) {
  const { t } = useTranslation()
  const nearby = useNearby().data
  const heard = nearby?.found.find((one) => one.name === name) ?? null
  const device = useRead('devices.get', { btName: name }, { keepPrevious: false }).data ?? null
  const doing = useCharger(name)
  const lock = useLock(name, device)
  const withheld = useWhyNot('chargers.command')
  const locked = withheld ?? lock
  const { jump } = useJump(nearby?.found ?? NONE)
  useScanner((text) => void jump(text, { scanned: true }))
  const [params, setParams] = useSearchParams()
  const facts = useChargerFacts({ name, device, heard, doing, locked })
  return (
    <DetailPage
      title={device?.alias ? device.alias : <Code>{name}</Code>}
      titleText={device?.alias ? device.alias : name}
      purpose={device ? `${device.deviceCode} · ${name}` : t('chargers.one.notRegistered')}
      back={{ to: scanPath, label: t('chargers.one.back') }}
      state={nearby ? <HeardState nearby={nearby} heard={heard} /> : null}
      actions={<Actions doing={doing} heard={heard} />}
      above={
        <>
          {nearby ? <RadioBanner radio={nearby.radio} /> : null}
          {lock === null ? null : <Identify />}
        </>
      }
      facts={facts}
      main={
        <div className="sd-stack">
          <Ports device={device} doing={doing} locked={locked} />
          <Outcome doing={doing} />
        </div>
      }
      tab={params.get('tab') ?? 'commands'}
      onTab={(tab) => setParams({ tab }, { replace: true })}
      tabs={[
        {
          key: 'commands',
          label: t('chargers.one.tab.commands'),
          children: <Commands doing={doing} locked={locked} />,
        },
        {
          key: 'raw',
          label: t('chargers.one.tab.raw'),
          children: <RawConsole doing={doing} locked={locked} />,
        },
        { key: 'log', label: t('chargers.one.tab.log'), children: <ExchangeLog name={name} /> },
      ]}
    />
  )
}

/** Pain 6: what changes a charger waits until a person knows that it is this one. Null: free. */
function useLock(name: string, device: DeviceRow | null): string | null {
  const { t } = useTranslation()
  const identified = useIdentified().has(name)
  return identified || device !== null ? null : t('chargers.one.identify')
}

function Identify() {
  const { t } = useTranslation()
  return (
    <Notice>
      <strong>{t('chargers.one.identify')}</strong>
      <span>{t('chargers.one.identifyTodo')}</span>
    </Notice>
  )
}

function HeardState({ nearby, heard }: { nearby: Nearby; heard: FoundCharger | null }) {
  const { t } = useTranslation()
  if (heard === null) return <span className="sd-chip">{t('chargers.one.notHeard')}</span>
  if (heard.ambiguous)
    return (
      <span className="sd-chip" data-tone="attention" title={t('chargers.scan.ambiguousHint')}>
        {t('chargers.scan.ambiguous')}
      </span>
    )
  return <Signal dbm={heard.rssi} lost={freshness(heard, nearby.now) === 'gone'} />
}

function Actions({ doing, heard }: { doing: ChargerDoing; heard: FoundCharger | null }) {
  const { t } = useTranslation()
  const release = useWrite('chargers.release')
  const { busy, name } = doing
  const refused = heard?.ambiguous === true
  const blink = () => void doing.command({ command: 'LEDBLINK' })
  const may = busy === null && !refused
  const reasons = useReasons()
  usePageKey('F2', 'chargers.key.blink', () => may && reasons('chargers.command') === null && blink())
  usePageKey('F9', 'chargers.key.read', () => may && void doing.read())
  return (
    <>
      <MayButton
        operation="chargers.release"
        title={t('chargers.one.releaseHint')}
        disabled={busy !== null}
        loading={release.isPending}
        onClick={() => release.mutate({ name })}
      >
        {t('chargers.one.release')}
      </MayButton>
      <MayButton
        operation="chargers.command"
        icon={<BulbOutlined />}
        title={t(refused ? 'chargers.scan.ambiguousHint' : 'chargers.scan.blinkHint')}
        disabled={!may}
        loading={busy?.asked === 'LEDBLINK'}
        onClick={blink}
      >
        {t('chargers.scan.blink')}
      </MayButton>
      <MayButton
        operation="chargers.read"
        type="primary"
        icon={<ReloadOutlined />}
        disabled={!may}
        loading={busy?.asked === 'READ'}
        onClick={() => void doing.read()}
      >
        {t('chargers.one.read')}
      </MayButton>
    </>
  )
}
