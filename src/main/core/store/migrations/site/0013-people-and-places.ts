import type { Migration } from '../../migrate.ts'

const NEW_PERSON = (phone: string) =>
  `INSERT INTO att_person (phone) SELECT ${phone} WHERE ${phone} IS NOT NULL AND ${phone} <> ''
     AND NOT EXISTS (SELECT 1 FROM att_person WHERE phone = ${phone});`

/**
 * Everybody of attendance once, in the order in which he came: a masked phone that looks like another one is told
 * apart by that, for good (D-17). And where an audited deed was done; rows from before have no place, and keep their
 * hash.
 */
export const peopleAndPlaces: Migration = {
  version: 13,
  name: 'people-and-places',
  up: (db) => {
    db.exec(`
      CREATE TABLE att_person (id INTEGER PRIMARY KEY, phone TEXT NOT NULL UNIQUE);
      CREATE INDEX att_person_masked ON att_person (substr(phone, 1, 3), substr(phone, 8), id);
      INSERT INTO att_person (phone)
        SELECT phone FROM (
          SELECT ownerPhone AS phone, createdAt AS at FROM att_project
          UNION ALL SELECT keeperPhone, coalesce(keeperSince, createdAt) FROM att_project
          UNION ALL SELECT phone, addedAt FROM att_member
          UNION ALL SELECT phone, setAt FROM att_vip
          UNION ALL SELECT byPhone, at FROM att_fact
        ) WHERE phone IS NOT NULL AND phone <> '' GROUP BY phone ORDER BY min(at), phone;
      CREATE TRIGGER att_person_owner AFTER INSERT ON att_project BEGIN
        ${NEW_PERSON('NEW.ownerPhone')} ${NEW_PERSON('NEW.keeperPhone')} END;
      CREATE TRIGGER att_person_keeper AFTER UPDATE OF keeperPhone ON att_project BEGIN
        ${NEW_PERSON('NEW.keeperPhone')} END;
      CREATE TRIGGER att_person_member AFTER INSERT ON att_member BEGIN ${NEW_PERSON('NEW.phone')} END;
      CREATE TRIGGER att_person_vip AFTER INSERT ON att_vip BEGIN ${NEW_PERSON('NEW.phone')} END;
      CREATE TRIGGER att_person_fact AFTER INSERT ON att_fact BEGIN ${NEW_PERSON('NEW.byPhone')} END;

      ALTER TABLE audit ADD COLUMN place TEXT;
      CREATE INDEX audit_operator ON audit (operator, at);
      CREATE INDEX audit_target ON audit (target, at);
      CREATE INDEX audit_outcome ON audit (outcome, at) WHERE outcome <> 'ok';
    `)
  },
}
