import type { Command } from '#shared/chargers.ts'
import type { CampusEndpoint, DemoChargerRow, DemoFault } from '#shared/contract/demo.ts'
import type { BleProfile } from '#shared/contract/values.ts'
import type { CoreEvent } from '#shared/contract/events.ts'
import type { Checked, OperationName, Role } from '#shared/contract/index.ts'
import type { SiteProfile } from '#shared/contract/profile.ts'
import type { ZoneOffset } from '#shared/time.ts'
import type { automation } from '#shared/contract/system.ts'
import type { z } from '#shared/z.ts'
import type { contract } from '#shared/contract/index.ts'
import type { Deed } from './attendance/index.ts'
import type { Charging } from './charging/index.ts'
import type { Merchant, PaymentProvider } from './charging/providers.ts'
import type { Ports } from './ports.ts'
import type { Settings } from './settings/index.ts'
import type { Store } from './store/store.ts'
import type { UpdateHost } from './updates/index.ts'

/** Where a fault strikes; everywhere if nothing is said. */
export interface FaultPlace {
  /** campus faults only */
  readonly endpoint?: CampusEndpoint | undefined
  /** charger faults only: the advertised name */
  readonly charger?: string | undefined
  /** charger faults only */
  readonly command?: Command | undefined
}

/** A charger that the demo's registry knows from the start. */
export interface KnownCharger {
  readonly deviceCode: string
  readonly btName: string
  readonly alias: string
  /** null: entered from its label, never spoken to */
  readonly profile: BleProfile | null
}

/** The charging business as the demo has it from the start: rows of the 12 tables (spec §3.6). */
export interface DemoBooks {
  readonly professions: readonly { professionId: number; professionName: string }[]
  readonly managers: readonly { manager: string; managerName: string; setupTime: string }[]
  readonly users: readonly {
    user: string
    userName: string
    professionId: number
    pmoney: number
    setupTime: string
  }[]
  readonly logins: readonly { side: 'user' | 'manager'; phone: string; openId: string; at: string }[]
  readonly devices: readonly {
    deviceCode: string
    manager: string
    unitPrice: number
    chargeFlag: number
    addTime: string
  }[]
  /** what phones last read from chargers (U-17) */
  readonly reports: readonly { deviceCode: string; portState: string; portStateTime: string }[]
  readonly blacklist: readonly { user: string; manager: string; setupTime: string }[]
  readonly orders: readonly (Ordered & {
    pmoney: number
    cash: number
    payTime: string | null
    cashOutFlag: number
    cashOutId: string | null
    manager: string
    cancelTime: string | null
  })[]
  readonly payments: readonly (Ordered & {
    pmoney: number
    cash: number
    state: number
    wxPayid: string | null
    payTime: string | null
    createTime: string
  })[]
  readonly purchases: readonly {
    payId: string
    user: string
    pmoney: number
    state: number
    payTime: string | null
    wxPayid: string | null
    createTime: string
  }[]
  readonly gifts: readonly {
    giftId: string
    fromUser: string
    toUser: string
    pmoney: number
    giftTime: string
  }[]
  readonly cashOuts: readonly {
    cashOutId: string
    manager: string
    state: number
    bankName: string
    bankUser: string
    bankCode: string
    money: number
    service: number
    cash: number
    reason: string
    cashOutTime: string
    processTime: string | null
  }[]
}

type Ordered = {
  orderId: string
  user: string
  deviceCode: string
  port: number
  unitPrice: number
  unit: number
  money: number
  orderTime: string
}

export type { Deed } from './attendance/index.ts'

/** Which room, water meter and account of the demo belong together, as its office entered it. */
export interface WaterLink {
  readonly roomId: string
  readonly deviceCode: string
  readonly userCode: string
  readonly how: 'hand' | 'import'
}

/** What the core may ask of the demo site. */
export interface DemoControl {
  /** `on`: true until switched off, a number for so many requests */
  setFault(kind: DemoFault, on: boolean | number, place?: FaultPlace): Promise<void>
  faults(): readonly DemoFault[]
  /** the simulated chargers as they are */
  chargers(): readonly DemoChargerRow[]
  /** entered into an empty registry */
  readonly knownChargers: readonly KnownCharger[]
  /** entered where nobody has linked anything yet */
  readonly waterLinks: readonly WaterLink[]
  /** what its charging business was until `now` */
  books(now: number, zone: ZoneOffset): DemoBooks
  /** who worked on its projects until `now`, in the order of time */
  attendance(now: number, zone: ZoneOffset): readonly Deed[]
  /** the page that plays the mini-programs of a phone; null: not served */
  readonly miniProgramUrl: string | null
  /** what the simulated phone needs of the desk */
  serve(desk: { lanUrl(): string | null }): void
}

