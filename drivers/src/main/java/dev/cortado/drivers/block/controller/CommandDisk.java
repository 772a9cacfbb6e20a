package dev.cortado.drivers.block.controller;

import dev.cortado.drivers.block.BlockRange;
import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.block.JointRequests;
import dev.cortado.drivers.block.RestartableBlockDevice;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A disk of a controller, in one life of the driver: what callers want, cut into requests. */
public final class CommandDisk implements RestartableBlockDevice.Life {
    /** Controllers want their buffers at multiples of so many bytes. */
    private static final int ALIGNMENT = 4;

    private final DiskGeometry geometry;
    private final DiskCommands commands;
    private final long addressLimit;

    public CommandDisk(DiskGeometry geometry, DiskCommands commands) {
        this(geometry, commands, BuddyAllocator.NO_LIMIT);
    }

    /**
     * A disk of a controller that does not reach all addresses.
     *
     * @param addressLimit they are below
     */
    public CommandDisk(DiskGeometry geometry, DiskCommands commands, long addressLimit) {
        this.geometry = geometry;
        this.commands = commands;
        this.addressLimit = addressLimit;
    }

    @Override
    public boolean isAlive() {
        return commands.isAlive();
    }

    @Override
    public String name() {
        return geometry.name();
    }

    @Override
    public String serialNumber() {
        return geometry.serialNumber();
    }

    @Override
    public long bytes() {
        return geometry.bytes();
    }

    @Override
    public int blockBytes() {
        return geometry.blockBytes();
    }

    @Override
    public long addressLimit() {
        return addressLimit;
    }

    @Override
    public boolean takesAnyMemory() {
        return addressLimit == BuddyAllocator.NO_LIMIT;
    }

    @Override
    public boolean isReadOnly() {
        return geometry.isReadOnly();
    }

    @Override
    public boolean isDisc() {
        return commands.isDisc();
    }

    @Override
    public boolean canDiscard() {
        return geometry.mostDiscardBytes() > 0 && !isReadOnly();
    }

    @Override
    public void read(long position, DeviceBlock buffer, long offset, int length)
            throws IOException {
        for (DiskTransfer part : parts(BlockTransfer.read(position, buffer, offset, length))) {
            commands.run(part);
        }
    }

    @Override
    public void write(long position, DeviceBlock buffer, long offset, int length)
            throws IOException {
        for (DiskTransfer part : parts(BlockTransfer.write(position, buffer, offset, length))) {
            commands.run(part);
        }
    }

    /** Each with all of its parts under way, as far as there is room. */
    @Override
    public void transfer(List<BlockTransfer> transfers) {
        List<JointTransfer> again = new ArrayList<>();
        JointRequests.make(
                transfers,
                (whole, joint) -> {
                    for (DiskTransfer part : parts(whole)) {
                        if (whole.failure() == null) {
                            joint.begin(new JointTransfer(commands, whole, part, again));
                        }
                    }
                });
        again.forEach(JointTransfer::run);
    }

    /** What requests make of a transfer, if it can be made. */
    private List<DiskTransfer> parts(BlockTransfer transfer) throws IOException {
        if (transfer.isWrite() && isReadOnly()) {
            throw new IOException(name() + ": it is read-only");
        }
        int length = transfer.length();
        BlockRange.check(this, transfer.position(), length);
        long address = transfer.buffer().deviceAddress(transfer.offset(), length);
        if (address % ALIGNMENT != 0) {
            throw new IllegalArgumentException(
                    "%s: a buffer at offset %d, not a multiple of %d"
                            .formatted(name(), transfer.offset(), ALIGNMENT));
        }
        if (address > addressLimit - length) {
            throw new IllegalArgumentException(
                    name() + ": it does not reach address 0x" + Long.toHexString(address));
        }
        List<DiskTransfer> parts = new ArrayList<>();
        for (int done = 0; done < length; ) {
            int bytes = Math.min(length - done, geometry.mostBytes());
            parts.add(
                    new DiskTransfer(
                            transfer.isWrite(), transfer.position() + done, address + done, bytes));
            done += bytes;
        }
        return parts;
    }

    @Override
    public void flush() throws IOException {
        commands.flush();
    }

    @Override
    public void discard(long position, long length) throws IOException {
        BlockRange.check(this, position, length);
        for (long done = 0; canDiscard() && done < length; ) {
            long bytes = Math.min(length - done, geometry.mostDiscardBytes());
            commands.discard(position + done, bytes);
            done += bytes;
        }
    }
}
