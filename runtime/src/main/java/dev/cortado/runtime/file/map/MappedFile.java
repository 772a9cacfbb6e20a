package dev.cortado.runtime.file.map;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file that is mapped: its pages that are in memory, and the mappings that show them. Its lock is
 * held while the file system reads and writes what the pages are about, so that none of them is
 * ever older than the file. All methods are called with it.
 */
final class MappedFile {
    private static final int PAGE_BYTES = PageMemory.PAGE_BYTES;

    private final FileSystem fileSystem;
    private final Inode inode;
    private final PageMemory memory;
    private final ResidentPages resident;
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<Long, MappedPage> pages = new TreeMap<>();
    private final List<FileMapping> mappings = new ArrayList<>();

    MappedFile(FileSystem fileSystem, Inode inode, PageMemory memory, ResidentPages resident) {
        this.fileSystem = fileSystem;
        this.inode = inode;
        this.memory = memory;
        this.resident = resident;
    }

    ReentrantLock lock() {
        return lock;
    }

    Inode inode() {
        return inode;
    }

    FileSystem fileSystem() {
        return fileSystem;
    }

    void add(FileMapping mapping) {
        mappings.add(mapping);
    }

    private long size() throws FileException {
        return fileSystem.attributes(inode).size();
    }

    /** Whether a page of the file is in memory. */
    boolean isResident(long page) {
        return pages.containsKey(page);
    }

    /**
     * A page of the file, which is read if it is not in memory.
     *
     * @throws FileException EFAULT if it is behind the end of the file, ENOMEM
     */
    MappedPage page(long number) throws FileException {
        long position = number * PAGE_BYTES;
        if (position >= size()) {
            throw new FileException(Errno.EFAULT);
        }
        MappedPage there = pages.get(number);
        if (there != null) {
            return there;
        }
        long frame = resident.take();
        try {
            ByteBuffer bytes = memory.bytes(frame);
            int count = (int) Uninterrupted.call(() -> fileSystem.read(inode, position, bytes));
            zero(frame, count);
        } catch (FileException | RuntimeException | Error e) {
            resident.giveBack(frame);
            throw e;
        }
        MappedPage page = new MappedPage(this, number, frame);
        pages.put(number, page);
        resident.add(page);
        return page;
    }

    /** Zeroes a page's bytes from one on. */
    private void zero(long frame, int from) {
        ByteBuffer bytes = memory.bytes(frame);
        bytes.position(from);
        while (bytes.remaining() >= Long.BYTES) {
            bytes.putLong(0);
        }
        while (bytes.hasRemaining()) {
            bytes.put((byte) 0);
        }
    }

    /**
     * A page is about to be changed by a mapping: it has a place in the file system from now on, as
     * far as the file reaches.
     *
     * @throws FileException ENOSPC
     */
    void claim(MappedPage page) throws FileException {
        if (!page.isDirty()) {
            writeOut(page, size());
            page.setDirty(true);
        }
    }

    private void writeOut(MappedPage page, long size) throws FileException {
        ByteBuffer bytes = memory.bytes(page.frame());
        bytes.limit((int) Math.clamp(size - page.position(), 0, PAGE_BYTES));
        while (bytes.hasRemaining()) {
            long position = page.position() + bytes.position();
            if (Uninterrupted.call(() -> fileSystem.write(inode, position, bytes)) <= 0) {
                throw new FileException(Errno.ENOSPC);
            }
        }
    }

