import type { HelpTexts } from './help.ts'

/** Every file of `zh-CN/`: a new one is found by itself. */
const files = import.meta.glob<HelpTexts>('./zh-CN/*.ts', { eager: true, import: 'help' })

export const helpZh: HelpTexts = Object.assign({}, ...Object.values(files))
