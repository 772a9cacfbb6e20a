package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.block.BlockRange;
import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.block.RestartableBlockDevice;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A disk by one connection, until that ends: what has no answer then is asked of the next one. */
final class BlockLife implements RestartableBlockDevice.Life {
    private final String name;
    private final BlockConnection connection;
    private volatile BlockParameters parameters;

    /** Operations of which the backend said that it cannot do them after all. */
    private final Set<Integer> refused = ConcurrentHashMap.newKeySet();

    BlockLife(String name, BlockConnection connection, BlockParameters parameters) {
        this.name = name;
        this.connection = connection;
        this.parameters = parameters;
    }

    BlockConnection connection() {
        return connection;
    }

    BlockParameters parameters() {
        return parameters;
    }

    /** The backend says something else of its disk, such as that it has grown. */
    void setParameters(BlockParameters found) {
        parameters = found;
    }

    @Override
    public boolean isAlive() {
        return connection.isOpen();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long bytes() {
        return parameters.bytes();
    }

    @Override
    public int blockBytes() {
        return parameters.blockBytes();
    }

    @Override
    public boolean isReadOnly() {
        return parameters.readOnly();
    }

    @Override
    public boolean canDiscard() {
        boolean can = parameters.discardBytes() > 0 && !isReadOnly();
        return can && !refused.contains(BlockMessages.DISCARD);
    }

    @Override
    public void read(long position, DeviceBlock buffer, long offset, int length)
            throws IOException {
        transfer(BlockTransfer.read(position, buffer, offset, length));
    }

    @Override
    public void write(long position, DeviceBlock buffer, long offset, int length)
            throws IOException {
        transfer(BlockTransfer.write(position, buffer, offset, length));
    }

    private void transfer(BlockTransfer transfer) throws IOException {
        check(transfer);
        for (int done = 0; done < transfer.length(); ) {
            BlockOperation part = BlockOperation.part(transfer, done, connection.mostBytes());
            int status = connection.request(part);
            if (status != BlockMessages.STATUS_OKAY) {
                throw error(status, part.position(), part.length());
            }
            done += (int) part.length();
        }
    }

    private void check(BlockTransfer transfer) throws IOException {
        if (transfer.isWrite() && isReadOnly()) {
            throw new IOException(name + ": it is read-only");
        }
        BlockRange.check(this, transfer.position(), transfer.length());
        transfer.buffer().address(transfer.offset(), transfer.length());
        if (transfer.offset() % blockBytes() != 0) {
            throw new IllegalArgumentException(
                    name + ": blocks at " + transfer.offset() + " of a buffer");
        }
    }

    /** Together, as far as there is room; what was not made so, alone, which tells why. */
    @Override
    public void transfer(List<BlockTransfer> transfers) {
        JointOperation.make(connection, transfers, this::check)
                .forEach(transfer -> transfer.run(this));
    }

    private IOException error(int status, long position, long length) {
        String what = BlockMessages.text(status);
        return new IOException(name + ": " + what + " with " + length + " bytes at " + position);
    }

    /** By a barrier where there is no flush, which is as good; without both, nothing is cached. */
    @Override
    public void flush() throws IOException {
        boolean done = parameters.flush() && flush(BlockMessages.FLUSH_DISKCACHE);
        if (!done && parameters.barrier()) {
            flush(BlockMessages.WRITE_BARRIER);
        }
    }

    /** False if the backend cannot do that. */
    private boolean flush(int operation) throws IOException {
        return !refused.contains(operation) && command(operation, 0, 0);
    }

    /**
     * Makes a request without a buffer that a backend may refuse.
     *
     * @return false if it did
     */
    private boolean command(int operation, long position, long length) throws IOException {
        int status = connection.request(new BlockOperation(operation, position, null, 0, length));
        if (status == BlockMessages.STATUS_NOT_SUPPORTED) {
            refused.add(operation);
        } else if (status != BlockMessages.STATUS_OKAY) {
            throw error(status, position, length);
        }
        return status == BlockMessages.STATUS_OKAY;
    }

    /** Only whole pieces of what the backend can discard. */
    @Override
    public void discard(long position, long length) throws IOException {
        BlockRange.check(this, position, length);
        BlockParameters now = parameters;
        long piece = now.discardBytes();
        if (!canDiscard() || piece == 0) {
            return;
        }
        long first = now.firstPiece(position);
        long bytes = (position + length - first) / piece * piece;
        if (bytes > 0) {
            command(BlockMessages.DISCARD, first, bytes);
        }
    }
}
