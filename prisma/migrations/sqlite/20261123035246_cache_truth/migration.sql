-- AlterTable
ALTER TABLE "CacheState" ADD COLUMN "aliveMs" BIGINT;
ALTER TABLE "CacheState" ADD COLUMN "sinceMs" BIGINT;
ALTER TABLE "CacheState" ADD COLUMN "wantMassQuery" BOOLEAN;

-- AlterTable
ALTER TABLE "Presence" ADD COLUMN "narinfoMs" BIGINT;
ALTER TABLE "Presence" ADD COLUMN "untrustedMs" BIGINT;

-- CreateTable
CREATE TABLE "PublishedKeys" (
    "cache" TEXT NOT NULL PRIMARY KEY,
    "keys" TEXT,
    "sinceMs" BIGINT,
    "readMs" BIGINT,
    "reason" TEXT,
    "checkedMs" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "PublishedKeysChange" (
    "cache" TEXT NOT NULL,
    "atMs" BIGINT NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,

    PRIMARY KEY ("cache", "atMs")
);

-- CreateTable
CREATE TABLE "Coverage" (
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
    "fileSize" BIGINT NOT NULL,
    "fileSizesKnown" INTEGER NOT NULL,
    "narSize" BIGINT NOT NULL,
    "narSizesKnown" INTEGER NOT NULL,

    PRIMARY KEY ("branch", "cache", "day")
);

-- CreateTable
CREATE TABLE "CacheLife" (
    "cache" TEXT NOT NULL,
    "days" INTEGER NOT NULL,
    "evicted" INTEGER NOT NULL,
    "censored" INTEGER NOT NULL,

    PRIMARY KEY ("cache", "days")
);

-- CreateTable
CREATE TABLE "CacheQuestion" (
    "cache" TEXT NOT NULL,
    "hour" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "isByPerson" BOOLEAN NOT NULL,
    "count" INTEGER NOT NULL,

    PRIMARY KEY ("cache", "hour", "kind", "isByPerson")
);

-- CreateIndex
CREATE INDEX "CacheQuestion_hour_idx" ON "CacheQuestion"("hour");

-- CreateIndex
CREATE INDEX "Presence_cache_untrustedMs_idx" ON "Presence"("cache", "untrustedMs");
