import type { Migration } from '../../migrate.ts'

/**
 * Attendance (spec §3.7, §5.6): a log of facts that only grows, and what they add up to. Times in epoch ms. The
 * constraints and triggers hold the rules whatever the program believes; above all, a counted time moves only with a
 * correction that the other side accepted.
 */
export const attendance: Migration = {
  version: 5,
  name: 'attendance',
  up: (db) => {
    db.exec(projects)
    db.exec(records)
    db.exec(corrections)
    db.exec(facts)
    db.exec(periods)
  },
}

const projects = `
  CREATE TABLE att_project (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL CHECK (name <> ''),
    ownerPhone TEXT NOT NULL,
    -- A-05: one, or none yet
    keeperPhone TEXT,
    keeperName TEXT NOT NULL DEFAULT '',
    keeperSince INTEGER,
    createdAt INTEGER NOT NULL,
    -- A-16: its records stay
    deletedAt INTEGER,
    CHECK ((keeperPhone IS NULL) = (keeperSince IS NULL))
  );
  CREATE INDEX att_project_owner ON att_project (ownerPhone);
  CREATE INDEX att_project_keeper ON att_project (keeperPhone) WHERE keeperPhone IS NOT NULL;
  CREATE TRIGGER att_project_is_fixed BEFORE UPDATE ON att_project
    WHEN NEW.id <> OLD.id OR NEW.ownerPhone <> OLD.ownerPhone OR NEW.createdAt <> OLD.createdAt OR OLD.deletedAt IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a project keeps its owner, and a deleted one stays as it was'); END;
  CREATE TRIGGER att_project_stays BEFORE DELETE ON att_project
    BEGIN SELECT RAISE(ABORT, 'a project is only marked as deleted'); END;

  CREATE TABLE att_member (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    projectId INTEGER NOT NULL REFERENCES att_project (id),
    phone TEXT NOT NULL,
    name TEXT NOT NULL,
    addedAt INTEGER NOT NULL,
    -- left, or was removed: coming back is another membership (A-03)
    removedAt INTEGER
  );
  -- R-53
  CREATE UNIQUE INDEX att_member_once ON att_member (projectId, phone) WHERE removedAt IS NULL;
  CREATE INDEX att_member_phone ON att_member (phone, projectId);
  CREATE INDEX att_member_project ON att_member (projectId, phone, id);
  CREATE TRIGGER att_member_is_fixed BEFORE UPDATE ON att_member
    WHEN NEW.id <> OLD.id OR NEW.projectId <> OLD.projectId OR NEW.phone <> OLD.phone OR NEW.addedAt <> OLD.addedAt
      OR OLD.removedAt IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a membership keeps its person, and one that ended stays as it was'); END;
  CREATE TRIGGER att_member_stays BEFORE DELETE ON att_member
    BEGIN SELECT RAISE(ABORT, 'a membership only ends'); END;
  -- R-54, both ways round
  CREATE TRIGGER att_member_is_no_keeper BEFORE INSERT ON att_member
    WHEN NEW.removedAt IS NULL AND EXISTS (SELECT 1 FROM att_project WHERE id = NEW.projectId AND keeperPhone = NEW.phone)
    BEGIN SELECT RAISE(ABORT, 'the keeper is no worker of his project'); END;
  CREATE TRIGGER att_keeper_is_no_member BEFORE UPDATE OF keeperPhone ON att_project
    WHEN EXISTS (SELECT 1 FROM att_member WHERE projectId = NEW.id AND phone = NEW.keeperPhone AND removedAt IS NULL)
    BEGIN SELECT RAISE(ABORT, 'the keeper is no worker of his project'); END;

  -- A-18: who sees and owns without limit, and until when
  CREATE TABLE att_vip (
    phone TEXT PRIMARY KEY,
    expiresAt INTEGER NOT NULL,
    setBy TEXT NOT NULL,
    setAt INTEGER NOT NULL
  ) WITHOUT ROWID;`

