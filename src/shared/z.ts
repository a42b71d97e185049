import { config, z } from 'zod'

// The page's CSP forbids eval, which zod's compiled parsers probe for; the main process keeps them.
if (typeof document !== 'undefined') config({ jitless: true })

export { z }
