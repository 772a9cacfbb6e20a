package dev.cortado.drivers.scsi;

import dev.cortado.drivers.block.OtherMediumException;
import dev.cortado.drivers.block.controller.DiskCommands;
import dev.cortado.drivers.block.controller.DiskTransfer;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Commands to a drive with a CD or the like (MMC-6), which is only read. When there may be another
 * disc than the one that was found, nothing is read any more: nobody would know of which it is.
 */
final class ScsiDisc implements DiskCommands {
    private final ScsiTransport transport;
    private final ScsiAddress address;
    private final String name;
    private final int blockShift;

    /** The drive tells of a change once: until that is known here, nobody reads on. */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean isChanged;

    ScsiDisc(ScsiTransport transport, ScsiAddress address, String name, int blockBytes) {
        this.transport = transport;
        this.address = address;
        this.name = name;
        blockShift = Integer.numberOfTrailingZeros(blockBytes);
    }

    @Override
    public boolean isAlive() {
        return transport.isAlive();
    }

    @Override
    public boolean isDisc() {
        return true;
    }

    @Override
    public void run(DiskTransfer transfer) throws IOException {
        if (transfer.isWrite()) {
            throw new IOException(name + ": it is read-only");
        }
        ScsiCommand command = ScsiCommand.transfer(transfer, blockShift);
        ScsiAnswer answer = ask(command);
        for (int i = 1; i < ScsiUnit.MOST_TRIES && answer.isPassing(); i++) {
            answer = ask(command);
        }
        answer.check(name, command);
    }

    private ScsiAnswer ask(ScsiCommand command) throws IOException {
        lock.lock();
        try {
            ScsiAnswer answer = isChanged ? null : transport.run(address, command);
            if (answer == null || answer.tellsOfChange()) {
                isChanged = true;
                throw new OtherMediumException(name + ": its disc was changed");
            }
            return answer;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() {
        // Nothing was written.
    }

    @Override
    public void discard(long position, long length) throws IOException {
        throw new IOException(name + ": it is read-only");
    }
}
