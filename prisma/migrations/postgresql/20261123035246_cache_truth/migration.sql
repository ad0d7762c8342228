-- AlterTable
ALTER TABLE "CacheState" ADD COLUMN     "aliveMs" BIGINT,
ADD COLUMN     "sinceMs" BIGINT,
ADD COLUMN     "wantMassQuery" BOOLEAN;

-- AlterTable
ALTER TABLE "Presence" ADD COLUMN     "narinfoMs" BIGINT,
ADD COLUMN     "untrustedMs" BIGINT;

-- CreateTable
CREATE TABLE "PublishedKeys" (
    "cache" TEXT COLLATE "C" NOT NULL,
    "keys" TEXT COLLATE "C",
    "sinceMs" BIGINT,
    "readMs" BIGINT,
    "reason" TEXT COLLATE "C",
    "checkedMs" BIGINT NOT NULL,

    CONSTRAINT "PublishedKeys_pkey" PRIMARY KEY ("cache")
);

-- CreateTable
CREATE TABLE "PublishedKeysChange" (
    "cache" TEXT COLLATE "C" NOT NULL,
    "atMs" BIGINT NOT NULL,
    "before" TEXT COLLATE "C" NOT NULL,
    "after" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "PublishedKeysChange_pkey" PRIMARY KEY ("cache","atMs")
);

-- CreateTable
CREATE TABLE "Coverage" (
    "branch" TEXT COLLATE "C" NOT NULL,
    "cache" TEXT COLLATE "C" NOT NULL,
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

    CONSTRAINT "Coverage_pkey" PRIMARY KEY ("branch","cache","day")
);

-- CreateTable
CREATE TABLE "CacheLife" (
    "cache" TEXT COLLATE "C" NOT NULL,
    "days" INTEGER NOT NULL,
    "evicted" INTEGER NOT NULL,
    "censored" INTEGER NOT NULL,

    CONSTRAINT "CacheLife_pkey" PRIMARY KEY ("cache","days")
);

-- CreateTable
CREATE TABLE "CacheQuestion" (
    "cache" TEXT COLLATE "C" NOT NULL,
    "hour" INTEGER NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "isByPerson" BOOLEAN NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "CacheQuestion_pkey" PRIMARY KEY ("cache","hour","kind","isByPerson")
);

-- CreateIndex
CREATE INDEX "CacheQuestion_hour_idx" ON "CacheQuestion"("hour");

-- CreateIndex
CREATE INDEX "Presence_cache_untrustedMs_idx" ON "Presence"("cache", "untrustedMs");
