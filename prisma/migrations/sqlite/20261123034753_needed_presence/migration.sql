-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_BranchState" (
    "branch" TEXT NOT NULL PRIMARY KEY,
    "counts" TEXT NOT NULL,
    "ready" INTEGER NOT NULL,
    "packages" INTEGER NOT NULL,
    "unready" TEXT NOT NULL DEFAULT '{}'
);
INSERT INTO "new_BranchState" ("branch", "counts", "packages", "ready") SELECT "branch", "counts", "packages", "ready" FROM "BranchState";
DROP TABLE "BranchState";
ALTER TABLE "new_BranchState" RENAME TO "BranchState";
CREATE TABLE "new_Derivation" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "path" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "system" TEXT,
    "detailsMs" BIGINT,
    "buildSeconds" INTEGER,
    "host" TEXT,
    "logId" TEXT,
    "presence" INTEGER NOT NULL DEFAULT 4,
    "isCached" BOOLEAN NOT NULL DEFAULT false
);
INSERT INTO "new_Derivation" ("buildSeconds", "detailsMs", "host", "id", "isCached", "logId", "name", "path", "status", "system", "version") SELECT "buildSeconds", "detailsMs", "host", "id", "isCached", "logId", "name", "path", "status", "system", "version" FROM "Derivation";
DROP TABLE "Derivation";
ALTER TABLE "new_Derivation" RENAME TO "Derivation";
CREATE UNIQUE INDEX "Derivation_path_key" ON "Derivation"("path");
CREATE INDEX "Derivation_isCached_idx" ON "Derivation"("isCached");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
