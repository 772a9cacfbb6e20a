package dev.cortado.runtime.file.tmpfs;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A regular file: pages, and holes where there are none. */
final class TmpFile extends TmpInode {
    private static final int PAGE_BYTES = TmpFileSystem.PAGE_BYTES;
    private static final byte[] ZEROS = new byte[PAGE_BYTES];

    private final PageTree pages = new PageTree();

    /** Bytes behind it in the last page are zero. */
    private long size;

    TmpFile(TmpFileSystem owner, long number, int permissions) {
        super(owner, number, FileKind.REGULAR, permissions);
    }

    @Override
    long size() {
        return size;
    }

    @Override
    long pages() {
        return pages.count();
    }

    @Override
    void clear() {
        cut(0);
        size = 0;
    }

    int read(long position, ByteBuffer to) {
        int count;
        lock().readLock().lock();
        try {
            count = (int) Math.max(Math.min(to.remaining(), size - position), 0);
            int left = count;
            for (long at = position; left > 0; ) {
                int inPage = offset(at);
                int part = Math.min(left, PAGE_BYTES - inPage);
                byte[] page = pages.get(at / PAGE_BYTES);
                to.put(page == null ? ZEROS : page, inPage, part);
                at += part;
                left -= part;
            }
        } finally {
            lock().readLock().unlock();
        }
        if (count > 0) {
            touchAccessed();
        }
        return count;
    }

    int write(long position, ByteBuffer from) throws FileException {
        lock().writeLock().lock();
        try {
            return writeLocked(position, from);
        } finally {
            lock().writeLock().unlock();
        }
    }

    /** Returns the position behind the last byte. */
    long append(ByteBuffer from) throws FileException {
        lock().writeLock().lock();
        try {
            long end = size;
            return end + writeLocked(end, from);
        } finally {
            lock().writeLock().unlock();
        }
    }

    private int writeLocked(long position, ByteBuffer from) throws FileException {
        if (isGone()) {
            throw new FileException(Errno.ENOENT);
        }
        int wanted = (int) Math.min(from.remaining(), TmpFileSystem.MAXIMUM_SIZE - position);
        if (from.hasRemaining() && wanted <= 0) {
            throw new FileException(Errno.EFBIG);
        }
        int left = wanted;
        long at = position;
        try {
            while (left > 0) {
                byte[] page = pageToWrite(at / PAGE_BYTES);
                if (page == null) {
                    break;
                }
                int inPage = offset(at);
                int part = Math.min(left, PAGE_BYTES - inPage);
                from.get(page, inPage, part);
                at += part;
                left -= part;
            }
        } finally {
            // Also where there is no memory for the next page: what was written is the file's.
            if (at > position) {
                size = Math.max(size, at);
                touchModified();
            }
        }
        if (wanted > 0 && left == wanted) {
            throw new FileException(Errno.ENOSPC);
        }
        return wanted - left;
    }

    /** A page that is there, or a new one; null if there is no room for it. */
    private byte[] pageToWrite(long number) {
        byte[] page = pages.get(number);
        if (page != null) {
            return page;
        }
        // Before the quota: if there is no memory for the page, nothing has been taken.
        byte[] fresh = new byte[PAGE_BYTES];
        if (!owner().pageQuota().tryTake(1)) {
            return null;
        }
        pages.put(number, fresh);
        return fresh;
    }

    void truncate(long newSize) throws FileException {
        lock().writeLock().lock();
        try {
            if (isGone()) {
                throw new FileException(Errno.ENOENT);
            }
            if (newSize > TmpFileSystem.MAXIMUM_SIZE) {
                throw new FileException(Errno.EFBIG);
            }
            if (newSize < size) {
                cut(newSize);
            }
            size = newSize;
            touchModified();
        } finally {
            lock().writeLock().unlock();
        }
    }

    private void cut(long newSize) {
        long before = pages.count();
        int inPage = offset(newSize);
        pages.removeFrom(newSize / PAGE_BYTES + (inPage == 0 ? 0 : 1));
        owner().pageQuota().giveBack(before - pages.count());
        byte[] last = inPage == 0 ? null : pages.get(newSize / PAGE_BYTES);
        if (last != null) {
            Arrays.fill(last, inPage, PAGE_BYTES, (byte) 0);
        }
    }

    private static int offset(long position) {
        return (int) (position % PAGE_BYTES);
    }
}
