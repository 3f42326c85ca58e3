-- Amounts are never added up over currencies, so a row has to say when an account was billed in more than one.
ALTER TABLE milepost.account_rows
    COMMENT COLUMN IF EXISTS currency 'ISO 4217 of its contracts, several where they are in more than one, empty without a contract';
