package dev.cortado.drivers.nvme;

import dev.cortado.drivers.block.controller.DiskCommands;
import dev.cortado.drivers.block.controller.DiskGeometry;
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
    public void read(long position, long address, int length) throws IOException {
        transfer(NvmeCommand.READ, position, address, length);
    }

    @Override
    public void write(long position, long address, int length) throws IOException {
        transfer(NvmeCommand.WRITE, position, address, length);
    }

    private void transfer(int opcode, long position, long address, int length) throws IOException {
        controller
                .queue()
                .run(
                        NvmeCommand.transfer(
                                opcode,
                                namespace,
                                position >>> blockShift,
                                length >>> blockShift,
                                address,
                                length));
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
