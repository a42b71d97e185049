import type { Log } from '#core/ports.ts'
import type { Driver } from './driver.ts'
import type { Bindings, Hci, Noble } from './noble-types.ts'
import { wordsOf } from './reasons.ts'

/** Events of the process on which noble's HCI bindings put listeners of their own. */
const PROCESS_EVENTS = ['SIGINT', 'exit']

/** A noble that neither outlives its radio nor touches the process it runs in. */
export function tame(noble: Noble, log: Log): Driver {
  const { _bindings: bindings } = noble
  const { _hci: hci } = bindings
  const life = { over: false }
  keepOffProcess(bindings)
  if (hci) {
    keepPollQuiet(hci, life, log)
    keepOffStdout(bindings)
    readBuffersOfUserChannel(hci)
  }
  return {
    noble,
    hci: hci !== undefined,
    onGone: () => undefined,
    dispose() {
      if (life.over) return
      life.over = true
      noble.removeAllListeners()
      // an 'error' or a 'warning' without a listener would be thrown
      noble.on('warning', ignore)
      if (hci) stopHci(hci)
      else endNative(bindings, log)
    },
  }
}

const ignore = () => undefined

/** Its SIGINT listener, added last, would end the process before anything is closed. */
function keepOffProcess(bindings: Bindings): void {
  const init = bindings.init.bind(bindings)
  bindings.init = () => {
    const before = PROCESS_EVENTS.map((name) => new Set(process.rawListeners(name)))
    init()
    for (const [at, name] of PROCESS_EVENTS.entries())
      for (const listener of process.rawListeners(name))
        if (!before[at]?.has(listener)) process.removeListener(name, listener as () => void)
  }
}

/** It polls each second for ever, from a timer nobody can stop; and an adapter pulled out may make it throw. */
function keepPollQuiet(hci: Hci, life: { over: boolean }, log: Log): void {
  const poll = hci.pollIsDevUp
  let started = false
  hci.pollIsDevUp = () => {
    if (life.over) return
    if (!started) {
      started = true
      poll.call(hci)
      return
    }
    try {
      poll.call(hci)
    } catch (error) {
      log.warn('radio: asking the adapter failed', { detail: wordsOf(error) })
      hci.emit('stateChange', 'poweredOff')
    }
  }
}

/** It prints advice on stdout, where our ready line stands. */
function keepOffStdout(bindings: Bindings): void {
  bindings.onStateChange = (state) => {
    if (bindings['_state'] === state) return
    bindings['_state'] = state
    bindings.emit('stateChange', state)
  }
}

/** ble.md §5.11: with HCI_CHANNEL_USER set it never reads the buffer size, and then nothing is ever sent. */
function readBuffersOfUserChannel(hci: Hci): void {
  const { _userChannel: userChannel } = hci
  if (!userChannel) return
  hci.on('stateChange', (state) => {
    if (state === 'poweredOn') hci.readLeBufferSize()
  })
}

function stopHci(hci: Hci): void {
  const { _socket: socket } = hci
  hci.removeAllListeners()
  hci.on('error', ignore)
  socket.removeAllListeners()
  socket.on('error', ignore)
  socket.stop()
}

function endNative(bindings: Bindings, log: Log): void {
  try {
    bindings.stopScanning?.()
    if (bindings.cleanUp) bindings.cleanUp()
    else bindings.stop?.()
  } catch (error) {
    log.warn('radio: the driver did not stop', { detail: wordsOf(error) })
  }
}