const records = `
  CREATE TABLE att_record (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    projectId INTEGER NOT NULL REFERENCES att_project (id),
    memberId INTEGER NOT NULL REFERENCES att_member (id),
    phone TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'confirmed', 'closed', 'rejected', 'cancelled')),
    requestedAt INTEGER NOT NULL,
    -- A-07: as the worker asked for it; the shift belongs to this day (A-09)
    checkInAt INTEGER NOT NULL,
    -- the keeper who confirmed or rejected, the worker who cancelled
    decidedBy TEXT,
    decidedAt INTEGER,
    reason TEXT NOT NULL DEFAULT '',
    checkOutAt INTEGER,
    checkOutBy TEXT,
    checkOutRecordedAt INTEGER,
    -- the last correction that both sides agreed on
    correctionId INTEGER,
    -- hours are always computed (A-23)
    minutes INTEGER GENERATED ALWAYS AS ((checkOutAt - checkInAt) / 60000) VIRTUAL,
    CHECK ((state = 'pending') = (decidedAt IS NULL)),
    CHECK ((decidedAt IS NULL) = (decidedBy IS NULL)),
    CHECK ((state = 'closed') = (checkOutAt IS NOT NULL)),
    CHECK ((checkOutAt IS NULL) = (checkOutBy IS NULL) AND (checkOutAt IS NULL) = (checkOutRecordedAt IS NULL)),
    -- R-58
    CHECK (checkOutAt IS NULL OR checkOutAt > checkInAt),
    -- nobody confirms or ends his own shift
    CHECK (state NOT IN ('confirmed', 'closed') OR decidedBy <> phone),
    CHECK (checkOutBy IS NULL OR checkOutBy <> phone)
  );
  -- R-55: one open record of a worker in a project
  CREATE UNIQUE INDEX att_record_one_open ON att_record (projectId, phone) WHERE state IN ('pending', 'confirmed');
  CREATE INDEX att_record_counted ON att_record (projectId, checkInAt, phone, state, checkOutAt)
    WHERE state IN ('pending', 'confirmed', 'closed');
  CREATE INDEX att_record_project ON att_record (projectId, checkInAt);
  CREATE INDEX att_record_worker ON att_record (phone, projectId, checkInAt);
  CREATE TRIGGER att_record_is_fixed BEFORE UPDATE ON att_record
    WHEN NEW.id <> OLD.id OR NEW.projectId <> OLD.projectId OR NEW.memberId <> OLD.memberId OR NEW.phone <> OLD.phone
      OR NEW.requestedAt <> OLD.requestedAt
      OR (OLD.decidedAt IS NOT NULL AND (NEW.decidedAt <> OLD.decidedAt OR NEW.decidedBy <> OLD.decidedBy))
    BEGIN SELECT RAISE(ABORT, 'a record keeps its project, its person and its decision'); END;
  -- no other transition (spec §3.7.2)
  CREATE TRIGGER att_record_goes_forward BEFORE UPDATE OF state ON att_record
    WHEN NEW.state <> OLD.state AND NOT (
      (OLD.state = 'pending' AND NEW.state IN ('confirmed', 'rejected', 'cancelled'))
      OR (OLD.state = 'confirmed' AND NEW.state = 'closed'))
    BEGIN SELECT RAISE(ABORT, 'a record does not go this way'); END;
  CREATE TRIGGER att_record_begins_pending BEFORE INSERT ON att_record WHEN NEW.state <> 'pending'
    BEGIN SELECT RAISE(ABORT, 'a record begins with a request'); END;
  CREATE TRIGGER att_record_needs_member BEFORE INSERT ON att_record
    WHEN NOT EXISTS (SELECT 1 FROM att_member WHERE id = NEW.memberId AND projectId = NEW.projectId AND phone = NEW.phone
      AND removedAt IS NULL)
    BEGIN SELECT RAISE(ABORT, 'only a worker of the project asks'); END;
  CREATE TRIGGER att_record_stays BEFORE DELETE ON att_record
    BEGIN SELECT RAISE(ABORT, 'a record is never deleted'); END;
  -- R-59: the times move with a correction that somebody else accepted, to exactly what it says, and once
  CREATE TRIGGER att_record_needs_both_sides BEFORE UPDATE ON att_record
    WHEN (NEW.checkInAt <> OLD.checkInAt OR (OLD.checkOutAt IS NOT NULL AND NEW.checkOutAt IS NOT OLD.checkOutAt))
      AND NOT (NEW.correctionId IS NOT NULL AND NEW.correctionId IS NOT OLD.correctionId AND EXISTS (
        SELECT 1 FROM att_correction c WHERE c.id = NEW.correctionId AND c.recordId = NEW.id AND c.state = 'applied'
          AND c.decidedBy <> c.byPhone AND c.oldCheckInAt = OLD.checkInAt AND c.oldCheckOutAt IS OLD.checkOutAt
          AND c.newCheckInAt = NEW.checkInAt AND c.newCheckOutAt IS NEW.checkOutAt))
    BEGIN SELECT RAISE(ABORT, 'a time changes only when both sides agree'); END;
  -- two shifts of one worker in one project never lie over one another; an open one lasts
  CREATE TRIGGER att_record_overlap_new BEFORE INSERT ON att_record WHEN ${overlap()}
    BEGIN SELECT RAISE(ABORT, 'this worker has another shift at that time'); END;
  CREATE TRIGGER att_record_overlap BEFORE UPDATE OF checkInAt, checkOutAt, state ON att_record
    WHEN NEW.state IN ('pending', 'confirmed', 'closed') AND ${overlap()}
    BEGIN SELECT RAISE(ABORT, 'this worker has another shift at that time'); END;

  -- A-21: who is told of the keeper's answer, once
  CREATE TABLE att_subscription (
    recordId INTEGER PRIMARY KEY REFERENCES att_record (id),
    phone TEXT NOT NULL,
    createdAt INTEGER NOT NULL,
    notifiedAt INTEGER
  );
  CREATE INDEX att_subscription_phone ON att_subscription (phone, notifiedAt);`

