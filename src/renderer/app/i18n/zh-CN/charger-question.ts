/** What the installer is asked; yes goes on. */
export const chargerQuestion = {
  portLit: '{{port}} 号口的灯亮了，负载在充电吗？',
  comeCloser: '信号只有 {{median}} dBm。走到它跟前了吗？',
  switchOnAgain: '上次停下时 {{port}} 号口正在通电，现在是断开的。再通一次电吗？',
} as const
