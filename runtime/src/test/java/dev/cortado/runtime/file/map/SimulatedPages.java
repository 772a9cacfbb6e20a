package dev.cortado.runtime.file.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A machine's memory for mapped files. A frame that is handed out contains anything; what uses one
 * that is free, or writes to a page that is only to be read, fails.
 */
final class SimulatedPages implements PageMemory {
    private static final byte ANYTHING = (byte) 0xa5;

    private final Map<Long, ByteBuffer> frames = new HashMap<>();
    private final Map<Long, Entry> entries = new HashMap<>();
    private final Map<Long, Long> reserved = new HashMap<>();
    private final long mostFrames;

    /** For reading: an access is going on. For writing: all threads stand still. */
    private final ReentrantReadWriteLock accesses = new ReentrantReadWriteLock();

    private long nextFrame = 1;
    private long nextAddress = 1L << 40;
    private boolean hasTables = true;

    private static final class Entry {
        private final long frame;
        private final boolean isWritable;
        private Reach reach = Reach.READ;

        Entry(long frame, boolean isWritable) {
            this.frame = frame;
            this.isWritable = isWritable;
        }
    }

    SimulatedPages(long mostFrames) {
        this.mostFrames = mostFrames;
    }

    void setTables(boolean hasThem) {
        hasTables = hasThem;
    }

    synchronized void requireEmpty() {
        assertEquals(0, frames.size());
        assertEquals(0, entries.size());
        assertEquals(0, reserved.size());
    }

    synchronized int frames() {
        return frames.size();
    }

    @Override
    public synchronized long reserve(long pages) {
        long address = nextAddress;
        nextAddress += (pages + 1) * PAGE_BYTES;
        reserved.put(address, pages);
        return address;
    }

    @Override
    public synchronized void release(long address, long pages) {
        assertEquals(pages, reserved.remove(address));
        for (long page : entries.keySet()) {
            assertTrue(page < address || page >= address + pages * PAGE_BYTES, "is still there");
        }
    }

    @Override
    public synchronized long allocate() {
        if (frames.size() >= mostFrames) {
            return NONE;
        }
        ByteBuffer bytes = ByteBuffer.allocate(PAGE_BYTES);
        while (bytes.hasRemaining()) {
            bytes.put(ANYTHING);
        }
        frames.put(nextFrame, bytes);
        return nextFrame++;
    }

    @Override
    public synchronized void free(long frame) {
        assertNotNull(frames.remove(frame), "freed twice");
        entries.values().forEach(entry -> assertTrue(entry.frame != frame, "is still used"));
    }

    @Override
    public synchronized ByteBuffer bytes(long frame) {
        ByteBuffer bytes = frames.get(frame);
        assertNotNull(bytes, "a free frame");
        return bytes.duplicate().clear();
    }

    @Override
    public synchronized boolean enter(long address, long frame, boolean isWritable) {
        assertTrue(frames.containsKey(frame));
        Entry old = hasTables ? entries.put(address, new Entry(frame, isWritable)) : null;
        assertTrue(old == null || old.reach == Reach.READ);
        return hasTables;
    }

    @Override
    public synchronized void raise(long address) {
        Entry entry = entries.get(address);
        assertTrue(entry.isWritable);
        entry.reach = Reach.WRITE;
    }

    @Override
    public synchronized Reach reach(long address) {
        Entry entry = entries.get(address);
        return entry == null ? Reach.NONE : entry.reach;
    }

    @Override
    public void lower(long[] addresses, int count, Reach reach) {
        accesses.writeLock().lock();
        try {
            synchronized (this) {
                for (int i = 0; i < count; i++) {
                    lower(addresses[i], reach);
                }
            }
        } finally {
            accesses.writeLock().unlock();
        }
    }

    private void lower(long address, Reach reach) {
        Entry entry = entries.get(address);
        if (entry != null && entry.reach.compareTo(reach) > 0) {
            entry.reach = reach;
            if (reach == Reach.NONE) {
                entries.remove(address);
            }
        }
    }

    /** What a program reads at an address. */
    byte read(MappedSpace space, long address) throws FileException {
        return access(space, address, false, (byte) 0);
    }

    /** A program writes to an address. */
    void write(MappedSpace space, long address, byte value) throws FileException {
        access(space, address, true, value);
    }

    private byte access(MappedSpace space, long address, boolean writes, byte value)
            throws FileException {
        long page = address - address % PAGE_BYTES;
        int offset = (int) (address % PAGE_BYTES);
        while (true) {
            accesses.readLock().lock();
            try {
                if (reach(page).compareTo(writes ? Reach.WRITE : Reach.READ) >= 0) {
                    ByteBuffer bytes = bytes(frame(page));
                    if (writes) {
                        bytes.put(offset, value);
                    }
                    return bytes.get(offset);
                }
            } finally {
                accesses.readLock().unlock();
            }
            space.resolve(page, writes);
        }
    }

    private synchronized long frame(long page) {
        return entries.get(page).frame;
    }
}