/** The neighbours on both sides are enough: those before never lie over one another either. */
function overlap(): string {
  const others = `FROM att_record o WHERE o.phone = NEW.phone AND o.projectId = NEW.projectId AND o.id IS NOT NEW.id
    AND o.state IN ('pending', 'confirmed', 'closed')`
  return `(EXISTS (SELECT 1 ${others} AND o.checkInAt >= NEW.checkInAt
      AND o.checkInAt < coalesce(NEW.checkOutAt, 9000000000000000))
    OR coalesce((SELECT coalesce(o.checkOutAt, 9000000000000000) ${others} AND o.checkInAt < NEW.checkInAt
      ORDER BY o.checkInAt DESC LIMIT 1), 0) > NEW.checkInAt)`
}

const corrections = `
  CREATE TABLE att_correction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recordId INTEGER NOT NULL REFERENCES att_record (id),
    byRole TEXT NOT NULL CHECK (byRole IN ('keeper', 'worker')),
    byPhone TEXT NOT NULL,
    createdAt INTEGER NOT NULL,
    -- what it was based on (A-13)
    oldCheckInAt INTEGER NOT NULL,
    oldCheckOutAt INTEGER,
    newCheckInAt INTEGER NOT NULL,
    newCheckOutAt INTEGER,
    note TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('pending', 'applied', 'rejected', 'withdrawn')),
    decidedBy TEXT,
    decidedAt INTEGER,
    reason TEXT NOT NULL DEFAULT '',
    CHECK (newCheckInAt <> oldCheckInAt OR newCheckOutAt IS NOT oldCheckOutAt),
    -- A-12: it moves ends, it neither opens nor closes a shift
    CHECK ((oldCheckOutAt IS NULL) = (newCheckOutAt IS NULL)),
    CHECK (newCheckOutAt IS NULL OR newCheckOutAt > newCheckInAt),
    CHECK ((state = 'pending') = (decidedAt IS NULL) AND (decidedAt IS NULL) = (decidedBy IS NULL)),
    -- R-59
    CHECK (state NOT IN ('applied', 'rejected') OR decidedBy <> byPhone)
  );
  -- R-60
  CREATE UNIQUE INDEX att_correction_one_pending ON att_correction (recordId) WHERE state = 'pending';
  CREATE INDEX att_correction_record ON att_correction (recordId, id);
  CREATE TRIGGER att_correction_begins_pending BEFORE INSERT ON att_correction WHEN NEW.state <> 'pending'
    BEGIN SELECT RAISE(ABORT, 'a correction begins as a proposal'); END;
  CREATE TRIGGER att_correction_is_fixed BEFORE UPDATE ON att_correction
    WHEN OLD.state <> 'pending' OR NEW.id <> OLD.id OR NEW.recordId <> OLD.recordId OR NEW.byRole <> OLD.byRole
      OR NEW.byPhone <> OLD.byPhone OR NEW.createdAt <> OLD.createdAt OR NEW.oldCheckInAt <> OLD.oldCheckInAt
      OR NEW.oldCheckOutAt IS NOT OLD.oldCheckOutAt OR NEW.newCheckInAt <> OLD.newCheckInAt
      OR NEW.newCheckOutAt IS NOT OLD.newCheckOutAt OR NEW.note <> OLD.note
    BEGIN SELECT RAISE(ABORT, 'a proposal keeps what it says, and is answered once'); END;
  CREATE TRIGGER att_correction_stays BEFORE DELETE ON att_correction
    BEGIN SELECT RAISE(ABORT, 'a correction is never deleted'); END;
  -- the side that answers is the other one: the worker of the record, or whoever keeps the project now (A-14)
  CREATE TRIGGER att_correction_other_side BEFORE UPDATE OF state ON att_correction
    WHEN NEW.state = 'applied' AND NOT EXISTS (
      SELECT 1 FROM att_record r JOIN att_project p ON p.id = r.projectId WHERE r.id = NEW.recordId
        AND ((NEW.byRole = 'keeper' AND NEW.decidedBy = r.phone)
          OR (NEW.byRole = 'worker' AND NEW.byPhone = r.phone AND NEW.decidedBy = p.keeperPhone)))
    BEGIN SELECT RAISE(ABORT, 'the other side answers'); END;`

