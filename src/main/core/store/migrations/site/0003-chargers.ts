import type { Migration } from '../../migrate.ts'

/**
 * The charger system: the 12 tables of its document with their names and columns kept (spec §3.6, seed 003 §九), and
 * what the desk adds for provisioning. In the 12, money is integer fen, times are text `yyyy-MM-dd HH:mm:ss` in the
 * zone of the site; in the desk's own tables times are epoch ms.
 */
export const chargers: Migration = {
  version: 3,
  name: 'chargers',
  up: (db) => {
    db.exec(people)
    db.exec(devices)
    db.exec(coins)
    db.exec(orders)
    db.exec(provisioning)
  },
}

const people = `
  CREATE TABLE wx_info (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- one phone may be user and manager (M-24)
    side TEXT NOT NULL CHECK (side IN ('user', 'manager')),
    openId TEXT NOT NULL,
    -- encrypted
    sessionKey TEXT,
    session TEXT UNIQUE,
    phone TEXT,
    insertTime TEXT NOT NULL,
    updateTime TEXT NOT NULL,
    UNIQUE (side, openId)
  );
  CREATE TABLE user_info (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user TEXT NOT NULL UNIQUE,
    userName TEXT NOT NULL DEFAULT '',
    pmoney INTEGER NOT NULL DEFAULT 0 CHECK (pmoney >= 0),
    setupTime TEXT NOT NULL,
    professionId INTEGER
  );
  CREATE TABLE manager_info (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    manager TEXT NOT NULL UNIQUE,
    managerName TEXT NOT NULL DEFAULT '',
    setupTime TEXT NOT NULL
  );
  CREATE TABLE profession_info (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    professionId INTEGER NOT NULL UNIQUE CHECK (professionId BETWEEN 0 AND 99),
    professionName TEXT NOT NULL
  );
  CREATE TABLE black_user_info (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user TEXT NOT NULL,
    manager TEXT NOT NULL,
    setupTime TEXT NOT NULL,
    UNIQUE (user, manager)
  );`

const devices = `
  CREATE TABLE device_info (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- D-02: letters and digits, kept as given
    deviceCode TEXT NOT NULL UNIQUE CHECK (length(deviceCode) BETWEEN 1 AND 8 AND deviceCode NOT GLOB '*[^0-9A-Za-z]*'),
    deviceName TEXT NOT NULL DEFAULT '',
    -- 0 enabled, 1 disabled
    state INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version BETWEEN 0 AND 999),
    -- B-01: the whole advertised name, 16 characters
    btName TEXT NOT NULL UNIQUE CHECK (length(btName) = 16 AND btName GLOB 'BUC_*' AND substr(btName, 5) NOT GLOB '*[^0-9A-Z]*'),
    jamCode TEXT NOT NULL CHECK (length(jamCode) = 6),
    maxUnit INTEGER NOT NULL DEFAULT 12 CHECK (maxUnit BETWEEN 1 AND 12),
    -- 0 free, 1 charged for
    chargeFlag INTEGER NOT NULL DEFAULT 1 CHECK (chargeFlag IN (0, 1)),
    unitPrice INTEGER NOT NULL DEFAULT 0 CHECK (unitPrice BETWEEN 0 AND 9999),
    -- packed as reportDevicePort gives it (U-17)
    portState TEXT,
    -- NULL: bound to nobody
    manager TEXT,
    setupTime TEXT NOT NULL,
    updateTime TEXT NOT NULL,
    addTime TEXT,
    portStateTime TEXT,
    -- how this firmware wants its frames (B-07): JSON, NULL until probed
    bleProfile TEXT,
    stateReason TEXT,
    -- last four: D-06, 999.99 yuan at most for one order
    CHECK (unitPrice * maxUnit <= 99999)
  );
  CREATE INDEX device_info_manager ON device_info (manager);`

const coins = `
  CREATE TABLE pmoney_charge_info (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    payId TEXT NOT NULL UNIQUE,
    user TEXT NOT NULL,
    pmoney INTEGER NOT NULL CHECK (pmoney > 0),
    payTime TEXT NOT NULL
  );
  CREATE INDEX pmoney_charge_info_user ON pmoney_charge_info (user, payTime);
  CREATE TABLE pmoney_charge_pay (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    payId TEXT NOT NULL UNIQUE,
    user TEXT NOT NULL,
    pmoney INTEGER NOT NULL CHECK (pmoney > 0),
    -- NULL while pending
    payTime TEXT,
    -- 0 pending, 1 success, 2 fail
    state INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)),
    -- the provider's transaction id; OFFLINE-… when staff took the money (D-20)
    wxPayid TEXT,
    createTime TEXT NOT NULL,
    prepayId TEXT,
    CHECK (state <> 1 OR payTime IS NOT NULL)
  );
  CREATE INDEX pmoney_charge_pay_user ON pmoney_charge_pay (user, createTime);
  CREATE INDEX pmoney_charge_pay_pending ON pmoney_charge_pay (createTime) WHERE state = 0;
  CREATE TABLE pmoney_gift_info (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    giftId TEXT NOT NULL UNIQUE,
    fromUser TEXT NOT NULL,
    toUser TEXT NOT NULL CHECK (toUser <> fromUser),
    pmoney INTEGER NOT NULL CHECK (pmoney > 0),
    giftTime TEXT NOT NULL
  );
  CREATE INDEX pmoney_gift_info_from ON pmoney_gift_info (fromUser, giftTime);
  CREATE INDEX pmoney_gift_info_to ON pmoney_gift_info (toUser, giftTime);`

