package dev.cortado.drivers.nvme;

import dev.cortado.kernel.memory.RingMemory;

/**
 * A command (4.2), with as many dwords of its own as ours need.
 *
 * @param opcode one of the constants here
 * @param namespace that it is about; 0 if about none
 * @param address of its data, as the controller sees it: a multiple of 4
 * @param bytes of its data; 0 if it has none
 */
record NvmeCommand(
        int opcode, int namespace, long address, int bytes, int dword10, int dword11, int dword12) {
    /** Commands of the admin queue (5). */
    static final int CREATE_SUBMISSION_QUEUE = 0x01;

    static final int CREATE_COMPLETION_QUEUE = 0x05;
    static final int IDENTIFY = 0x06;
    static final int SET_FEATURES = 0x09;

    /** Commands of other queues (6). */
    static final int FLUSH = 0x00;

    static final int WRITE = 0x01;
    static final int READ = 0x02;
    static final int DATASET_MANAGEMENT = 0x09;

    private static final int CID_SHIFT = 16;

    /** Offsets of its dwords. */
    private static final int PRP_1 = 24;

    private static final int PRP_2 = 32;
    private static final int DWORD_10 = 40;
    private static final int DWORD_12 = 48;

    /** What to find out (5.15.1). */
    static final int CNS_NAMESPACE = 0x00;

    static final int CNS_CONTROLLER = 0x01;
    static final int CNS_ACTIVE_NAMESPACES = 0x02;

    /** 5.21.1.7. */
    private static final int FEATURE_QUEUES = 0x07;

    /** Of dword 11 of those that create queues (5.3, 5.4). */
    private static final int PHYSICALLY_CONTIGUOUS = 1;

    private static final int INTERRUPTS_ENABLED = 1 << 1;

    /** Of a range to deallocate (6.7): attributes, blocks, first block. */
    static final int RANGE_BYTES = 16;

    private static final int DEALLOCATE = 1 << 2;

    static NvmeCommand identify(int what, int namespace, long address, int bytes) {
        return new NvmeCommand(IDENTIFY, namespace, address, bytes, what, 0, 0);
    }

    static NvmeCommand setQueues(int count) {
        int pairs = count - 1 | count - 1 << Short.SIZE;
        return new NvmeCommand(SET_FEATURES, 0, 0, 0, FEATURE_QUEUES, pairs, 0);
    }

    /**
     * @param vector its message
     */
    static NvmeCommand createCompletionQueue(NvmeQueue queue, int vector) {
        int flags = PHYSICALLY_CONTIGUOUS | INTERRUPTS_ENABLED | vector << Short.SIZE;
        return create(CREATE_COMPLETION_QUEUE, queue, queue.completionAddress(), flags);
    }

    static NvmeCommand createSubmissionQueue(NvmeQueue queue) {
        int flags = PHYSICALLY_CONTIGUOUS | queue.number() << Short.SIZE;
        return create(CREATE_SUBMISSION_QUEUE, queue, queue.submissionAddress(), flags);
    }

    private static NvmeCommand create(int opcode, NvmeQueue queue, long address, int flags) {
        int sizeAndNumber = queue.entries() - 1 << Short.SIZE | queue.number();
        return new NvmeCommand(opcode, 0, address, Integer.BYTES, sizeAndNumber, flags, 0);
    }

    static NvmeCommand flush(int namespace) {
        return new NvmeCommand(FLUSH, namespace, 0, 0, 0, 0, 0);
    }

    /**
     * @param opcode {@link #READ} or {@link #WRITE}
     * @param blocks at least one
     */
    static NvmeCommand transfer(
            int opcode, int namespace, long block, int blocks, long address, int bytes) {
        return new NvmeCommand(
                opcode,
                namespace,
                address,
                bytes,
                (int) block,
                (int) (block >>> Integer.SIZE),
                blocks - 1);
    }

    /** Of one range, which is at the address. */
    static NvmeCommand deallocate(int namespace, long address) {
        return new NvmeCommand(
                DATASET_MANAGEMENT, namespace, address, RANGE_BYTES, 0, DEALLOCATE, 0);
    }

    /** Writes it as an entry of a queue. */
    void write(RingMemory memory, long at, int identifier, long secondPointer) {
        memory.writeLong(at, (long) namespace << Integer.SIZE | identifier << CID_SHIFT | opcode);
        for (int i = Long.BYTES; i < 1 << NvmeQueue.SUBMISSION_SHIFT; i += Long.BYTES) {
            memory.writeLong(at + i, 0);
        }
        memory.writeLong(at + PRP_1, address);
        memory.writeLong(at + PRP_2, secondPointer);
        memory.writeLong(
                at + DWORD_10, (long) dword11 << Integer.SIZE | Integer.toUnsignedLong(dword10));
        memory.writeLong(at + DWORD_12, Integer.toUnsignedLong(dword12));
    }
}
