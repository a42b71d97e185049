/**
 * `npm run package`: installers for Windows, macOS and Linux. Unsigned unless CSC_LINK or CSC_NAME (WIN_CSC_LINK on
 * Windows) names a certificate. Each fuse has its reason in docs/decisions.
 */
import type { Configuration } from 'electron-builder'
import type { TargetPlatform } from './scripts/native-target.ts'
import { EVERYWHERE, nativeFiles, type ModuleFiles } from './scripts/package-modules.ts'
import { checkPacked } from './scripts/package-rules.ts'

const has = (...names: string[]) => names.some((name) => Boolean(process.env[name]))
const signsMac = has('CSC_LINK', 'CSC_NAME')

const toFileSet = ({ name, filter }: ModuleFiles) => ({
  from: `node_modules/${name}`,
  to: `node_modules/${name}`,
  filter: [...filter],
})
/** electron-builder fills in the processor. */
const nativesOf = (platform: TargetPlatform) => nativeFiles(platform, '${arch}').map(toFileSet)

const config: Configuration = {
  appId: 'org.sitedesk.console',
  productName: 'SiteDesk',
  executableName: 'sitedesk',
  artifactName: '${productName}-${version}-${os}-${arch}.${ext}',
  directories: { output: 'dist', buildResources: 'resources' },
  files: ['package.json', 'out/{main,preload,renderer}/**', '!node_modules/**', ...EVERYWHERE.map(toFileSet)],
  asar: true,
  asarUnpack: ['**/*.node'],
  // prebuilt files are taken as they are; compiling would need a compiler and headers from the network
  npmRebuild: false,
  publish: null,
  extraMetadata: { devDependencies: {}, scripts: {}, allowScripts: {}, imports: {} },
  electronLanguages: ['zh-CN', 'zh_CN', 'en-US', 'en'],
  extraResources: [{ from: 'out/licences.txt', to: 'licences.txt' }],
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: !signsMac,
  },
  afterPack: (context) => checkPacked(context),
  win: {
    target: ['nsis', 'zip'],
    icon: 'resources/icons/256x256.png',
    files: nativesOf('win32'),
  },
  nsis: {
    oneClick: true,
    perMachine: false,
    deleteAppDataOnUninstall: false,
    multiLanguageInstaller: true,
    installerLanguages: ['zh_CN', 'en_US'],
    artifactName: '${productName}-${version}-win-${arch}-setup.${ext}',
  },
  mac: {
    target: ['dmg'],
    category: 'public.app-category.business',
    icon: 'resources/icons/1024x1024.png',
    files: nativesOf('darwin'),
    // its language files say the same in Chinese and English
    extraResources: [{ from: 'resources/macos', to: '.' }],
    extendInfo: {
      CFBundleDevelopmentRegion: 'zh_CN',
      NSBluetoothAlwaysUsageDescription: '用蓝牙查找、设置和检测充电机。',
      NSLocalNetworkUsageDescription: '给同一局域网内的小程序提供服务。',
    },
    entitlements: 'resources/entitlements.mac.plist',
    entitlementsInherit: 'resources/entitlements.mac.plist',
    hardenedRuntime: signsMac,
    gatekeeperAssess: false,
    notarize: has('APPLE_API_KEY', 'APPLE_ID', 'APPLE_KEYCHAIN_PROFILE'),
    ...(signsMac ? {} : { identity: null }),
  },
  linux: {
    target: ['AppImage', 'deb'],
    category: 'Office',
    icon: 'resources/icons',
    maintainer: 'SiteDesk <sitedesk@localhost>',
    synopsis: 'Console for chargers, meters and attendance of a site',
    files: nativesOf('linux'),
  },
  deb: { recommends: ['bluetooth', 'libsecret-1-0', 'fonts-wqy-microhei | fonts-noto-cjk'] },
}

export default config
