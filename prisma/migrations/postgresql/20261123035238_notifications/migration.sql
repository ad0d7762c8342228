-- CreateTable
CREATE TABLE "Receiver" (
    "id" TEXT COLLATE "C" NOT NULL,
    "firstSeenMs" BIGINT NOT NULL,

    CONSTRAINT "Receiver_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "id" SERIAL NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "receiver" TEXT COLLATE "C" NOT NULL,
    "event" TEXT COLLATE "C" NOT NULL,
    "body" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "queuedMs" BIGINT NOT NULL,
    "dueMs" BIGINT NOT NULL,
    "endedMs" BIGINT,
    "reason" TEXT COLLATE "C",

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeliveryAttempt" (
    "id" SERIAL NOT NULL,
    "receiver" TEXT COLLATE "C" NOT NULL,
    "delivery" TEXT COLLATE "C",
    "title" TEXT COLLATE "C" NOT NULL,
    "atMs" BIGINT NOT NULL,
    "durationMs" INTEGER NOT NULL,
    "outcome" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT COLLATE "C",

    CONSTRAINT "DeliveryAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GithubIssue" (
    "receiver" TEXT COLLATE "C" NOT NULL,
    "cause" TEXT COLLATE "C" NOT NULL,
    "number" INTEGER NOT NULL,
    "isOpen" BOOLEAN NOT NULL,

    CONSTRAINT "GithubIssue_pkey" PRIMARY KEY ("receiver","cause")
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
