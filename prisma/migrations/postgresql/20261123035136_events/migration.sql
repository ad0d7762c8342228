-- CreateTable
CREATE TABLE "Event" (
    "id" SERIAL NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "branch" TEXT COLLATE "C" NOT NULL,
    "causeKey" TEXT COLLATE "C",
    "name" TEXT COLLATE "C",
    "evaluationId" INTEGER,
    "atMs" BIGINT NOT NULL,
    "publishedMs" BIGINT NOT NULL,
    "body" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EventPackage" (
    "eventId" INTEGER NOT NULL,
    "row" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "EventPackage_pkey" PRIMARY KEY ("eventId","row")
);

-- CreateTable
CREATE TABLE "EventState" (
    "branch" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "EventState_pkey" PRIMARY KEY ("branch")
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

-- AddForeignKey
ALTER TABLE "EventPackage" ADD CONSTRAINT "EventPackage_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;
