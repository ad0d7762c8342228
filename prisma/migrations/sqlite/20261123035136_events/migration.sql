-- CreateTable
CREATE TABLE "Event" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "branch" TEXT NOT NULL,
    "causeKey" TEXT,
    "name" TEXT,
    "evaluationId" INTEGER,
    "atMs" BIGINT NOT NULL,
    "publishedMs" BIGINT NOT NULL,
    "body" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "EventPackage" (
    "eventId" INTEGER NOT NULL,
    "row" TEXT NOT NULL,

    PRIMARY KEY ("eventId", "row"),
    CONSTRAINT "EventPackage_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "EventState" (
    "branch" TEXT NOT NULL PRIMARY KEY,
    "state" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Event_key_key" ON "Event"("key");

-- CreateIndex
CREATE INDEX "Event_atMs_id_idx" ON "Event"("atMs", "id");

-- CreateIndex
CREATE INDEX "Event_branch_atMs_id_idx" ON "Event"("branch", "atMs", "id");

-- CreateIndex
CREATE INDEX "Event_causeKey_branch_idx" ON "Event"("causeKey", "branch");

-- CreateIndex
CREATE INDEX "EventPackage_row_eventId_idx" ON "EventPackage"("row", "eventId");
