import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { MeterImages } from '../images/MeterImages.tsx'
import { BandsTab } from './BandsTab.tsx'
import { MeterCommands } from './CommandsPage.tsx'
import { ConsumptionTab } from './ConsumptionTab.tsx'
import { DecisionsTab } from './DecisionsTab.tsx'
import { PowerTab } from './PowerTab.tsx'
import { TABS, type MeterView, type Tab } from './view-state.ts'

type Meter = Output<'meters.get'>
type More = 'decisions' | 'bands' | 'power' | 'consumption' | 'images' | 'commands'

/** Only what there is of this meter: a deployment without an endpoint has no such tab (I-44). */
export function tabsOf({ source, has }: Meter): readonly Tab[] {
  const isThere: Readonly<Record<More, boolean>> = {
    // the campus platform gives no series of readings that anything could be decided about
    decisions: source !== 'campus',
    bands: has.includes('bands'),
    power: has.includes('phases'),
    consumption: has.includes('consumption') || has.includes('consumptionDaily'),
    images: has.includes('images'),
    commands: source === 'imr',
  }
  return TABS.filter((tab) => !(tab in isThere) || isThere[tab as More])
}

export const moreTabs = (meter: Meter, view: MeterView): Readonly<Record<More, ReactNode>> => ({
  decisions: <DecisionsTab meter={meter} />,
  bands: <BandsTab meter={meter} view={view} />,
  power: <PowerTab meter={meter} view={view} />,
  consumption: <ConsumptionTab meter={meter} view={view} />,
  images: <MeterImages meterId={meter.id} />,
  commands: <MeterCommands meterId={meter.id} />,
})

export function useTabLabels(): Readonly<Record<Tab, string>> {
  const { t } = useTranslation()
  return {
    usage: t('meters.tab.usage'),
    readings: t('meters.tab.readings'),
    decisions: t('meters.tab.decisions'),
    bands: t('meterData.bands.title'),
    power: t('meterData.power.title'),
    consumption: t('meterData.consumption.title'),
    images: t('images.tab'),
    commands: t('meterData.command.tab'),
  }
}
