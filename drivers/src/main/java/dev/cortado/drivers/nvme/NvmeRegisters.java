package dev.cortado.drivers.nvme;

import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.drivers.register.Registers;
import java.io.IOException;

/** A controller's registers (3.1), and its ways to be switched on and off (7.6.1, 7.3.2). */
final class NvmeRegisters {
    /** The base address that has them, of 64 bits. */
    private static final int BASE = 0;

    private static final int CAP = 0x00;
    private static final int CAP_UPPER = 0x04;
    private static final int VS = 0x08;
    private static final int CC = 0x14;
    private static final int CSTS = 0x1c;
    private static final int AQA = 0x24;
    private static final int ASQ = 0x28;
    private static final int ACQ = 0x30;
    private static final int DOORBELLS = 0x1000;

    /** Fields of CAP: the upper ones are counted from bit 32. */
    private static final int CAP_MQES = 0xffff;

    private static final int CAP_TO_SHIFT = 24;
    private static final int CAP_UPPER_DSTRD = 0xf;
    private static final int CAP_UPPER_CSS_NVM = 1 << 5;
    private static final int CAP_UPPER_MPSMIN_SHIFT = 16;
    private static final int CAP_UPPER_MPSMIN = 0xf;

    private static final int CC_EN = 1;
    private static final int CC_IOSQES_SHIFT = 16;
    private static final int CC_IOCQES_SHIFT = 20;

    private static final int CSTS_RDY = 1;
    private static final int CSTS_CFS = 1 << 1;

    private static final int AQA_ACQS_SHIFT = 16;

    /** TO counts these. */
    private static final int TIMEOUT_MILLIS = 500;

    private static final int POLL_MILLIS = 1;

    /** Of memory that is not there any more. */
    private static final int ALL_ONES = -1;

    /** From which on a list of the active namespaces is to be had (CNS 02h, 5.15.1). */
    private static final int VERSION_1_1 = 0x0001_0100;

    private final PciAccess access;
    private final Registers registers;
    private final int capabilities;
    private final int upperCapabilities;

    /**
     * @throws IOException no controller has such registers, or it has another command set
     */
    NvmeRegisters(PciAccess access) throws IOException {
        this.access = access;
        registers = access.registers(BASE);
        if (registers.bytes() < DOORBELLS + 2 * Integer.BYTES) {
            throw error(registers.bytes() + " bytes of registers");
        }
        capabilities = registers.read32(CAP);
        upperCapabilities = registers.read32(CAP_UPPER);
        if ((upperCapabilities & CAP_UPPER_CSS_NVM) == 0) {
            throw error("it does not have the NVM command set");
        }
        int smallestPage = upperCapabilities >>> CAP_UPPER_MPSMIN_SHIFT & CAP_UPPER_MPSMIN;
        if (smallestPage != 0) {
            throw error("its pages are larger than 4 KiB");
        }
    }

    private IOException error(String what) {
        return new IOException(access.name() + ": " + what);
    }

    /** The most entries of a queue, at least 2. */
    int mostEntries() {
        return Math.max(capabilities & CAP_MQES, 1) + 1;
    }

    boolean listsNamespaces() {
        return Integer.compareUnsigned(registers.read32(VS), VERSION_1_1) >= 0;
    }

    /** How many pairs of queues have doorbells there, the admin queue's among them. */
    int mostQueues() {
        return (int) Math.min((registers.bytes() - DOORBELLS) / (2L * stride()), 1 << 16);
    }

    private int stride() {
        return Integer.BYTES << (upperCapabilities & CAP_UPPER_DSTRD);
    }

    /** 3.1.24. */
    void writeSubmissionTail(int queue, int tail) {
        registers.write32(DOORBELLS + 2L * queue * stride(), tail);
    }

    /** 3.1.25. */
    void writeCompletionHead(int queue, int head) {
        registers.write32(DOORBELLS + (2L * queue + 1) * stride(), head);
    }

    /** Whether it says that it cannot go on, or is not there any more. */
    boolean isFatal() {
        int status = registers.read32(CSTS);
        return status == ALL_ONES || (status & CSTS_CFS) != 0;
    }

    /**
     * Resets the controller: it forgets its queues, and leaves memory alone.
     *
     * @throws IOException it does not do that in its own time
     */
    void disable() throws IOException, InterruptedException {
        registers.write32(CC, registers.read32(CC) & ~CC_EN);
        awaitReady(false);
    }

    /**
     * Starts the controller with 4 KiB pages, and with the admin queue.
     *
     * @param entries of its submission and completion queue, up to 4096
     */
    void enable(long submissions, long completions, int entries)
            throws IOException, InterruptedException {
        registers.write32(AQA, entries - 1 | entries - 1 << AQA_ACQS_SHIFT);
        write64(ASQ, submissions);
        write64(ACQ, completions);
        int sizes =
                NvmeQueue.SUBMISSION_SHIFT << CC_IOSQES_SHIFT
                        | NvmeQueue.COMPLETION_SHIFT << CC_IOCQES_SHIFT;
        registers.write32(CC, sizes | CC_EN);
        awaitReady(true);
    }

    private void write64(int offset, long value) {
        registers.write32(offset, (int) value);
        registers.write32(offset + Integer.BYTES, (int) (value >>> Integer.SIZE));
    }

    private void awaitReady(boolean ready) throws IOException, InterruptedException {
        int millis = Math.max(capabilities >>> CAP_TO_SHIFT, 1) * TIMEOUT_MILLIS;
        for (int waited = 0; ; waited += POLL_MILLIS) {
            int status = registers.read32(CSTS);
            if (status == ALL_ONES) {
                throw error("it is not there any more");
            }
            if ((status & CSTS_RDY) != 0 == ready) {
                return;
            }
            if (ready && (status & CSTS_CFS) != 0) {
                throw error("it does not start: a fatal status");
            }
            if (waited >= millis) {
                throw error("it does not " + (ready ? "start" : "stop") + " in " + millis + " ms");
            }
            access.sleep(POLL_MILLIS);
        }
    }
}
