import { advertisedData } from './advertiser.ts'
import type { Controller } from './controller.ts'
import {
  BUFFER,
  addressBytes,
  addressText,
  commandComplete,
  commandStatus,
  leEvent,
  LE_EVENT,
  OPCODE,
  STATUS,
  u16,
} from './hci.ts'
import type { LinkParameters } from './link.ts'

type Command = (controller: Controller, parameters: Buffer) => Reply
/** Command Complete with a status and a result, or Command Status. */
type Reply = { readonly status: number; readonly result?: Buffer } | { readonly pending: number }

const done = (result?: Buffer): Reply =>
  result === undefined ? { status: STATUS.success } : { status: STATUS.success, result }
const refused = (status: number): Reply => ({ status })

export function runCommand(controller: Controller, opcode: number, parameters: Buffer): void {
  const command = COMMANDS.get(opcode)
  const reply = command === undefined ? { pending: STATUS.unknownCommand } : command(controller, parameters)
  controller.emit(
    'pending' in reply
      ? commandStatus(opcode, reply.pending)
      : commandComplete(opcode, reply.status, reply.result),
  )
}

/** HCI_Version and LMP_Version 8 (Core 4.2: legacy advertising only), Manufacturer_Name 0xffff (for tests). */
const VERSION = Buffer.from([8, 0, 0, 8, 0xff, 0xff, 0, 0])

const COMMANDS = new Map<number, Command>([
  [OPCODE.disconnect, disconnect],
  [OPCODE.setEventMask, () => done()],
  [
    OPCODE.reset,
    (controller) => {
      controller.reset()
      return done()
    },
  ],
  [OPCODE.readLeHostSupport, () => done(Buffer.from([1, 0]))],
  [OPCODE.writeLeHostSupport, () => done()],
  [OPCODE.readLocalVersion, () => done(VERSION)],
  [OPCODE.readLocalSupportedCommands, () => done(Buffer.alloc(64))],
  // no BR/EDR buffers: the LE ones are the only ones
  [OPCODE.readBufferSize, () => done(Buffer.alloc(7))],
  [OPCODE.readBdAddr, (controller) => done(addressBytes(controller.address))],
  [OPCODE.readRssi, readRssi],
  [OPCODE.leSetEventMask, () => done()],
  [OPCODE.leReadBufferSize, () => done(Buffer.concat([u16(BUFFER.bytes), Buffer.from([BUFFER.packets])]))],
  [OPCODE.leReadLocalSupportedFeatures, () => done(Buffer.alloc(8))],
  [OPCODE.leSetAdvertisingParameters, setAdvertisingParameters],
  [
    OPCODE.leSetAdvertisingData,
    (controller, data) => setData(data, (bytes) => (controller.advertiser.data = bytes)),
  ],
  [
    OPCODE.leSetScanResponseData,
    (controller, data) => setData(data, (bytes) => (controller.advertiser.scanResponse = bytes)),
  ],
  [OPCODE.leSetAdvertisingEnable, setAdvertisingEnable],
  [OPCODE.leSetScanParameters, setScanParameters],
  [OPCODE.leSetScanEnable, setScanEnable],
  [OPCODE.leCreateConnection, createConnection],
  [OPCODE.leCreateConnectionCancel, createConnectionCancel],
  [OPCODE.leConnectionUpdate, connectionUpdate],
])

function disconnect(controller: Controller, parameters: Buffer): Reply {
  const link = controller.links.get(parameters.readUInt16LE(0))
  if (link === undefined) return { pending: STATUS.unknownConnection }
  link.terminate(controller, parameters.readUInt8(2))
  return { pending: STATUS.success }
}

function readRssi(controller: Controller, parameters: Buffer): Reply {
  const handle = parameters.readUInt16LE(0)
  const link = controller.links.get(handle)
  if (link === undefined)
    return { status: STATUS.unknownConnection, result: Buffer.concat([u16(handle), Buffer.from([0])]) }
  const rssi = Buffer.from([controller.air.rssiOf(link.peerOf(link.endOf(controller)).controller) & 0xff])
  return done(Buffer.concat([u16(handle), rssi]))
}

function setAdvertisingParameters(controller: Controller, parameters: Buffer): Reply {
  if (controller.advertiser.enabled) return refused(STATUS.commandDisallowed)
  controller.advertiser.setInterval(parameters.readUInt16LE(0))
  return done()
}

function setData(parameters: Buffer, keep: (bytes: Buffer) => void): Reply {
  const data = advertisedData(parameters)
  if (data === null) return refused(STATUS.invalidParameters)
  keep(data)
  return done()
}

/** Connectable advertising is disallowed while there is no room for another link. */
function setAdvertisingEnable(controller: Controller, parameters: Buffer): Reply {
  if (parameters.readUInt8(0) === 0) controller.advertiser.disable()
  else if (controller.full) return refused(STATUS.commandDisallowed)
  else controller.advertiser.enable()
  return done()
}

function setScanParameters(controller: Controller, parameters: Buffer): Reply {
  if (controller.scan !== null) return refused(STATUS.commandDisallowed)
  controller.activeScan = parameters.readUInt8(0) === 1
  return done()
}

function setScanEnable(controller: Controller, parameters: Buffer): Reply {
  const enable = parameters.readUInt8(0) === 1
  const filterDuplicates = parameters.readUInt8(1) === 1
  controller.scan = enable ? { filterDuplicates, seen: new Set(), events: new Map() } : null
  return done()
}

function createConnection(controller: Controller, parameters: Buffer): Reply {
  const address = addressText(parameters.subarray(6, 12))
  if (controller.initiating !== null) return { pending: STATUS.commandDisallowed }
  if (controller.linkTo(address) !== undefined) return { pending: STATUS.connectionExists }
  if (controller.full) return { pending: STATUS.connectionLimit }
  controller.initiating = { address, parameters: linkParameters(parameters, 15) }
  return { pending: STATUS.success }
}

/** The answer comes first, then LE Connection Complete with 0x02 (volume 4, part E, §7.8.13). */
function createConnectionCancel(controller: Controller): Reply {
  const { initiating } = controller
  if (initiating === null) return refused(STATUS.commandDisallowed)
  controller.initiating = null
  queueMicrotask(() => controller.air.connectionFailed(controller, initiating, STATUS.unknownConnection))
  return done()
}

function connectionUpdate(controller: Controller, parameters: Buffer): Reply {
  const handle = parameters.readUInt16LE(0)
  const link = controller.links.get(handle)
  if (link === undefined) return { pending: STATUS.unknownConnection }
  link.update(linkParameters(parameters, 4))
  queueMicrotask(() => {
    const updated = Buffer.concat([Buffer.from([STATUS.success]), u16(handle), parameters.subarray(4, 10)])
    controller.emit(leEvent(LE_EVENT.connectionUpdateComplete, updated))
  })
  return { pending: STATUS.success }
}

/** Connection_Interval_Max (1.25 ms), Max_Latency and Supervision_Timeout (10 ms) stand together in both commands. */
function linkParameters(parameters: Buffer, at: number): LinkParameters {
  return {
    intervalMs: parameters.readUInt16LE(at) * 1.25,
    latency: parameters.readUInt16LE(at + 2),
    timeoutMs: parameters.readUInt16LE(at + 4) * 10,
  }
}
