import type { Same } from '../key.ts'
import type { radio as zh } from '../zh-CN/radio.ts'

export const radio: Same<typeof zh> = {
  notInstalled: {
    what: 'The Bluetooth driver component is not installed',
    windows:
      'Install the program again from its full installer; when run from source, install the Visual Studio build tools, then the dependencies again.',
    macos:
      'Install the program again from its full installer; when run from source, install the Xcode command line tools, then the dependencies again.',
    linux:
      'Install the program again from its full package; when run from source, install gcc, make and python3, then the dependencies again.',
  },
  wrongBuild: {
    what: 'The Bluetooth driver component was built for another version of the program',
    windows: 'Install the program again; when run from source, install the dependencies again.',
    macos: 'Install the program again; when run from source, install the dependencies again.',
    linux: 'Install the program again; when run from source, install the dependencies again.',
  },
  notSupported: {
    what: 'This system has no Bluetooth',
    windows:
      'Windows 10 or later and an adapter for Bluetooth 4.0 or later are needed; plug in a USB Bluetooth adapter and try again.',
    macos: 'Use a Mac with Bluetooth 4.0 or later.',
    linux:
      'The kernel has no Bluetooth; load the modules bluetooth and btusb, or plug in a USB adapter, and try again.',
  },
  noAdapter: {
    what: 'No Bluetooth adapter was found',
    windows:
      'Plug in a USB Bluetooth adapter; check in the Device Manager that Bluetooth is enabled and has its driver.',
    macos: 'Restart the computer; if there is still none, look under “System Settings → Bluetooth”.',
    linux: 'Plug in a USB Bluetooth adapter; run rfkill unblock bluetooth, then try again.',
  },
  switchedOff: {
    what: 'Bluetooth is switched off',
    windows: 'Switch it on under “Settings → Bluetooth & devices”, and end aeroplane mode.',
    macos: 'Switch it on in the Control Centre or under “System Settings → Bluetooth”.',
    linux: 'Switch it on in the system settings, or run rfkill unblock bluetooth and bluetoothctl power on.',
  },
  noPermission: {
    what: 'The system does not let this program use Bluetooth',
    windows: 'Allow desktop apps under “Settings → Privacy & security → Radios”, then try again.',
    macos: 'Tick this program under “System Settings → Privacy & Security → Bluetooth”, then start it again.',
    linux: 'Give the program cap_net_raw (see “Bluetooth” in the documentation), then start it again.',
  },
  notAnswering: {
    what: 'The Bluetooth adapter does not answer',
    windows: 'Unplug the adapter for some seconds, or switch Bluetooth off and on, then try again.',
    macos: 'Switch Bluetooth off and on, then try again; if it stays so, restart the computer.',
    linux: 'Unplug the adapter for some seconds, or restart the bluetooth service, then try again.',
  },
  remoteGone: {
    what: 'The remote Bluetooth adapter cannot be reached, or its connection ended',
    windows:
      'Check that the other device runs and that address and port are those of “Settings → Bluetooth”, then try again.',
    macos:
      'Check that the other device runs and that address and port are those of “Settings → Bluetooth”, then try again.',
    linux:
      'Check that the other device runs and that address and port are those of “Settings → Bluetooth”, then try again.',
  },
  scanStalled: {
    what: 'Listening, but nothing at all is heard',
    windows: 'Switch Bluetooth off and on; use another USB socket, away from metal cabinets, then try again.',
    macos: 'Switch Bluetooth off and on, then try again.',
    linux:
      'Unplug the adapter and plug it in again, or restart the bluetooth service; check that no other program is scanning.',
  },
  failed: {
    what: 'Bluetooth failed',
    windows: 'Try again; if it stays so, restart the computer and give the code below to support.',
    macos: 'Try again; if it stays so, restart the computer and give the code below to support.',
    linux: 'Try again; if it stays so, restart the bluetooth service and give the code below to support.',
  },
}