const orders = `
  CREATE TABLE order_info (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    orderId TEXT NOT NULL UNIQUE,
    user TEXT NOT NULL,
    deviceCode TEXT NOT NULL,
    port INTEGER NOT NULL CHECK (port BETWEEN 1 AND 4),
    unitPrice INTEGER NOT NULL CHECK (unitPrice >= 0),
    unit INTEGER NOT NULL CHECK (unit BETWEEN 1 AND 12),
    money INTEGER NOT NULL CHECK (money = unitPrice * unit AND money <= 99999),
    orderTime TEXT NOT NULL,
    pmoney INTEGER NOT NULL DEFAULT 0 CHECK (pmoney >= 0),
    cash INTEGER NOT NULL DEFAULT 0 CHECK (cash >= 0),
    payTime TEXT,
    -- 0 not yet, 1 in a batch, 2 paid out or nothing to pay out
    cashOutFlag INTEGER NOT NULL DEFAULT 0 CHECK (cashOutFlag IN (0, 1, 2)),
    cashOutId TEXT,
    -- who had the charger when it was ordered (R-12)
    manager TEXT NOT NULL,
    cancelTime TEXT,
    CHECK (payTime IS NULL OR cancelTime IS NULL),
    CHECK (cashOutFlag <> 1 OR cashOutId IS NOT NULL)
  );
  -- R-01: one unpaid order a user, whatever the program believes
  CREATE UNIQUE INDEX order_info_one_unpaid ON order_info (user) WHERE payTime IS NULL AND cancelTime IS NULL;
  CREATE INDEX order_info_user ON order_info (user, orderTime);
  CREATE INDEX order_info_manager ON order_info (manager, orderTime);
  CREATE INDEX order_info_device ON order_info (deviceCode, port, orderTime);
  CREATE INDEX order_info_time ON order_info (orderTime);
  CREATE INDEX order_info_batch ON order_info (cashOutId) WHERE cashOutId IS NOT NULL;
  CREATE INDEX order_info_withdrawable ON order_info (manager)
    WHERE cashOutFlag = 0 AND cash > 0 AND payTime IS NOT NULL AND cancelTime IS NULL;

  CREATE TABLE order_pay_info (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    orderId TEXT NOT NULL REFERENCES order_info (orderId),
    user TEXT NOT NULL,
    deviceCode TEXT NOT NULL,
    port INTEGER NOT NULL,
    unitPrice INTEGER NOT NULL,
    unit INTEGER NOT NULL,
    money INTEGER NOT NULL,
    orderTime TEXT NOT NULL,
    -- the parts of a split payment (D-09)
    pmoney INTEGER NOT NULL CHECK (pmoney >= 0),
    cash INTEGER NOT NULL CHECK (cash >= 0),
    state INTEGER NOT NULL DEFAULT 0 CHECK (state IN (0, 1, 2)),
    wxPayid TEXT,
    payTime TEXT,
    createTime TEXT NOT NULL,
    prepayId TEXT
  );
  CREATE UNIQUE INDEX order_pay_info_one_pending ON order_pay_info (orderId) WHERE state = 0;
  CREATE UNIQUE INDEX order_pay_info_one_success ON order_pay_info (orderId) WHERE state = 1;
  CREATE INDEX order_pay_info_pending ON order_pay_info (createTime) WHERE state = 0;

  CREATE TABLE cashout_info (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cashOutId TEXT NOT NULL UNIQUE,
    manager TEXT NOT NULL,
    -- 0 paid, 1 failed, 2 waiting
    state INTEGER NOT NULL DEFAULT 2 CHECK (state IN (0, 1, 2)),
    bankName TEXT NOT NULL,
    bankUser TEXT NOT NULL,
    bankCode TEXT NOT NULL,
    money INTEGER NOT NULL CHECK (money > 0),
    service INTEGER NOT NULL CHECK (service >= 0),
    cash INTEGER NOT NULL CHECK (cash >= 0),
    reason TEXT NOT NULL DEFAULT '',
    cashOutTime TEXT NOT NULL,
    processTime TEXT,
    CHECK (money = service + cash),
    CHECK ((state = 2) = (processTime IS NULL))
  );
  CREATE INDEX cashout_info_manager ON cashout_info (manager, cashOutTime);`

const provisioning = `
  CREATE TABLE provisioning_run (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'done', 'partial', 'failed', 'cancelled')),
    site TEXT NOT NULL,
    installer TEXT NOT NULL,
    -- system, demo or tcp://…: what the report says the radio was
    adapter TEXT NOT NULL,
    -- JSON: port test, minutes, …
    options TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX provisioning_run_created ON provisioning_run (created_at);

  CREATE TABLE provisioning_device (
    run_id TEXT NOT NULL REFERENCES provisioning_run (id),
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    device_code TEXT NOT NULL,
    alias TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'asking', 'passed', 'failed', 'skipped')),
    -- JSON {code, data}: why it failed or was skipped
    reason TEXT,
    -- JSON: every step with its state, stored before each thing that is written to the charger
    steps TEXT NOT NULL,
    -- dBm samples while it was handled: JSON
    signal TEXT NOT NULL DEFAULT '[]',
    -- charger minus desk, seconds, before the clock was set
    clock_skew_s INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    label_printed_at INTEGER,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (run_id, name)
  ) WITHOUT ROWID;
  CREATE UNIQUE INDEX provisioning_device_code ON provisioning_device (run_id, device_code);

  -- what went over the radio, as text; the acceptance report and the log export read it
  CREATE TABLE charger_exchange (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    name TEXT NOT NULL,
    run_id TEXT,
    step TEXT,
    operator TEXT,
    direction TEXT NOT NULL CHECK (direction IN ('sent', 'received', 'event')),
    text TEXT NOT NULL
  );
  CREATE INDEX charger_exchange_name ON charger_exchange (name, at);
  CREATE INDEX charger_exchange_run ON charger_exchange (run_id, name) WHERE run_id IS NOT NULL;`
