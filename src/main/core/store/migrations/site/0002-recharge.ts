import type { Migration } from '../../migrate.ts'

/** Money: what was taken at the counter and what became of it. Amounts in fen, times in epoch ms. */
export const recharge: Migration = {
  version: 2,
  name: 'recharge',
  up: (db) =>
    db.exec(`
      CREATE TABLE recharge_intent (
        id TEXT PRIMARY KEY,
        out_trade_no TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL CHECK (state IN
          ('DRAFT', 'SENT', 'ACCEPTED', 'APPLIED', 'REJECTED', 'UNKNOWN', 'NOT_APPLIED', 'DISPUTED')),
        room_id TEXT NOT NULL,
        -- names from the top, as they were at the sale
        room_path TEXT NOT NULL,
        amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
        tender TEXT NOT NULL CHECK (tender IN ('cash', 'card', 'transfer', 'wechat', 'alipay', 'other')),
        operator TEXT NOT NULL,
        shift_id TEXT,
        batch_id TEXT,
        balance_before_fen INTEGER,
        balance_after_fen INTEGER,
        -- what the pure machine keeps beside the state (times sent, zeros seen, a 200 received): JSON
        memory TEXT NOT NULL,
        next_check_at INTEGER,
        created_at INTEGER NOT NULL,
        ended_at INTEGER,
        -- a sale in cash belongs to a shift
        CHECK (tender <> 'cash' OR shift_id IS NOT NULL)
      ) WITHOUT ROWID;
      CREATE INDEX recharge_intent_created ON recharge_intent (created_at);
      CREATE INDEX recharge_intent_room ON recharge_intent (room_id, created_at);
      CREATE INDEX recharge_intent_shift ON recharge_intent (shift_id);
      CREATE INDEX recharge_intent_batch ON recharge_intent (batch_id);
      CREATE INDEX recharge_intent_open ON recharge_intent (state, next_check_at)
        WHERE state IN ('DRAFT', 'SENT', 'ACCEPTED', 'UNKNOWN', 'DISPUTED');
      -- one sale of a room on its way at a time, whatever the program believes (R-72)
      CREATE UNIQUE INDEX recharge_intent_one_in_flight ON recharge_intent (room_id)
        WHERE state IN ('DRAFT', 'SENT', 'ACCEPTED');
      -- who, where, how much and under which number never changes
      CREATE TRIGGER recharge_intent_is_fixed BEFORE UPDATE ON recharge_intent
        WHEN NEW.out_trade_no <> OLD.out_trade_no OR NEW.room_id <> OLD.room_id OR NEW.amount_fen <> OLD.amount_fen
          OR NEW.tender <> OLD.tender OR NEW.operator <> OLD.operator OR NEW.created_at <> OLD.created_at
        BEGIN SELECT RAISE(ABORT, 'a recharge keeps its number, room, amount and tender'); END;
      CREATE TRIGGER recharge_intent_stays BEFORE DELETE ON recharge_intent
        BEGIN SELECT RAISE(ABORT, 'a recharge is never deleted'); END;

      CREATE TABLE recharge_event (
        intent_id TEXT NOT NULL REFERENCES recharge_intent (id),
        seq INTEGER NOT NULL,
        at INTEGER NOT NULL,
        state TEXT NOT NULL,
        code TEXT NOT NULL,
        data TEXT,
        operator TEXT,
        PRIMARY KEY (intent_id, seq)
      ) WITHOUT ROWID;
      CREATE TRIGGER recharge_event_is_final BEFORE UPDATE ON recharge_event
        BEGIN SELECT RAISE(ABORT, 'events never change'); END;
      CREATE TRIGGER recharge_event_stays BEFORE DELETE ON recharge_event
        BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

      CREATE TABLE refund (
        id TEXT PRIMARY KEY,
        intent_id TEXT NOT NULL REFERENCES recharge_intent (id),
        reason TEXT NOT NULL,
        requested_by TEXT NOT NULL,
        requested_at INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('requested', 'approved', 'refused', 'posted')),
        decided_by TEXT,
        decided_at INTEGER,
        decision_reason TEXT,
        posted_note TEXT,
        posted_by TEXT,
        posted_at INTEGER,
        -- the shift whose drawer the cash came out of
        shift_id TEXT,
        CHECK (decided_by IS NULL OR decided_by <> requested_by)
      ) WITHOUT ROWID;
      CREATE UNIQUE INDEX refund_one_open ON refund (intent_id) WHERE state <> 'refused';

      CREATE TABLE recharge_batch (
        id TEXT PRIMARY KEY,
        file_name TEXT NOT NULL,
        -- SHA-256 of the rows: the same file twice posts nothing
        digest TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('checked', 'running', 'paused', 'done', 'partial')),
        tender TEXT,
        created_by TEXT NOT NULL,
        created_at INTEGER NOT NULL
      ) WITHOUT ROWID;
      CREATE TABLE recharge_batch_row (
        batch_id TEXT NOT NULL REFERENCES recharge_batch (id),
        row INTEGER NOT NULL,
        -- the cells as they stood in the file: JSON array
        cells TEXT NOT NULL,
        room TEXT NOT NULL,
        room_id TEXT,
        amount TEXT NOT NULL,
        amount_fen INTEGER,
        note TEXT NOT NULL,
        error TEXT,
        -- made from the digest and the row, so that a repeated file finds its intents
        intent_id TEXT,
        PRIMARY KEY (batch_id, row)
      ) WITHOUT ROWID;

      CREATE TABLE shift (
        id TEXT PRIMARY KEY,
        number INTEGER NOT NULL UNIQUE,
        operator TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'signed')),
        opened_at INTEGER NOT NULL,
        closed_at INTEGER,
        cash_float_fen INTEGER NOT NULL CHECK (cash_float_fen >= 0),
        -- fixed at the close
        expected_fen INTEGER,
        counted_fen INTEGER,
        counted TEXT,
        difference_fen INTEGER,
        difference_reason TEXT,
        signed_by TEXT,
        signed_at INTEGER,
        report TEXT
      ) WITHOUT ROWID;
      CREATE UNIQUE INDEX shift_one_open ON shift (operator) WHERE state = 'open';
      CREATE TRIGGER shift_signed_is_final BEFORE UPDATE ON shift WHEN OLD.state = 'signed'
        BEGIN SELECT RAISE(ABORT, 'a signed shift never changes'); END;
      -- what was counted and found at the close; a signature may follow, nothing else
      CREATE TRIGGER shift_closed_is_fixed BEFORE UPDATE ON shift WHEN OLD.state = 'closed'
        AND (NEW.state = 'open' OR NEW.number <> OLD.number OR NEW.operator <> OLD.operator
          OR NEW.opened_at <> OLD.opened_at OR NEW.closed_at IS NOT OLD.closed_at
          OR NEW.cash_float_fen <> OLD.cash_float_fen OR NEW.expected_fen IS NOT OLD.expected_fen
          OR NEW.counted_fen IS NOT OLD.counted_fen OR NEW.counted IS NOT OLD.counted
          OR NEW.difference_fen IS NOT OLD.difference_fen OR NEW.difference_reason IS NOT OLD.difference_reason
          OR NEW.report IS NOT OLD.report)
        BEGIN SELECT RAISE(ABORT, 'a closed shift keeps its figures'); END;
      CREATE TRIGGER shift_stays BEFORE DELETE ON shift BEGIN SELECT RAISE(ABORT, 'a shift is never deleted'); END;
      CREATE TABLE shift_movement (
        id TEXT PRIMARY KEY,
        shift_id TEXT NOT NULL REFERENCES shift (id),
        at INTEGER NOT NULL,
        operator TEXT NOT NULL,
        amount_fen INTEGER NOT NULL CHECK (amount_fen <> 0),
        reason TEXT NOT NULL
      ) WITHOUT ROWID;
      CREATE INDEX shift_movement_shift ON shift_movement (shift_id, at);
      CREATE TRIGGER shift_movement_needs_open BEFORE INSERT ON shift_movement
        WHEN NOT EXISTS (SELECT 1 FROM shift WHERE id = NEW.shift_id AND state = 'open')
        BEGIN SELECT RAISE(ABORT, 'cash moves in an open shift only'); END;
      CREATE TRIGGER shift_movement_is_final BEFORE UPDATE ON shift_movement
        BEGIN SELECT RAISE(ABORT, 'movements never change'); END;
      CREATE TRIGGER shift_movement_stays BEFORE DELETE ON shift_movement
        BEGIN SELECT RAISE(ABORT, 'movements are never deleted'); END;

      CREATE TABLE receipt (
        id TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE,
        intent_id TEXT NOT NULL UNIQUE REFERENCES recharge_intent (id),
        made_at INTEGER NOT NULL,
        -- everything on the paper, as it was: JSON
        content TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'printed')),
        copies INTEGER NOT NULL DEFAULT 0,
        printed_at INTEGER,
        failure TEXT
      ) WITHOUT ROWID;
      CREATE INDEX receipt_made ON receipt (made_at);
      CREATE TRIGGER receipt_is_fixed BEFORE UPDATE ON receipt
        WHEN NEW.number <> OLD.number OR NEW.intent_id <> OLD.intent_id OR NEW.made_at <> OLD.made_at
          OR NEW.content <> OLD.content OR NEW.copies < OLD.copies
        BEGIN SELECT RAISE(ABORT, 'a receipt keeps its number and its content'); END;
      CREATE TRIGGER receipt_stays BEFORE DELETE ON receipt
        BEGIN SELECT RAISE(ABORT, 'a receipt is never deleted'); END;
      CREATE TABLE number_series (name TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;

      CREATE TABLE reconciliation_day (
        day TEXT PRIMARY KEY,
        state TEXT NOT NULL CHECK (state IN ('running', 'partial', 'complete', 'signed')),
        scope TEXT NOT NULL CHECK (scope IN ('touched', 'all')),
        job_id TEXT,
        ran_at INTEGER,
        rooms INTEGER NOT NULL DEFAULT 0,
        rooms_done INTEGER NOT NULL DEFAULT 0,
        signed_by TEXT,
        signed_at INTEGER,
        note TEXT,
        -- the records as they stood when a person signed: JSON
        signed_records TEXT
      ) WITHOUT ROWID;
      CREATE TRIGGER reconciliation_signed_is_final BEFORE UPDATE ON reconciliation_day WHEN OLD.state = 'signed'
        BEGIN SELECT RAISE(ABORT, 'a signed day never changes'); END;
      CREATE TRIGGER reconciliation_signed_stays BEFORE DELETE ON reconciliation_day WHEN OLD.state = 'signed'
        BEGIN SELECT RAISE(ABORT, 'a signed day is never deleted'); END;
      -- which rooms of a day were compared completely: the cursor of the job
      CREATE TABLE reconciliation_room (
        day TEXT NOT NULL,
        room_id TEXT NOT NULL,
        done_at INTEGER NOT NULL,
        PRIMARY KEY (day, room_id)
      ) WITHOUT ROWID;

      CREATE TABLE room_mark (room_id TEXT PRIMARY KEY, operator TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
      CREATE TABLE room_told (
        id TEXT PRIMARY KEY,
        room_id TEXT NOT NULL,
        at INTEGER NOT NULL,
        operator TEXT NOT NULL,
        how TEXT NOT NULL,
        note TEXT NOT NULL
      ) WITHOUT ROWID;
      CREATE INDEX room_told_room ON room_told (room_id, at);
    `),
}
