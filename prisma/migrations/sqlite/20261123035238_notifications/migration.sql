-- CreateTable
CREATE TABLE "Receiver" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "firstSeenMs" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "key" TEXT NOT NULL,
    "receiver" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "queuedMs" BIGINT NOT NULL,
    "dueMs" BIGINT NOT NULL,
    "endedMs" BIGINT,
    "reason" TEXT
);

-- CreateTable
CREATE TABLE "DeliveryAttempt" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "receiver" TEXT NOT NULL,
    "delivery" TEXT,
    "title" TEXT NOT NULL,
    "atMs" BIGINT NOT NULL,
    "durationMs" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT
);

-- CreateTable
CREATE TABLE "GithubIssue" (
    "receiver" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "isOpen" BOOLEAN NOT NULL,

    PRIMARY KEY ("receiver", "cause")
);

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_key_key" ON "Delivery"("key");

-- CreateIndex
CREATE INDEX "Delivery_receiver_state_id_idx" ON "Delivery"("receiver", "state", "id");

-- CreateIndex
CREATE INDEX "Delivery_queuedMs_idx" ON "Delivery"("queuedMs");

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_receiver_event_key" ON "Delivery"("receiver", "event");

-- CreateIndex
CREATE INDEX "DeliveryAttempt_receiver_id_idx" ON "DeliveryAttempt"("receiver", "id");

-- CreateIndex
CREATE INDEX "DeliveryAttempt_atMs_idx" ON "DeliveryAttempt"("atMs");
