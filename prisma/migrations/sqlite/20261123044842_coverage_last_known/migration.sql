-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Coverage" (
    "branch" TEXT NOT NULL,
    "cache" TEXT NOT NULL,
    "day" INTEGER NOT NULL,
    "untilMs" BIGINT NOT NULL,
    "needed" INTEGER NOT NULL,
    "cached" INTEGER NOT NULL,
    "untrusted" INTEGER NOT NULL,
    "evicted" INTEGER NOT NULL,
    "missing" INTEGER NOT NULL,
    "unreachable" INTEGER NOT NULL,
    "unchecked" INTEGER NOT NULL,
    "lastCached" INTEGER NOT NULL DEFAULT 0,
    "fileSize" BIGINT NOT NULL,
    "fileSizesKnown" INTEGER NOT NULL,
    "narSize" BIGINT NOT NULL,
    "narSizesKnown" INTEGER NOT NULL,

    PRIMARY KEY ("branch", "cache", "day")
);
INSERT INTO "new_Coverage" ("branch", "cache", "cached", "day", "evicted", "fileSize", "fileSizesKnown", "missing", "narSize", "narSizesKnown", "needed", "unchecked", "unreachable", "untilMs", "untrusted") SELECT "branch", "cache", "cached", "day", "evicted", "fileSize", "fileSizesKnown", "missing", "narSize", "narSizesKnown", "needed", "unchecked", "unreachable", "untilMs", "untrusted" FROM "Coverage";
DROP TABLE "Coverage";
ALTER TABLE "new_Coverage" RENAME TO "Coverage";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
