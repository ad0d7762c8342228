-- AlterTable
ALTER TABLE "Cell" ADD COLUMN     "isFlapping" BOOLEAN NOT NULL DEFAULT false;

-- Histories are folded anew: what was folded before does not tell it.
UPDATE "Feed" SET "foldedHash" = '', "built" = '';
