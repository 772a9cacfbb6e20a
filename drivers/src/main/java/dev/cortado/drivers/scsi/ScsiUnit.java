package dev.cortado.drivers.scsi;

import dev.cortado.drivers.block.controller.DiskCommands;
import dev.cortado.drivers.block.controller.DiskTransfer;
import dev.cortado.drivers.block.controller.Request;
import java.io.IOException;

/** Commands to one unit that is a disk. */
final class ScsiUnit implements DiskCommands {
    /** Of a command whose reason to fail passes. */
    static final int MOST_TRIES = 16;

    private final ScsiTransport transport;
    private final ScsiAddress address;
    private final String name;
    private final int blockShift;

    ScsiUnit(ScsiTransport transport, ScsiAddress address, String name, int blockBytes) {
        this.transport = transport;
        this.address = address;
        this.name = name;
        blockShift = Integer.numberOfTrailingZeros(blockBytes);
    }

    /** Carries out a command, and again as long as that helps. */
    static ScsiAnswer run(ScsiTransport transport, ScsiAddress address, ScsiCommand command)
            throws IOException {
        ScsiAnswer answer = transport.run(address, command);
        for (int i = 1; i < MOST_TRIES && answer.isPassing(); i++) {
            answer = transport.run(address, command);
        }
        return answer;
    }

    private void run(ScsiCommand command) throws IOException {
        run(transport, address, command).check(name, command);
    }

    @Override
    public boolean isAlive() {
        return transport.isAlive();
    }

    @Override
    public void run(DiskTransfer transfer) throws IOException {
        run(ScsiCommand.transfer(transfer, blockShift));
    }

    @Override
    public Request<Boolean> begin(DiskTransfer transfer, boolean waits) throws IOException {
        ScsiCommand command = ScsiCommand.transfer(transfer, blockShift);
        return transport.begin(address, command, answer -> isMade(command, answer), waits);
    }

    /** False if it is to be made again. */
    private boolean isMade(ScsiCommand command, ScsiAnswer answer) throws IOException {
        boolean isPassing = answer.isPassing();
        if (!isPassing) {
            answer.check(name, command);
        }
        return !isPassing;
    }

    @Override
    public void flush() throws IOException {
        run(ScsiCommand.synchronizeCache());
    }

    @Override
    public void discard(long position, long length) throws IOException {
        run(ScsiCommand.unmap(position >>> blockShift, (int) (length >>> blockShift)));
    }
}
