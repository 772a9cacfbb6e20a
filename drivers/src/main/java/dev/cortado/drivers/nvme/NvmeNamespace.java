package dev.cortado.drivers.nvme;

import dev.cortado.drivers.block.controller.DiskCommands;
import dev.cortado.drivers.block.controller.DiskGeometry;
import dev.cortado.drivers.block.controller.DiskTransfer;
import dev.cortado.drivers.block.controller.Request;
import java.io.IOException;

/** Commands to one namespace (6), over the queue of the CPU that one runs on. */
final class NvmeNamespace implements DiskCommands {
    private final NvmeController controller;
    private final int namespace;
    private final int blockShift;
    private final boolean cachesWrites;

    NvmeNamespace(
            NvmeController controller, int namespace, DiskGeometry geometry, boolean cachesWrites) {
        this.controller = controller;
        this.namespace = namespace;
        this.cachesWrites = cachesWrites;
        blockShift = Integer.numberOfTrailingZeros(geometry.blockBytes());
    }

    @Override
    public boolean isAlive() {
        return controller.isAlive();
    }

    @Override
    public void run(DiskTransfer transfer) throws IOException {
        controller.queue().run(command(transfer));
    }

    @Override
    public Request<Boolean> begin(DiskTransfer transfer, boolean waits) throws IOException {
        return controller.queue().begin(command(transfer), waits);
    }

    private NvmeCommand command(DiskTransfer transfer) {
        return NvmeCommand.transfer(
                transfer.isWrite() ? NvmeCommand.WRITE : NvmeCommand.READ,
                namespace,
                transfer.position() >>> blockShift,
                transfer.length() >>> blockShift,
                transfer.address(),
                transfer.length());
    }

    /** Without a cache, what was written is kept when its command ends. */
    @Override
    public void flush() throws IOException {
        if (cachesWrites) {
            controller.queue().run(NvmeCommand.flush(namespace));
        }
    }

    @Override
    public void discard(long position, long length) throws IOException {
        controller.deallocate(namespace, position >>> blockShift, length >>> blockShift);
    }
}
