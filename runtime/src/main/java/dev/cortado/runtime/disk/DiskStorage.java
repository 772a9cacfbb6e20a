package dev.cortado.runtime.disk;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.StoragePart;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A driver's disk as file systems see it. Bytes are copied into memory that is made for devices and
 * from it, but for those of direct buffers, where the device takes them as they are.
 */
final class DiskStorage implements Storage {
    /** Errors that are told, each; of those that follow, only some. */
    private static final int MOST_TOLD = 8;

    private final String name;
    private final BlockDevice device;
    private final TransferBuffers buffers;
    private final StraightTransfers straight;
    private final Consumer<String> log;
    private final AtomicInteger errors = new AtomicInteger();

    /**
     * @param frames of direct buffers
     * @param log hears of errors: a FileException has no room for what exactly it was
     */
    DiskStorage(
            String name,
            BlockDevice device,
            TransferBuffers buffers,
            ProgramFrames frames,
            Consumer<String> log) {
        this.name = name;
        this.device = device;
        this.buffers = buffers;
        straight = new StraightTransfers(device, frames);
        this.log = log;
    }

    private void check(long position, long length) throws FileException {
        long mask = sectorBytes() - 1L;
        if (position < 0
                || length < 0
                || (position & mask) != 0
                || (length & mask) != 0
                || position > bytes() - length) {
            throw new FileException(Errno.EINVAL, name);
        }
    }

    /** One more error: each of the first ones, then one of twice as many. */
    private FileException fail(IOException why) {
        int count = errors.incrementAndGet();
        if (count <= MOST_TOLD || Integer.bitCount(count) == 1) {
            log.accept(name + ": " + why.getMessage());
        }
        return new FileException(Errno.EIO, name);
    }

