package dev.cortado.runtime.file.storage.transaction;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A disk of a test: an array that grows up to a size, whose requests are counted, may be logged,
 * and fail on demand.
 */
public final class MemoryStorage implements Storage {
    private static final int FIRST_BYTES = 1 << 16;

    /** What was done to it, in order. */
    public sealed interface Event {}

    public record Write(long position, byte[] bytes) implements Event {}

    public record Flush() implements Event {}

    /** What a request is. */
    public enum Request {
        READ,
        WRITE,
        FLUSH,
        DISCARD
    }

    /** Whether a request fails with EIO. */
    @FunctionalInterface
    public interface Faults {
        boolean fails(Request request, long position, long length);
    }

    private final long size;
    private final int sectorBytes;
    private final List<Event> log = new ArrayList<>();
    private byte[] bytes;
    private boolean isReadOnly;
    private boolean isLogging;
    private Faults faults = (request, position, length) -> false;
    private long reads;
    private long writes;
    private long flushes;
    private boolean canDiscard = true;
    private long discards;
    private long discardedBytes;

    /**
     * @param size in bytes; below 2 GiB
     */
    public MemoryStorage(long size) {
        this(size, 512);
    }

    public MemoryStorage(long size, int sectorBytes) {
        this.size = size;
        this.sectorBytes = sectorBytes;
        bytes = new byte[(int) Math.min(size, FIRST_BYTES)];
    }

    /** One that has the bytes of an image, which it keeps and changes. */
    public static MemoryStorage of(byte[] image) {
        MemoryStorage storage = new MemoryStorage(image.length);
        storage.bytes = image;
        return storage;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public long bytes() {
        return size;
    }

    @Override
    public int sectorBytes() {
        return sectorBytes;
    }

    @Override
    public synchronized boolean isReadOnly() {
        return isReadOnly;
    }

    public synchronized void setReadOnly(boolean isNowReadOnly) {
        isReadOnly = isNowReadOnly;
    }

    @Override
    public synchronized boolean canDiscard() {
        return canDiscard;
    }

    public synchronized void setCanDiscard(boolean canDiscardNow) {
        canDiscard = canDiscardNow;
    }

    @Override
    public synchronized void read(long position, ByteBuffer to) throws FileException {
        int length = to.remaining();
        check(position, length);
        reads++;
        failIf(Request.READ, position, length);
        int there = (int) Math.clamp(bytes.length - position, 0, length);
        to.put(bytes, (int) Math.min(position, bytes.length), there);
        to.put(new byte[length - there]);
    }

    @Override
    public synchronized void write(long position, ByteBuffer from) throws FileException {
        int length = from.remaining();
        check(position, length);
        if (isReadOnly) {
            throw new FileException(Errno.EROFS);
        }
        writes++;
        failIf(Request.WRITE, position, length);
        byte[] written = new byte[length];
        from.get(written);
        apply(position, written);
        if (isLogging) {
            log.add(new Write(position, written));
        }
    }

    private void apply(long position, byte[] written) {
        int end = (int) position + written.length;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(size, Math.max(end, 2L * bytes.length)));
        }
        System.arraycopy(written, 0, bytes, (int) position, written.length);
    }

    @Override
    public synchronized void flush() throws FileException {
        flushes++;
        failIf(Request.FLUSH, 0, 0);
        if (isLogging) {
            log.add(new Flush());
        }
    }

    @Override
    public synchronized void discard(long position, long length) throws FileException {
        check(position, length);
        discards++;
        failIf(Request.DISCARD, position, length);
        discardedBytes += length;
        byte[] nothing = new byte[(int) length];
        Arrays.fill(nothing, (byte) 0xDD);
        apply(position, nothing);
        if (isLogging) {
            log.add(new Write(position, nothing));
        }
    }

    private void check(long position, long length) throws FileException {
        boolean isAligned = position % sectorBytes == 0 && length % sectorBytes == 0;
        if (!isAligned || position < 0 || length > size - position) {
            throw new FileException(Errno.EINVAL, "memory: " + length + " at " + position);
        }
    }

    private void failIf(Request request, long position, long length) throws FileException {
        if (faults.fails(request, position, length)) {
            throw new FileException(Errno.EIO, "memory: " + request + " at " + position);
        }
    }

    /** From now on, decides which requests fail. */
    public synchronized void setFaults(Faults newFaults) {
        faults = newFaults;
    }

    /** Writes and flushes are logged from now on. */
    public synchronized void startLog() {
        isLogging = true;
    }

    public synchronized List<Event> log() {
        return List.copyOf(log);
    }

    /** A copy of all bytes. */
    public synchronized byte[] image() {
        return Arrays.copyOf(bytes, (int) size);
    }

    public synchronized long reads() {
        return reads;
    }

    public synchronized long writes() {
        return writes;
    }

    public synchronized long discards() {
        return discards;
    }

    public synchronized long discardedBytes() {
        return discardedBytes;
    }

    public synchronized long flushes() {
        return flushes;
    }
}