const facts = `
  -- R-65: who did what and when, with what was before and after; nothing here ever changes
  CREATE TABLE att_fact (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    projectId INTEGER NOT NULL REFERENCES att_project (id),
    -- whom it is about: the membership, the record, the correction
    memberId INTEGER,
    recordId INTEGER,
    correctionId INTEGER,
    byRole TEXT NOT NULL CHECK (byRole IN ('owner', 'keeper', 'worker', 'desk')),
    -- '' only for the desk
    byPhone TEXT NOT NULL,
    -- at the console: the operator's name
    operator TEXT,
    -- JSON: the values of the fact
    data TEXT NOT NULL
  );
  CREATE INDEX att_fact_record ON att_fact (recordId, id) WHERE recordId IS NOT NULL;
  CREATE INDEX att_fact_project ON att_fact (projectId, id);
  CREATE TRIGGER att_fact_is_final BEFORE UPDATE ON att_fact
    BEGIN SELECT RAISE(ABORT, 'facts never change'); END;
  CREATE TRIGGER att_fact_stays BEFORE DELETE ON att_fact
    BEGIN SELECT RAISE(ABORT, 'facts are never deleted'); END;`

const periods = `
  -- what was paid out stays: shifts that began before \`before\` are closed to changes once the grace is over
  CREATE TABLE att_lock (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    projectId INTEGER NOT NULL REFERENCES att_project (id),
    before INTEGER NOT NULL,
    graceUntil INTEGER NOT NULL,
    note TEXT NOT NULL,
    liftedAt INTEGER
  );
  CREATE UNIQUE INDEX att_lock_current ON att_lock (projectId) WHERE liftedAt IS NULL;
  -- one record opened again, with a reason
  CREATE TABLE att_override (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recordId INTEGER NOT NULL REFERENCES att_record (id),
    reason TEXT NOT NULL CHECK (reason <> ''),
    at INTEGER NOT NULL,
    until INTEGER NOT NULL
  );
  CREATE INDEX att_override_record ON att_override (recordId, until);
  CREATE TRIGGER att_override_is_final BEFORE UPDATE ON att_override
    BEGIN SELECT RAISE(ABORT, 'an override keeps its reason'); END;
  CREATE TRIGGER att_override_stays BEFORE DELETE ON att_override
    BEGIN SELECT RAISE(ABORT, 'an override is never deleted'); END;`
