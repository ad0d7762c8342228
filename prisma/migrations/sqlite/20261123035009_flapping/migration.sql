-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Cell" (
    "branch" TEXT NOT NULL,
    "row" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "system" TEXT,
    "variant" TEXT,
    "place" INTEGER NOT NULL,
    "evaluationId" INTEGER NOT NULL,
    "attributeId" INTEGER,
    "derivationId" INTEGER,
    "status" INTEGER NOT NULL,
    "judgement" INTEGER NOT NULL,
    "isReady" BOOLEAN NOT NULL,
    "isChanged" BOOLEAN NOT NULL,
    "isFlapping" BOOLEAN NOT NULL DEFAULT false,
    "sinceId" INTEGER,
    "undecidedSinceId" INTEGER,
    "lastGoodId" INTEGER,
    "lastReadyId" INTEGER,
    "strip" TEXT NOT NULL,

    PRIMARY KEY ("branch", "row", "lane")
);
INSERT INTO "new_Cell" ("attributeId", "branch", "derivationId", "evaluationId", "isChanged", "isReady", "judgement", "lane", "lastGoodId", "lastReadyId", "place", "row", "sinceId", "status", "strip", "system", "undecidedSinceId", "variant") SELECT "attributeId", "branch", "derivationId", "evaluationId", "isChanged", "isReady", "judgement", "lane", "lastGoodId", "lastReadyId", "place", "row", "sinceId", "status", "strip", "system", "undecidedSinceId", "variant" FROM "Cell";
DROP TABLE "Cell";
ALTER TABLE "new_Cell" RENAME TO "Cell";
CREATE INDEX "Cell_row_lane_idx" ON "Cell"("row", "lane");
CREATE INDEX "Cell_derivationId_idx" ON "Cell"("derivationId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- Histories are folded anew: what was folded before does not tell it.
UPDATE "Feed" SET "foldedHash" = '', "built" = '';
