/** Why there is no Bluetooth, and the cure on each system, by the reasons of core/chargers/radio.ts. */
export const radio = {
  notInstalled: {
    what: '蓝牙驱动组件没有装上',
    windows: '用完整安装包重新安装本程序；从源码运行时先装好 Visual Studio 生成工具，再重新安装依赖。',
    macos: '用完整安装包重新安装本程序；从源码运行时先装好 Xcode 命令行工具，再重新安装依赖。',
    linux: '用完整安装包重新安装本程序；从源码运行时先装好 gcc、make、python3，再重新安装依赖。',
  },
  wrongBuild: {
    what: '蓝牙驱动组件与本程序的版本不配',
    windows: '重新安装本程序；从源码运行时重新安装依赖。',
    macos: '重新安装本程序；从源码运行时重新安装依赖。',
    linux: '重新安装本程序；从源码运行时重新安装依赖。',
  },
  notSupported: {
    what: '这台电脑的系统没有蓝牙功能',
    windows: '需要 Windows 10 或更新的版本和蓝牙 4.0 以上的适配器；插一个 USB 蓝牙适配器后重试。',
    macos: '换一台有蓝牙 4.0 以上的 Mac。',
    linux: '内核没有启用蓝牙；加载 bluetooth 和 btusb 模块，或插一个 USB 蓝牙适配器后重试。',
  },
  noAdapter: {
    what: '没有找到蓝牙适配器',
    windows: '插上 USB 蓝牙适配器；在“设备管理器”里确认蓝牙没有被禁用，驱动已安装。',
    macos: '重新启动电脑；仍没有时按“系统设置 → 蓝牙”检查硬件。',
    linux: '插上 USB 蓝牙适配器；用 rfkill unblock bluetooth 解除禁用，再重试。',
  },
  switchedOff: {
    what: '蓝牙已关闭',
    windows: '打开“设置 → 蓝牙和其他设备 → 蓝牙”，并关闭飞行模式。',
    macos: '在菜单栏的控制中心或“系统设置 → 蓝牙”里打开蓝牙。',
    linux: '在系统设置里打开蓝牙，或运行 rfkill unblock bluetooth 和 bluetoothctl power on。',
  },
  noPermission: {
    what: '系统不允许本程序使用蓝牙',
    windows: '打开“设置 → 隐私和安全性 → 无线电收发器”，允许桌面应用使用，再重试。',
    macos: '打开“系统设置 → 隐私与安全性 → 蓝牙”，勾选本程序，再重新启动本程序。',
    linux: '给本程序 cap_net_raw 权限（见文档“蓝牙”一节），再重新启动本程序。',
  },
  notAnswering: {
    what: '蓝牙适配器没有回应',
    windows: '拔下适配器等几秒再插上，或关闭再打开蓝牙，然后重试。',
    macos: '关闭再打开蓝牙，然后重试；仍如此请重新启动电脑。',
    linux: '拔下适配器等几秒再插上，或重启 bluetooth 服务，然后重试。',
  },
  remoteGone: {
    what: '远程蓝牙适配器连不上，或连接断了',
    windows: '确认那台设备开着、地址和端口与“设置 → 蓝牙”一致，然后重试。',
    macos: '确认那台设备开着、地址和端口与“设置 → 蓝牙”一致，然后重试。',
    linux: '确认那台设备开着、地址和端口与“设置 → 蓝牙”一致，然后重试。',
  },
  scanStalled: {
    what: '正在收听，但什么信号都听不到',
    windows: '关闭再打开蓝牙；USB 适配器请换一个插口，离开金属柜，然后重试。',
    macos: '关闭再打开蓝牙，然后重试。',
    linux: '拔下适配器再插上，或重启 bluetooth 服务；确认没有别的程序占用扫描。',
  },
  failed: {
    what: '蓝牙出错',
    windows: '重试；仍如此请重新启动电脑，再把下面的代码交给维护人员。',
    macos: '重试；仍如此请重新启动电脑，再把下面的代码交给维护人员。',
    linux: '重试；仍如此请重启 bluetooth 服务，再把下面的代码交给维护人员。',
  },
} as const
