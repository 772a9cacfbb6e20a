package dev.cortado.drivers.ata.ahci;

import dev.cortado.drivers.ata.AtaCommand;
import dev.cortado.drivers.ata.AtaIdentity;
import dev.cortado.drivers.ata.AtaTransport;
import dev.cortado.drivers.ata.PacketAnswer;
import dev.cortado.drivers.ata.PacketIdentity;
import dev.cortado.drivers.ata.PacketPort;
import dev.cortado.drivers.ata.TrimRanges;
import dev.cortado.drivers.block.controller.Request;
import dev.cortado.drivers.block.controller.RequestGroup;
import dev.cortado.drivers.block.controller.RequestTable;
import java.io.IOException;
import java.util.function.IntFunction;

/**
 * A disk's port. Where the disk queues, transfers are queued, and all else is done alone. After an
 * error, the port is reset, which ends all commands: each is made again alone, and then it is known
 * whose error it was. When the link was lost, the disk may be another one: the driver is at its
 * end, and the next one asks.
 */
final class AhciPort implements AtaTransport, PacketPort {
    /** Answers: it is done, the disk's error with its registers, or it is to be made again. */
    private static final long DONE = 0;

    private static final long AGAIN = -1;

    private final PortRegisters registers;
    private final PortMemory memory;
    private final RequestGroup requests;
    private final RequestTable table;
    private boolean queues;

    // Guarded by the table's lock.
    private int issued;
    private boolean isAlone;

    AhciPort(PortRegisters registers, PortMemory memory, RequestGroup requests, int slots) {
        this.registers = registers;
        this.memory = memory;
        this.requests = requests;
        table = requests.table(slots);
    }

    @Override
    public String name() {
        return registers.name();
    }

    /** The same in each life of the driver. */
    String place() {
        return registers.place();
    }

    /** Whether it has a drive for CDs, and no disk. */
    boolean takesPackets() {
        return registers.takesPackets();
    }

    /** Asks the disk what it is; afterwards it queues if it can. */
    AtaIdentity identify(boolean controllerQueues) throws IOException {
        AtaIdentity found = AtaIdentity.of(name(), identity(AtaCommand.IDENTIFY_DEVICE));
        queues = controllerQueues && found.queueDepth() >= table.slots();
        return found;
    }

    /** The same for a drive that takes packets. */
    PacketIdentity identifyPacketDrive() throws IOException {
        return PacketIdentity.of(name(), identity(AtaCommand.IDENTIFY_PACKET_DEVICE));
    }

    private byte[] identity(int code) throws IOException {
        byte[] identity = new byte[AtaIdentity.BYTES];
        alone(
                slot ->
                        new AtaCommand(
                                code, 0, 0, memory.dataDeviceAddress(slot), identity.length, false),
                slot -> {
                    int bytes = memory.transferred(slot);
                    if (bytes != identity.length) {
                        throw new IOException(name() + ": an identity of " + bytes + " bytes");
                    }
                    memory.memory().copyOut(memory.dataAddress(slot), identity, 0, identity.length);
                });
        return identity;
    }

    @Override
    public PacketAnswer packet(AtaCommand command) throws IOException {
        return table.runAlone(
                slot -> submit(slot, command, false),
                (slot, answer) -> {
                    boolean isShort = memory.transferred(slot) < command.bytes();
                    // What went wrong on the way, the drive need not know.
                    boolean isLost = answer != DONE && (answer & AtaCommand.STATUS_ERR) == 0;
                    return new PacketAnswer((int) answer & 0xff, isShort, isLost);
                });
    }

    @Override
    public boolean isAlive() {
        return requests.isAlive();
    }

    @Override
    public void run(AtaCommand command) throws IOException {
        boolean isQueued = command.mayQueue() && queues;
        if (!isQueued || !begin(command, true).await()) {
            alone(slot -> command, slot -> {});
        }
    }

    @Override
    public Request<Boolean> begin(AtaCommand command, boolean waits) throws IOException {
        if (!command.mayQueue() || !queues) {
            run(command);
            return Request.ended(true);
        }
        return table.begin(
                slot -> submit(slot, command, true), (slot, answer) -> answer != AGAIN, waits);
    }

    @Override
    public void trim(long block, long blocks) throws IOException {
        alone(
                slot -> {
                    TrimRanges.write(memory.memory(), memory.dataAddress(slot), block, blocks);
                    return TrimRanges.command(memory.dataDeviceAddress(slot));
                },
                slot -> {});
    }

    /** What is to be done with an answer. */
    private interface Result {
        void take(int slot) throws IOException;
    }

    private void alone(IntFunction<AtaCommand> ofSlot, Result result) throws IOException {
        AtaCommand[] made = new AtaCommand[1];
        table.runAlone(
                slot -> {
                    made[0] = ofSlot.apply(slot);
                    submit(slot, made[0], false);
                },
                (slot, answer) -> {
                    if (answer != DONE) {
                        throw made[0].error(name(), answer);
                    }
                    result.take(slot);
                    return null;
                });
    }

    private void submit(int slot, AtaCommand command, boolean isQueued) {
        memory.write(slot, command, isQueued);
        issued |= 1 << slot;
        isAlone = !isQueued;
        registers.issue(slot, isQueued);
    }

    /** Takes the answers that there are. By the thread that serves interrupts. */
    void serve() {
        table.serve(this::take);
    }

    private void take() throws IOException {
        int causes = registers.takeCauses();
        if (PortRegisters.isLinkChange(causes)) {
            boolean isThere = registers.isEstablished();
            throw new IOException(
                    name()
                            + (isThere
                                    ? ": its link was lost"
                                    : ": the disk is not there any more"));
        }
        if (PortRegisters.isError(causes)) {
            recover();
            return;
        }
        int done = issued & ~registers.busySlots();
        finish(done, DONE);
    }

    private void finish(int slots, long answer) throws IOException {
        issued &= ~slots;
        for (int left = slots; left != 0; left &= left - 1) {
            table.finish(Integer.numberOfTrailingZeros(left), answer);
        }
    }

    /** Of a command that was alone, we know the error; of others, that they were not done. */
    private void recover() throws IOException {
        long error = registers.taskFile() & 0xffff;
        int done = issued & ~registers.busySlots();
        try {
            if (isAlone && registers.takesPackets()) {
                registers.restart();
            } else {
                registers.reset();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(name() + ": interrupted while it was reset", e);
        }
        if (isAlone) {
            finish(issued, error == DONE ? AtaCommand.STATUS_ERR : error);
        } else {
            finish(done, DONE);
            finish(issued, AGAIN);
        }
    }
}
