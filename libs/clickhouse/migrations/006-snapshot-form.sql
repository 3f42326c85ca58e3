-- What a snapshot's rows hold, so that one of another form is made anew and not asked: what a column of a later migration
-- follows from may be out of ClickHouse's sight when it works it out as an old row is read, and then it is wrong.
ALTER TABLE milepost.snapshots
    ADD COLUMN IF NOT EXISTS form UInt16 DEFAULT 0 COMMENT 'Migration that the rows were written under, 0 before there was a number';
