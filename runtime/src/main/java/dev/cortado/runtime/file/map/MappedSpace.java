package dev.cortado.runtime.file.map;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.Inode;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** All mappings of a machine, by their addresses. */
public final class MappedSpace {
    private static final int PAGE_BYTES = PageMemory.PAGE_BYTES;

    private final PageMemory memory;
    private final ResidentPages resident;
    private final ConcurrentSkipListMap<Long, Entry> entries = new ConcurrentSkipListMap<>();

    private record Entry(FileMapping mapping, MappedContents contents) {}

    /**
     * @param maximumBytes of frames that files may have at once
     */
    public MappedSpace(PageMemory memory, long maximumBytes) {
        this.memory = memory;
        resident = new ResidentPages(memory, maximumBytes / PAGE_BYTES);
    }

    /**
     * Maps a part of a file. That it was opened for what the mode wants has been checked.
     *
     * @param position in the file, whole pages
     * @param length in bytes
     * @return the address, a page's
     * @throws FileException EINVAL; ENOMEM if there are no addresses
     */
    public long map(
            MappedContents contents, Inode inode, long position, long length, MappingMode mode)
            throws FileException {
        if (position < 0 || position % PAGE_BYTES != 0 || length <= 0) {
            throw new FileException(Errno.EINVAL);
        }
        long pages = (length - 1) / PAGE_BYTES + 1;
        MappedFile file = contents.hold(inode, memory, resident);
        long address = memory.reserve(pages);
        if (address == PageMemory.NONE) {
            contents.letGo(file);
            throw new FileException(Errno.ENOMEM);
        }
        FileMapping mapping = new FileMapping(file, address, position / PAGE_BYTES, pages, mode);
        file.lock().lock();
        try {
            file.add(mapping);
        } finally {
            file.lock().unlock();
        }
        entries.put(address, new Entry(mapping, contents));
        return address;
    }

    /**
     * Takes a mapping away that nobody accesses any more.
     *
     * @throws FileException what was written to it is not in the file, for this reason; EINVAL if
     *     there is no mapping at that address
     */
    public void unmap(long address) throws FileException {
        Entry entry = entries.remove(address);
        if (entry == null) {
            throw new FileException(Errno.EINVAL);
        }
        MappedFile file = entry.mapping.file();
        file.lock().lock();
        try {
            file.flush(entry.mapping.firstPage(), entry.mapping.endPage());
        } finally {
            file.remove(entry.mapping);
            file.lock().unlock();
            entry.contents.letGo(file);
        }
    }

    /** The mapping that has an address; null if none has. */
    private FileMapping at(long address) {
        Map.Entry<Long, Entry> below = entries.floorEntry(address);
        FileMapping mapping = below == null ? null : below.getValue().mapping;
        return mapping != null && mapping.contains(address) ? mapping : null;
    }

    private FileMapping require(long address) throws FileException {
        FileMapping mapping = at(address);
        if (mapping == null) {
            throw new FileException(Errno.EFAULT);
        }
        return mapping;
    }

    /**
     * Brings the page of an address within reach, though it may have left it again when this
     * returns.
     *
     * @throws FileException EFAULT if it is behind the end of the file or nothing is mapped there,
     *     ENOMEM, ENOSPC, or why the file cannot be read
     */
    public void resolve(long address, boolean writes) throws FileException {
        FileMapping mapping = require(address);
        MappedFile file = mapping.file();
        file.lock().lock();
        try {
            if (mapping.isGone()) {
                throw new FileException(Errno.EFAULT);
            }
            long page = mapping.pageAt(address);
            Reach reach = memory.reach(mapping.addressOf(page));
            if (reach.compareTo(writes ? Reach.WRITE : Reach.READ) < 0) {
                bring(mapping, page, reach, writes);
            }
        } finally {
            file.lock().unlock();
        }
    }

    private void bring(FileMapping mapping, long number, Reach reach, boolean writes)
            throws FileException {
        if (writes && mapping.mode() == MappingMode.READ_ONLY) {
            throw new FileException(Errno.EACCES);
        }
        long at = mapping.addressOf(number);
        MappedPage page = mapping.file().page(number);
        if (writes && mapping.mode() == MappingMode.PRIVATE) {
            copy(mapping, page);
            return;
        }
        if (reach == Reach.NONE) {
            boolean isWritable = mapping.mode() == MappingMode.READ_WRITE;
            require(memory.enter(at, page.frame(), isWritable));
        }
        if (writes) {
            mapping.file().claim(page);
            memory.raise(at);
        }
    }

    /** A private mapping gets a page of its own. */
    private void copy(FileMapping mapping, MappedPage page) throws FileException {
        long at = mapping.addressOf(page.number());
        long frame = resident.take();
        try {
            // To take a frame, the page itself may have had to make room.
            MappedPage source = mapping.file().page(page.number());
            memory.bytes(frame).put(memory.bytes(source.frame()));
            require(memory.enter(at, frame, true));
        } catch (FileException | RuntimeException | Error e) {
            resident.giveBack(frame);
            throw e;
        }
        mapping.copies().put(page.number(), frame);
        memory.raise(at);
    }

    private static void require(boolean hasMemory) throws FileException {
        if (!hasMemory) {
            throw new FileException(Errno.ENOMEM);
        }
    }

    /** What to do with a part of a mapping's file, in pages. */
    @FunctionalInterface
    private interface Part {
        void apply(FileMapping mapping, long firstPage, long endPage) throws FileException;
    }

    private void with(long address, long length, Part part) throws FileException {
        FileMapping mapping = require(address);
        long last = mapping.pageAt(address + Math.max(length, 1) - 1);
        long end = Math.min(last + 1, mapping.endPage());
        with(mapping, mapping.pageAt(address), end, part);
    }

    private static void with(FileMapping mapping, long firstPage, long endPage, Part part)
            throws FileException {
        mapping.file().lock().lock();
        try {
            if (!mapping.isGone()) {
                part.apply(mapping, firstPage, endPage);
            }
        } finally {
            mapping.file().lock().unlock();
        }
    }

    /**
     * Returns when what was written to a part of a mapping is where it survives the machine's end.
     */
    public void force(long address, long length) throws FileException {
        FileMapping mapping = require(address);
        with(address, length, (of, first, end) -> of.file().flush(first, end));
        MappedFile file = mapping.file();
        Uninterrupted.call(() -> {
            file.fileSystem().sync(file.inode(), false);
            return 0;
        });
    }

    /** Whether all of a part of a mapping is in memory. */
    public boolean isLoaded(long address, long length) throws FileException {
        boolean[] isLoaded = {true};
        with(
                address,
                length,
                (of, first, end) -> {
                    for (long page = first; page < end && isLoaded[0]; page++) {
                        isLoaded[0] = of.file().isResident(page) || of.copies().containsKey(page);
                    }
                });
        return isLoaded[0];
    }

    /** Frees the memory of a part of a mapping, unless it is the only place where it is. */
    public void unload(long address, long length) throws FileException {
        with(address, length, (of, first, end) -> of.file().unload(first, end));
    }

    /**
     * Writes all that was written to mappings to their files.
     *
     * @throws FileException the last of those that kept something from it
     */
    public void flush() throws FileException {
        FileException failure = null;
        for (Entry entry : entries.values()) {
            FileMapping mapping = entry.mapping;
            try {
                with(
                        mapping,
                        mapping.firstPage(),
                        mapping.endPage(),
                        (of, first, end) -> of.file().flush(first, end));
            } catch (FileException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
