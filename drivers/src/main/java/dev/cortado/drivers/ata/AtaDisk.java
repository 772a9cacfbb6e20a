package dev.cortado.drivers.ata;

import dev.cortado.drivers.block.controller.CommandDisk;
import dev.cortado.drivers.block.controller.DiskCommands;
import dev.cortado.drivers.block.controller.DiskGeometry;
import dev.cortado.drivers.block.controller.DiskTransfer;
import dev.cortado.drivers.block.controller.Request;
import java.io.IOException;

/** Commands to one disk. */
public final class AtaDisk implements DiskCommands {
    /** Of a count of 8 bits, in which 0 means 256; and of one of 16. */
    private static final int MOST_BLOCKS_SHORT = 1 << 8;

    private static final int MOST_BLOCKS_LONG = 1 << 16;

    private final AtaTransport transport;
    private final AtaIdentity identity;
    private final int blockShift;

    private AtaDisk(AtaTransport transport, AtaIdentity identity, DiskGeometry geometry) {
        this.transport = transport;
        this.identity = identity;
        blockShift = Integer.numberOfTrailingZeros(geometry.blockBytes());
    }

    /**
     * A disk as it has identified itself.
     *
     * @param mostBytes that the controller transfers with a command
     * @param addressLimit all addresses that it reaches are below
     * @throws IOException it cannot be used
     */
    public static CommandDisk of(
            String name,
            AtaTransport transport,
            AtaIdentity identity,
            long mostBytes,
            long addressLimit)
            throws IOException {
        long most = identity.isLong() ? MOST_BLOCKS_LONG : MOST_BLOCKS_SHORT;
        long block = identity.blockBytes();
        DiskGeometry geometry =
                DiskGeometry.of(
                        name,
                        identity.serialNumber(),
                        identity.blocks(),
                        block,
                        false,
                        Math.min(mostBytes, most * block),
                        identity.canTrim() ? TrimRanges.MOST_BLOCKS * block : 0);
        return new CommandDisk(geometry, new AtaDisk(transport, identity, geometry), addressLimit);
    }

    @Override
    public boolean isAlive() {
        return transport.isAlive();
    }

    @Override
    public void run(DiskTransfer transfer) throws IOException {
        transport.run(command(transfer));
    }

    @Override
    public Request<Boolean> begin(DiskTransfer transfer, boolean waits) throws IOException {
        return transport.begin(command(transfer), waits);
    }

    private AtaCommand command(DiskTransfer transfer) {
        return new AtaCommand(
                transfer.isWrite() ? writeCode() : readCode(),
                transfer.position() >>> blockShift,
                transfer.length() >>> blockShift,
                transfer.address(),
                transfer.length(),
                identity.queueDepth() > 0);
    }

    private int readCode() {
        return identity.isLong() ? AtaCommand.READ_DMA_EXT : AtaCommand.READ_DMA;
    }

    private int writeCode() {
        return identity.isLong() ? AtaCommand.WRITE_DMA_EXT : AtaCommand.WRITE_DMA;
    }

    @Override
    public void flush() throws IOException {
        if (identity.flush() != 0) {
            transport.run(new AtaCommand(identity.flush(), 0, 0, 0, 0, false));
        }
    }

    @Override
    public void discard(long position, long length) throws IOException {
        transport.trim(position >>> blockShift, length >>> blockShift);
    }
}
