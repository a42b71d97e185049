import { useEffect, useState } from 'react'

/** The printers of this computer, as the desktop window knows them; null in a browser, which asks by itself. */
export function usePrinters(): readonly { value: string; label: string }[] | null {
  const bridge = window.sitedesk
  const [printers, setPrinters] = useState<readonly { value: string; label: string }[]>([])
  useEffect(() => {
    let left = false
    const ask = async () => {
      const found = (await bridge?.printers?.().catch(() => [])) ?? []
      if (!left) setPrinters(found.map(({ name, label }) => ({ value: name, label })))
    }
    void ask()
    return () => {
      left = true
    }
  }, [bridge])
  return bridge?.printers ? printers : null
}