export type AutomationState = z.infer<typeof automation>

/** The host's automation API, as the core may steer it. Neither rejects. */
export interface AutomationControl {
  /** how it stands once the last `apply` has taken effect */
  state(): Promise<AutomationState>
  /** resolves when it listens, was refused or is closed */
  apply(wanted: { readonly enabled: boolean; readonly port: number }): Promise<void>
}

/** A second console with the demo site and a data folder of its own, for training. */
export interface PracticeControl {
  state(): 'off' | 'starting' | 'on'
  /** starts it where it does not run; an address that opens it once, or null: it has a window of its own */
  open(): Promise<string | null>
  close(): Promise<void>
}

/** What the service for mini-programs is built on. */
export interface LanParts {
  readonly ctx: CoreContext
  readonly settings: Settings
  readonly charging: Charging
}

/** The service for mini-programs, as the core holds it. */
export interface LanService {
  readonly handlers: AreaHandlers<'lan'>
  state(): { readonly state: 'off' | 'starting' | 'on' | 'failed'; readonly url: string | null }
  /** listens, if the settings say so; resolves when it does, or failed; never rejects */
  begin(): Promise<void>
  close(): Promise<void>
}

/** Who takes money, as the settings say by now. */
export interface Payments {
  provider(): PaymentProvider
  /** a merchant of before, for the payments that were begun with it */
  providerOf(merchant: Merchant): PaymentProvider
  /** why the provider of the settings cannot be used, in words for the operator; null: it can */
  problem(): string | null
  close(): void
}

/** How this core was opened; fixed for its life. */
export interface CoreOptions {
  readonly version: string
  readonly directory: string
  readonly demo: boolean
  /** the name of this machine, for the audit */
  readonly machine?: string
  /** the simulated vendor, with `demo` only */
  readonly demoSite?: DemoControl
  /** builds the service for mini-programs; absent: this host has none */
  readonly createLan?: (parts: LanParts) => LanService
  /** absent: only staff take money */
  readonly createPayments?: (parts: Omit<LanParts, 'charging'>) => Payments
  /** absent: the host knows nothing of updates */
  readonly updates?: UpdateHost
  /** closes the core and opens it again, soon; false: it cannot be. Absent: this host never does */
  readonly restart?: () => boolean
  /** absent: the host has no automation API */
  readonly automation?: AutomationControl
  /** absent: this host cannot start one, or is one */
  readonly practice?: PracticeControl
  /** the checked `--config` file; its keys win over stored settings and are read-only */
  readonly profile?: SiteProfile
  /** other users of the machine can read the config file */
  readonly profileReadable?: boolean
  /** screens are signed in as this operator when they connect (demo only) */
  readonly autoSignIn?: string
}

/** Who asks. A screen is a browser cookie or an Electron window; a script sends its session token. */
export interface Caller {
  readonly door: 'desktop' | 'browser' | 'api' | 'inproc'
  readonly screen?: string
  readonly session?: string
}

export interface SignedIn {
  readonly operatorId: string
  readonly name: string
  readonly roles: readonly Role[]
  /** signed in with a PIN that an administrator gave: nothing else until it is changed */
  readonly mustChangePin?: boolean
}

/** One call as its handler sees it. */
export interface Call {
  readonly caller: Caller
  /** null only for public operations */
  readonly operator: SignedIn | null
  /** the name of who may see only what is his own here */
  readonly own?: string
  /** names what was changed and how, for the audit row; secrets are redacted on the way */
  note(detail: { target?: string; before?: unknown; after?: unknown }): void
  /** writes to site.db together with the audit row of this call, in one transaction */
  commit<R>(work: () => R): Promise<R>
}

export type Handler<N extends OperationName> = (
  call: Call,
  input: Checked<N>,
) => z.input<(typeof contract)[N]['output']> | Promise<z.input<(typeof contract)[N]['output']>>

/** Handlers of all operations of an area, `AreaHandlers<'meters'>`. */
export type AreaHandlers<Area extends string> = {
  readonly [N in Extract<OperationName, `${Area}.${string}`>]: Handler<N>
}
export type Handlers = { readonly [N in OperationName]: Handler<N> }

export interface Events {
  emit(event: CoreEvent): void
  /** returns how to stop listening */
  on(listener: (event: CoreEvent) => void): () => void
}

/** What every area is given. */
export interface CoreContext {
  readonly ports: Ports
  readonly store: Store
  readonly events: Events
  readonly options: CoreOptions
}
