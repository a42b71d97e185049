/** The virtual air: real Bluetooth stacks on both sides, only the radio between them is simulated. */
export { Air, type AirOptions } from './air.ts'
export { Charger, startChargers, type ChargerOptions, type Firmware } from './charger.ts'
export { type Controller, type ControllerOptions, type Refusal } from './controller.ts'
export { NO_FAULTS, type ChargerFaults } from './faults.ts'
export { connectHci, type H4Client } from './h4-client.ts'
export { serveHci, type HciServer } from './h4-server.ts'
export { loadVirtualNoble, nobleInstalled, type VirtualNoble } from './inject.ts'
export { LAYOUTS, type LayoutName } from './layouts.ts'
export {
  type Noble,
  type NobleCharacteristic,
  type NoblePeripheral,
  type NobleService,
} from './noble-types.ts'
export { socketClass, VirtualHciSocket } from './socket.ts'
export { FAST, REALISTIC, type Timing } from './timing.ts'