    /**
     * The file has all that was written to its pages, from one up to another.
     *
     * @throws FileException the last of those that kept a page from it; all others were written
     */
    void flush(long firstPage, long endPage) throws FileException {
        List<MappedPage> dirty = new ArrayList<>();
        for (MappedPage page : pages.subMap(firstPage, endPage).values()) {
            if (page.isDirty()) {
                dirty.add(page);
            }
        }
        lower(dirty, Reach.READ);
        long size = dirty.isEmpty() ? 0 : size();
        FileException failure = null;
        for (MappedPage page : dirty) {
            try {
                writeOut(page, size);
                page.setDirty(false);
            } catch (FileException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    void flush() throws FileException {
        flush(0, Long.MAX_VALUE);
    }

    private void lower(Collection<MappedPage> some, Reach reach) {
        AddressList addresses = new AddressList(memory, reach);
        for (MappedPage page : some) {
            addAddresses(page.number(), addresses);
        }
        addresses.finish();
    }

    private void addAddresses(long page, AddressList addresses) {
        for (FileMapping mapping : mappings) {
            if (mapping.shows(page)) {
                addresses.add(mapping.addressOf(page));
            }
        }
    }

    /**
     * Pages leave memory; those that cannot be written to the file stay.
     *
     * @param victims some of them may be gone already
     * @return how many frames are free for it
     */
    int evict(List<MappedPage> victims) {
        List<MappedPage> there = new ArrayList<>(victims);
        there.removeIf(page -> pages.get(page.number()) != page);
        lower(there, Reach.NONE);
        int freed = 0;
        for (MappedPage page : there) {
            try {
                if (page.isDirty()) {
                    writeOut(page, size());
                }
                drop(page);
                freed++;
            } catch (FileException e) {
                resident.add(page);
            }
        }
        return freed;
    }

    /** Pages from one up to another leave memory; see {@link #evict}. */
    void unload(long firstPage, long endPage) {
        evict(new ArrayList<>(pages.subMap(firstPage, endPage).values()));
    }

    private void drop(MappedPage page) {
        pages.remove(page.number());
        resident.remove(page);
        resident.giveBack(page.frame());
    }

    /** As {@link FileSystem#read}, with what mappings have written. */
    int read(long position, ByteBuffer to) throws FileException {
        int start = to.position();
        int count = fileSystem.read(inode, position, to);
        for (MappedPage page : touched(position, count).values()) {
            if (page.isDirty()) {
                Overlap part = new Overlap(page, position, count);
                to.put(start + part.inRange, memory.bytes(page.frame()), part.inPage, part.count);
            }
        }
        return count;
    }

    /** As {@link FileSystem#write}; mappings show it. */
    int write(long position, ByteBuffer from) throws FileException {
        ByteBuffer source = from.duplicate();
        long before = size();
        if (position + from.remaining() > before) {
            beforeGrowth(before);
        }
        int count = fileSystem.write(inode, position, from);
        show(position, source, count, before);
        return count;
    }

    /** As {@link FileSystem#append}; mappings show it. */
    long append(ByteBuffer from) throws FileException {
        ByteBuffer source = from.duplicate();
        long before = size();
        beforeGrowth(before);
        long end = fileSystem.append(inode, from);
        int count = source.remaining() - from.remaining();
        show(end - count, source, count, before);
        return end;
    }

    /**
     * The page that a file ends in has a place in the file system up to the end only: if it is
     * changed when the file has grown, it has to be claimed again.
     */
    private void beforeGrowth(long end) throws FileException {
        flush(end / PAGE_BYTES, end / PAGE_BYTES + 1);
    }

    private void show(long position, ByteBuffer source, int count, long before) {
        if (position + count > before) {
            zeroFrom(before);
        }
        int start = source.position();
        for (MappedPage page : touched(position, count).values()) {
            Overlap part = new Overlap(page, position, count);
            ByteBuffer bytes = memory.bytes(page.frame());
            bytes.put(part.inPage, source, start + part.inRange, part.count);
        }
    }

    private SortedMap<Long, MappedPage> touched(long position, int count) {
        long end = position + count + PAGE_BYTES - 1;
        return pages.subMap(position / PAGE_BYTES, Math.max(position, end) / PAGE_BYTES);
    }

    /**
     * What was written behind the end of the file, in the page that it is in, is not part of it.
     */
    private void zeroFrom(long end) {
        MappedPage last = pages.get(end / PAGE_BYTES);
        if (last != null) {
            zero(last.frame(), (int) (end % PAGE_BYTES));
        }
    }

    /** As {@link FileSystem#truncate}; pages behind the end are out of reach. */
    void truncate(long size) throws FileException {
        long before = size();
        if (size > before) {
            beforeGrowth(before);
        }
        fileSystem.truncate(inode, size);
        zeroFrom(Math.min(before, size));
        long end = (size + PAGE_BYTES - 1) / PAGE_BYTES;
        List<MappedPage> behind = new ArrayList<>(pages.tailMap(end).values());
        lower(behind, Reach.NONE);
        behind.forEach(this::drop);
        for (FileMapping mapping : mappings) {
            dropCopies(mapping, end);
        }
    }

    /** Drops the copies that a private mapping has of a page and all behind it. */
    private void dropCopies(FileMapping mapping, long first) {
        SortedMap<Long, Long> copies = mapping.copies().tailMap(first);
        AddressList addresses = new AddressList(memory, Reach.NONE);
        copies.keySet().forEach(page -> addresses.add(mapping.addressOf(page)));
        addresses.finish();
        copies.values().forEach(resident::giveBack);
        copies.clear();
    }

    /** A mapping's addresses are nobody's any more. */
    void remove(FileMapping mapping) {
        dropCopies(mapping, 0);
        AddressList addresses = new AddressList(memory, Reach.NONE);
        pages.subMap(mapping.firstPage(), mapping.endPage())
                .keySet()
                .forEach(page -> addresses.add(mapping.addressOf(page)));
        addresses.finish();
        mapping.setGone();
        mappings.remove(mapping);
        memory.release(mapping.address(), mapping.pages());
    }

    /** No page is in memory any more; none is shown. */
    void dropAll() {
        new ArrayList<>(pages.values()).forEach(this::drop);
    }

    /** The part of a page that is in a range of the file. */
    private static final class Overlap {
        private final int inPage;
        private final int inRange;
        private final int count;

        Overlap(MappedPage page, long position, int length) {
            long begin = Math.max(page.position(), position);
            long end = Math.min(page.position() + PAGE_BYTES, position + length);
            inPage = (int) (begin - page.position());
            inRange = (int) (begin - position);
            count = (int) (end - begin);
        }
    }
}
