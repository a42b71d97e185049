import { useState } from 'react'
import type { Output } from '#shared/contract/index.ts'
import { useWrite } from '../../api/queries.ts'
import { LONG_MS, pathOf, SHORTEST } from './rows.ts'

type Second = Output<'backups.status'>['second']

/** Folder and passphrase of the second place as they are typed, and what can be done with them. */
export function usePlace(second: Second, initial: string, onDone: () => void) {
  const [folder, setFolder] = useState(second.folder ?? initial)
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const tried = useWrite('backups.tryPlace', { timeoutMs: LONG_MS })
  const set = useWrite('backups.setPlace', { timeoutMs: LONG_MS, onSuccess: onDone })
  const path = pathOf(folder)
  /** it has a passphrase already */
  const keyed = second.folder !== null && second.state !== 'needsPassphrase'
  const short = passphrase === '' ? !keyed : passphrase.length < SHORTEST
  const blocked = path === '' || short || passphrase !== again
  return {
    folder,
    path,
    keyed,
    passphrase,
    again,
    tried,
    set,
    blocked,
    setPassphrase,
    setAgain,
    differs: again !== '' && passphrase !== again,
    type(text: string) {
      setFolder(text)
      // what was found is true of another folder
      tried.reset()
    },
    save() {
      if (!blocked) set.mutate({ folder: path, ...(passphrase === '' ? {} : { passphrase }) })
    },
  }
}
