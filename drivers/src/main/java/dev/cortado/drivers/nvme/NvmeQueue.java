package dev.cortado.drivers.nvme;

import dev.cortado.drivers.block.controller.Request;
import dev.cortado.drivers.block.controller.RequestTable;
import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.RingMemory;
import java.io.IOException;

/**
 * A submission queue and its completion queue (4.1), for as many commands at once as its table has
 * slots, of which a queue has more: it is never full. A command's identifier is its slot.
 */
final class NvmeQueue {
    static final int SUBMISSION_SHIFT = 6;
    static final int COMPLETION_SHIFT = 4;

    /** Of a completion (4.6): status field, phase tag and command identifier are dword 3. */
    private static final int COMPLETION_RESULT = 0;

    private static final int COMPLETION_DWORD_2 = 8;
    private static final int COMPLETION_DWORD_3 = 12;
    private static final int SQID_SHIFT = 16;
    private static final int CID = 0xffff;
    private static final int PHASE = 1 << 16;
    private static final int STATUS_SHIFT = 17;

    private final String name;
    private final int number;
    private final NvmeRegisters registers;
    private final RingMemory memory;
    private final RequestTable table;
    private final int entries;
    private final DeviceBlock submissions;
    private final DeviceBlock completions;
    private final PrpLists lists;

    // Guarded by the table's lock.
    private int tail;
    private int head;
    private int phase = PHASE;

    /**
     * @param number 0 is the admin queue
     * @param entries of each, more than the table's slots
     * @param mostBytes that a command transfers
     */
    NvmeQueue(
            PciAccess access,
            NvmeRegisters registers,
            int number,
            int entries,
            RequestTable table,
            int mostBytes)
            throws IOException {
        this.name = access.name();
        this.number = number;
        this.registers = registers;
        this.memory = access.memory();
        this.table = table;
        this.entries = entries;
        submissions =
                access.frames()
                        .allocate((long) entries << SUBMISSION_SHIFT, BuddyAllocator.NO_LIMIT);
        completions =
                access.frames()
                        .allocate((long) entries << COMPLETION_SHIFT, BuddyAllocator.NO_LIMIT);
        lists = new PrpLists(access, table.slots(), mostBytes);
    }

    int number() {
        return number;
    }

    int entries() {
        return entries;
    }

    long submissionAddress() {
        return submissions.device();
    }

    long completionAddress() {
        return completions.device();
    }

    /**
     * Carries out a command.
     *
     * @return dword 0 of its completion
     * @throws IOException the controller says that it was not done
     */
    int run(NvmeCommand command) throws IOException {
        return table.run(
                slot -> submit(slot, command), (slot, answer) -> conclude(command, answer));
    }

    /**
     * Begins a command, of whose completion only matters that it was done.
     *
     * @param waits as {@link RequestTable#begin}
     */
    Request<Boolean> begin(NvmeCommand command, boolean waits) throws IOException {
        return table.begin(
                slot -> submit(slot, command),
                (slot, answer) -> {
                    conclude(command, answer);
                    return true;
                },
                waits);
    }

    /** Says that nobody needs blocks of a namespace any more. */
    void deallocate(int namespace, long block, long blocks) throws IOException {
        table.run(
                slot ->
                        submit(
                                slot,
                                NvmeCommand.deallocate(
                                        namespace, lists.range(slot, block, blocks))),
                (slot, answer) -> conclude(NvmeCommand.deallocate(namespace, 0), answer));
    }

    private int conclude(NvmeCommand command, long answer) throws IOException {
        int status = (int) (answer >>> Integer.SIZE);
        if (status != 0) {
            throw new IOException(name + ": " + NvmeStatus.text(command, status));
        }
        return (int) answer;
    }

    private void submit(int slot, NvmeCommand command) {
        long entry = (long) tail << SUBMISSION_SHIFT;
        long second = lists.second(slot, command.address(), command.bytes());
        command.write(memory, submissions.address(entry, 1 << SUBMISSION_SHIFT), slot, second);
        tail = (tail + 1) % entries;
        memory.fullFence();
        registers.writeSubmissionTail(number, tail);
    }

    /** Takes the answers that there are. */
    void serve() {
        table.serve(this::take);
    }

    private void take() throws IOException {
        int before = head;
        while (true) {
            long at = completions.address((long) head << COMPLETION_SHIFT, 1 << COMPLETION_SHIFT);
            int last = memory.readIntAcquire(at + COMPLETION_DWORD_3);
            if ((last & PHASE) != phase) {
                break;
            }
            int queue = memory.readIntAcquire(at + COMPLETION_DWORD_2) >>> SQID_SHIFT;
            if (queue != number) {
                throw new IOException(
                        name + ": queue " + number + " has an answer to one of queue " + queue);
            }
            int result = memory.readIntAcquire(at + COMPLETION_RESULT);
            int status = last >>> STATUS_SHIFT;
            table.finish(
                    last & CID, (long) status << Integer.SIZE | Integer.toUnsignedLong(result));
            head++;
            if (head == entries) {
                head = 0;
                phase ^= PHASE;
            }
        }
        if (head != before) {
            registers.writeCompletionHead(number, head);
        }
    }
}
