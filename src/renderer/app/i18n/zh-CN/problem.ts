export const problem = {
  CONFIG_READABLE: {
    what: '配置文件可被本机其他用户读取',
    todo: '文件里有账号和密码，请把读取权限收回到自己。',
  },
  KEY_FILE_ONLY: {
    what: '机密只由密钥文件保护',
    todo: '拷走整个数据目录的人可以打开机密；请使用系统钥匙串，或把数据目录放在加密磁盘上。',
  },
  SECRETS_LOCKED: { what: '密码等机密打不开', todo: '到“设置”里重新填写各系统的密码。' },
  CLOCK_SKEW: { what: '本机时钟与对方系统相差过大', todo: '校准本机时间；读数的截止时间按较早的时钟计算。' },
  INSECURE_UPSTREAM: {
    what: '与对方系统的连接没有加密',
    todo: '账号和密码以明文传输；对方支持时请改用 https 地址。',
  },
  STORE_DAMAGED: {
    what: '数据文件损坏',
    todo: '到“备份”里用最近的好备份恢复；损坏的文件会原样留存。',
  },
  BACKUP_FAILED: { what: '备份没有成功', todo: '检查磁盘空间和数据目录的写权限；下次到点会再备份。' },
  LAN_NOT_LISTENING: {
    what: '局域网服务没有开起来',
    todo: '小程序现在连不上本机；到“局域网服务”里看原因，换一个端口或网卡。',
  },
  PAYMENT_NOT_READY: {
    what: '微信支付没有就绪',
    todo: '商户号、证书或密钥文件有问题，小程序里不能付款；到“局域网服务”里检查，那里逐项说明。',
  },
  CRASHED: {
    what: '上次出了异常',
    todo: '数据没有丢失，没有答复的充值会先查询，不会自动重发；到“诊断”里看发生了什么。',
  },
  UNCLEAN_STOP: { what: '上次没有正常退出', todo: '数据已检查，未完成的任务可继续；无需处理。' },
} as const
