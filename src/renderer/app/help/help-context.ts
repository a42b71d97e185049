import { createContext } from 'react'

/** Opens the help of the page shown; null where there is no frame to show it in. */
export const HelpContext = createContext<(() => void) | null>(null)
