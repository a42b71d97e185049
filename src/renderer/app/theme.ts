import { theme as antd, type MappingAlgorithm, type ThemeConfig } from 'antd'

/**
 * The house style (ux.md "Look"), decided here and nowhere else. Calm surface, loud meaning: neutral greys, one
 * accent for what can be done, green/amber/red only for states that need a person, band colours only in charts.
 */
export type Mode = 'light' | 'dark'

export interface Palette {
  /** behind everything */
  readonly page: string
  /** panels, tables, forms */
  readonly surface: string
  /** floating layers */
  readonly raised: string
  /** table head, hovered rows */
  readonly subtle: string
  readonly border: string
  /** edges of buttons: their words carry them */
  readonly line: string
  /** edges of things to type into: 3:1 against the surface */
  readonly edge: string
  readonly text: string
  readonly textSecondary: string
  readonly accent: string
  readonly onAccent: string
  readonly accentSubtle: string
  readonly good: string
  readonly goodSubtle: string
  readonly attention: string
  readonly attentionSubtle: string
  readonly bad: string
  readonly badSubtle: string
}

export const PALETTES: Readonly<Record<Mode, Palette>> = {
  light: {
    page: '#F5F6F6',
    surface: '#FFFFFF',
    raised: '#FFFFFF',
    subtle: '#F0F2F2',
    border: '#DFE3E3',
    line: '#C3CBCB',
    edge: '#8A9393',
    text: '#1A1F1F',
    textSecondary: '#566060',
    accent: '#0F766E',
    onAccent: '#FFFFFF',
    accentSubtle: '#E3F1EF',
    good: '#127436',
    goodSubtle: '#E8F5EC',
    attention: '#A84A08',
    attentionSubtle: '#FDF3E3',
    bad: '#B91C1C',
    badSubtle: '#FCECEC',
  },
  dark: {
    page: '#111414',
    surface: '#191D1D',
    raised: '#222727',
    subtle: '#222727',
    border: '#313838',
    line: '#465050',
    edge: '#6F7A7A',
    text: '#E4E8E8',
    textSecondary: '#A2ACAC',
    accent: '#2DD4BF',
    onAccent: '#04211D',
    accentSubtle: '#16302D',
    good: '#4ADE80',
    goodSubtle: '#15291C',
    attention: '#FBBF24',
    attentionSubtle: '#2E2510',
    bad: '#F87171',
    badSubtle: '#331B1B',
  },
}

/** Sharp, peak, flat, valley, deep valley: the same in both themes, only in charts. */
export const BAND_COLORS = ['#D64545', '#E08A1E', '#3B82C4', '#3FA45B', '#1F9C92'] as const
/** Lines over a band, light on every one of them. */
export const BAND_PATTERN = '#FFFFFFA6'
/** Series of a chart, first the accent's own hue. */
export const SERIES_COLORS = ['#159A8F', '#5B7FBF', '#B7791F', '#8A63B8', '#4F8A4C', '#B85C7A'] as const

export const FONT =
  "'Microsoft YaHei UI', 'Microsoft YaHei', 'PingFang SC', 'Noto Sans SC', 'Noto Sans CJK SC', system-ui, sans-serif"
export const MONO =
  "'Cascadia Mono', Consolas, 'SF Mono', Menlo, 'Noto Sans Mono', 'DejaVu Sans Mono', monospace"

/** Font sizes and heights in px. */
export const SIZE = { table: 13, text: 14, title: 20, money: 32, row: 32, radius: 6 } as const

export function antdTheme(mode: Mode): ThemeConfig {
  const p = PALETTES[mode]
  return {
    algorithm: [mode === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm, exactly(p)],
    token: { ...colors(p), ...shape },
    components: {
      Button: {
        primaryColor: p.onAccent,
        defaultBorderColor: p.line,
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
      },
      Table: { headerBg: p.subtle, headerSplitColor: 'transparent', cellFontSizeSM: SIZE.table },
      Segmented: { trackBg: p.page, itemSelectedBg: mode === 'dark' ? p.border : p.surface },
      Checkbox: { colorWhite: p.onAccent },
      Tooltip: { colorBgSpotlight: mode === 'dark' ? '#39413F' : '#2A3030' },
      Form: { itemMarginBottom: 18 },
    },
  }
}

/** antd's dark algorithm mutes the colours it is given; ours are chosen for both themes already. */
const exactly =
  (p: Palette): MappingAlgorithm =>
  (seed, map) => ({
    ...(map ?? antd.defaultAlgorithm(seed)),
    colorPrimary: p.accent,
    colorPrimaryBg: p.accentSubtle,
    colorInfo: p.accent,
    colorLink: p.accent,
    colorSuccess: p.good,
    colorSuccessBg: p.goodSubtle,
    colorWarning: p.attention,
    colorWarningBg: p.attentionSubtle,
    colorError: p.bad,
    colorErrorBg: p.badSubtle,
  })

const colors = (p: Palette): ThemeConfig['token'] => ({
  colorPrimary: p.accent,
  colorLink: p.accent,
  colorInfo: p.accent,
  colorSuccess: p.good,
  colorWarning: p.attention,
  colorError: p.bad,
  colorText: p.text,
  colorTextSecondary: p.textSecondary,
  colorTextTertiary: p.textSecondary,
  colorTextDescription: p.textSecondary,
  colorTextPlaceholder: p.textSecondary,
  colorTextDisabled: p.textSecondary,
  colorBgLayout: p.page,
  colorBgContainer: p.surface,
  colorBgElevated: p.raised,
  colorBorder: p.edge,
  colorBorderSecondary: p.border,
  colorSplit: p.border,
})

const shape: ThemeConfig['token'] = {
  fontFamily: FONT,
  fontFamilyCode: MONO,
  fontSize: SIZE.text,
  borderRadius: SIZE.radius,
  borderRadiusLG: SIZE.radius,
  borderRadiusSM: 4,
  boxShadowTertiary: 'none',
  motionDurationFast: '0.08s',
  motionDurationMid: '0.12s',
  motionDurationSlow: '0.16s',
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)

/** The same tokens as custom properties (`--text-secondary`) for our own CSS. */
export function applyTheme(mode: Mode, element: HTMLElement): void {
  element.dataset['theme'] = mode
  element.style.colorScheme = mode
  for (const [name, value] of Object.entries(PALETTES[mode])) {
    element.style.setProperty(`--${kebab(name)}`, value)
  }
  element.style.setProperty('--font', FONT)
  element.style.setProperty('--mono', MONO)
}
