import type { HelpTexts } from './help.ts'

/** Every file of `en/`: a new one is found by itself. */
const files = import.meta.glob<HelpTexts>('./en/*.ts', { eager: true, import: 'help' })

export const helpEn: HelpTexts = Object.assign({}, ...Object.values(files))