    /** The disk has become smaller since the place was checked. */
    private FileException smaller() {
        return new FileException(Errno.EINVAL, name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long bytes() {
        return device.bytes();
    }

    @Override
    public int sectorBytes() {
        return device.blockBytes();
    }

    @Override
    public int physicalBytes() {
        return device.physicalBytes();
    }

    @Override
    public boolean isReadOnly() {
        return device.isReadOnly();
    }

    @Override
    public boolean canDiscard() {
        return device.canDiscard();
    }

    @Override
    public void read(long position, ByteBuffer to) throws FileException {
        check(position, to.remaining());
        for (long at = position; to.hasRemaining(); ) {
            at += readPiece(at, to);
        }
    }

    private boolean isDoneStraight(boolean isWrite, long position, ByteBuffer bytes)
            throws FileException {
        try {
            return straight.run(isWrite, position, bytes);
        } catch (IOException e) {
            throw fail(e);
        } catch (IllegalArgumentException e) {
            throw smaller();
        }
    }

    private int readPiece(long position, ByteBuffer to) throws FileException {
        int left = to.remaining();
        if (isDoneStraight(false, position, to)) {
            return left - to.remaining();
        }
        return transfer(
                to.remaining(),
                (buffer, length) -> {
                    device.read(position, buffer.block(), 0, length);
                    to.put(to.position(), buffer.bytes(), 0, length);
                    to.position(to.position() + length);
                });
    }

    @Override
    public void write(long position, ByteBuffer from) throws FileException {
        if (isReadOnly()) {
            throw new FileException(Errno.EROFS, name);
        }
        check(position, from.remaining());
        for (long at = position; from.hasRemaining(); ) {
            at += writePiece(at, from);
        }
    }

    private int writePiece(long position, ByteBuffer from) throws FileException {
        int left = from.remaining();
        if (isDoneStraight(true, position, from)) {
            return left - from.remaining();
        }
        return transfer(
                from.remaining(),
                (buffer, length) -> {
                    buffer.bytes().put(0, from, from.position(), length);
                    device.write(position, buffer.block(), 0, length);
                    from.position(from.position() + length);
                });
    }

    @Override
    public void writeAll(List<StoragePart> parts) throws FileException {
        if (isReadOnly()) {
            throw new FileException(Errno.EROFS, name);
        }
        transferAll(parts, this::writeTogether);
    }

    @Override
    public void readAll(List<StoragePart> parts) throws FileException {
        transferAll(parts, this::readTogether);
    }

    private interface Together {
        void run(List<PartQueue.Piece> pieces, TransferBuffer buffer) throws IOException;
    }

    /** As many of them together as a buffer has room for. */
    private void transferAll(List<StoragePart> parts, Together together) throws FileException {
        PartQueue left = new PartQueue();
        FileException failure = null;
        for (StoragePart part : parts) {
            try {
                check(part.position(), part.bytes().remaining());
                left.add(part);
            } catch (FileException e) {
                failure = failure == null ? e : failure;
            }
        }
        boolean hasBuffer = true;
        while (left.bytes() > 0 && hasBuffer) {
            long before = left.bytes();
            try {
                transfer(before, (buffer, length) -> together.run(left.take(length), buffer));
            } catch (FileException e) {
                failure = failure == null ? e : failure;
                hasBuffer = left.bytes() < before;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void writeTogether(List<PartQueue.Piece> pieces, TransferBuffer buffer)
            throws IOException {
        List<BlockTransfer> transfers = new ArrayList<>();
        for (PartQueue.Piece piece : pieces) {
            int at = piece.offset();
            int length = piece.length();
            buffer.bytes().put(at, piece.bytes(), 0, length);
            transfers.add(BlockTransfer.write(piece.position(), buffer.block(), at, length));
        }
        device.transfer(transfers);
        Failures.throwIfAny(Failures.of(transfers));
    }

    private void readTogether(List<PartQueue.Piece> pieces, TransferBuffer buffer)
            throws IOException {
        List<BlockTransfer> transfers = new ArrayList<>();
        for (PartQueue.Piece piece : pieces) {
            long at = piece.offset();
            transfers.add(BlockTransfer.read(piece.position(), buffer.block(), at, piece.length()));
        }
        device.transfer(transfers);
        Failures.throwIfAny(Failures.of(transfers));
        for (PartQueue.Piece piece : pieces) {
            piece.bytes().put(0, buffer.bytes(), piece.offset(), piece.length());
        }
    }

    private interface Piece {
        void run(TransferBuffer buffer, int length) throws IOException;
    }

    /**
     * Does as much as a buffer has room for.
     *
     * @return how many bytes
     */
    private int transfer(long remaining, Piece piece) throws FileException {
        boolean isUsable = false;
        TransferBuffer buffer = null;
        try {
            buffer = buffers.take(remaining);
            int length = (int) Math.min(remaining, buffer.size());
            piece.run(buffer, length);
            isUsable = true;
            return length;
        } catch (IOException e) {
            isUsable = Failures.isDone(e);
            throw fail(e);
        } catch (IllegalArgumentException e) {
            isUsable = true;
            throw smaller();
        } finally {
            if (buffer != null && isUsable) {
                buffers.giveBack(buffer);
            } else if (buffer != null) {
                buffers.abandon(buffer);
            }
        }
    }

    @Override
    public void flush() throws FileException {
        try {
            device.flush();
        } catch (IOException e) {
            throw fail(e);
        }
    }

    /** By the device, where it does that of itself. */
    @Override
    public void zero(long position, long length) throws FileException {
        check(position, length);
        if (device.canWriteZeroes() && !isReadOnly()) {
            try {
                device.writeZeroes(position, length);
                return;
            } catch (IOException e) {
                // Some say that they can, and cannot; an error of the disk's comes again.
            } catch (IllegalArgumentException e) {
                throw new FileException(Errno.EINVAL, name);
            }
        }
        Storage.super.zero(position, length);
    }

    @Override
    public void discard(long position, long length) throws FileException {
        check(position, length);
        try {
            device.discard(position, length);
        } catch (IllegalArgumentException e) {
            throw new FileException(Errno.EINVAL, name());
        } catch (IOException e) {
            throw fail(e);
        }
    }
}
