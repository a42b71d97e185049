/**
 * The demo site's vendor in a process of its own, with the meters of the big folder: all of them read every
 * hour, so that each day has 48 full pages. Tells its address over IPC.
 */
import { performance } from 'node:perf_hooks'
import { Gatekeeper } from '#main/demo/gatekeeper.ts'
import { ImrFaults } from '#main/demo/imr/faults.ts'
import { answerImr } from '#main/demo/imr/server.ts'
import { createVendorSite, type VendorSite } from '#main/demo/imr/site.ts'
import { startLoopback } from '#main/demo/loopback.ts'
import { deviceIdOf, METERS, ZONE } from './site.ts'

export interface VendorAddress {
  readonly baseUrl: string
  readonly account: string
  readonly password: string
}

const days = Number(process.argv[2] ?? 5)
const account = { account: 'bench', password: 'only-on-loopback' }
const site = createVendorSite({ seed: 1, meters: METERS, hourly: METERS, days, zone: ZONE, now: Date.now })
const gate = new Gatekeeper({
  ...account,
  gapMs: 0,
  now: Date.now,
  monotonic: () => performance.now(),
})
const imr = { site: renamed(site), gate, faults: new ImrFaults() }
const server = await startLoopback({
  answer: (path, fields) => answerImr(imr, path, fields),
  forms: true,
  now: Date.now,
})
process.send?.({ baseUrl: `http://127.0.0.1:${server.port}`, ...account } satisfies VendorAddress)
process.once('disconnect', () => process.exit(0))

/** The same campus under the numbers that the big folder knows. */
function renamed(of: VendorSite): VendorSite {
  const meters = of.meters.map((meter) => {
    const no = deviceIdOf(meter.index + 1)
    return { ...meter, deviceId: no, tableNo: no, badDay: null }
  })
  const byNo = new Map(meters.map((meter) => [meter.tableNo, meter]))
  const own = (index: number) => meters[index] ?? of.meters[index]
  return {
    ...of,
    meters,
    byTableNo: (no) => byNo.get(no),
    byDeviceId: (no) => byNo.get(no),
    window(wanted, range) {
      const { total, slots } = of.window(wanted, range)
      return { total, slots: slots.flatMap(({ meter, at }) => mapped(own(meter.index), at)) }
    },
  }
}

function mapped(meter: VendorSite['meters'][number] | undefined, at: number) {
  return meter ? [{ meter, at }] : []
}
