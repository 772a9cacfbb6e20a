package dev.cortado.runtime.file.open;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The numbers of open files: a new one is the lowest that is free (POSIX, 2.6). A thread that uses
 * a file has got it from here before and holds the file, not the number; so when the number is
 * closed and given to another file, it stays with the old one, and is told that this is closed.
 *
 * <p>Looking up takes no lock.
 */
public final class OpenFileTable {
    private static final int FIRST_CAPACITY = 64;

    private final int limit;
    private final ReentrantLock changing = new ReentrantLock();

    private volatile AtomicReferenceArray<OpenFile> files;
    private FreeNumbers numbers;
    private int count;

    /**
     * @param limit how many files may be open at a time, 1 or more
     */
    public OpenFileTable(int limit) {
        this.limit = limit;
        int capacity = Math.min(FIRST_CAPACITY, limit);
        files = new AtomicReferenceArray<>(capacity);
        numbers = new FreeNumbers(capacity);
    }

    public int limit() {
        return limit;
    }

    /** How many numbers are taken. */
    public int count() {
        changing.lock();
        try {
            return count;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Gives a file a number.
     *
     * @throws FileException EMFILE; the file is still open then
     */
    public int add(OpenFile file) throws FileException {
        changing.lock();
        try {
            int number = numbers.lowest();
            if (number < 0) {
                if (numbers.capacity() == limit) {
                    throw new FileException(Errno.EMFILE);
                }
                number = numbers.capacity();
                growTo(number + 1);
            }
            put(number, file);
            return number;
        } finally {
            changing.unlock();
        }
    }

    /**
     * @throws FileException EBADF
     */
    public OpenFile get(int number) throws FileException {
        AtomicReferenceArray<OpenFile> now = files;
        OpenFile file = number >= 0 && number < now.length() ? now.get(number) : null;
        if (file == null) {
            throw new FileException(Errno.EBADF);
        }
        return file;
    }

    /** One more number for the same file (POSIX, dup). */
    public int duplicate(int number) throws FileException {
        OpenFile copy = get(number).duplicate();
        try {
            return add(copy);
        } catch (FileException e) {
            copy.close();
            throw e;
        }
    }

    /**
     * Lets a number stand for what another one does, and closes what it stood for (POSIX, dup2).
     *
     * @throws FileException EBADF if there is no file under {@code number}, or {@code target} is no
     *     number below the limit
     */
    public void duplicate(int number, int target) throws FileException {
        OpenFile file = get(number);
        if (target < 0 || target >= limit) {
            throw new FileException(Errno.EBADF);
        }
        if (number != target) {
            set(target, file.duplicate());
        }
    }

    private void set(int number, OpenFile file) {
        OpenFile old;
        changing.lock();
        try {
            growTo(number + 1);
            old = files.get(number);
            put(number, file);
        } finally {
            changing.unlock();
        }
        if (old != null) {
            old.close();
        }
    }

    /**
     * Closes the file under a number, which stays taken: its use gets EBADF, until {@link #close}
     * gives it back.
     */
    public void preClose(int number) throws FileException {
        get(number).close();
    }

    /**
     * Closes the file under a number and gives the number back.
     *
     * @throws FileException EBADF
     */
    public void close(int number) throws FileException {
        OpenFile file;
        changing.lock();
        try {
            file = get(number);
            files.set(number, null);
            numbers.giveBack(number);
            count--;
        } finally {
            changing.unlock();
        }
        file.close();
    }

    /** With {@link #changing} held. */
    private void put(int number, OpenFile file) {
        if (files.getAndSet(number, file) == null) {
            numbers.take(number);
            count++;
        }
    }

    /** With {@link #changing} held. Who still reads the old array finds what was there. */
    private void growTo(int atLeast) {
        int old = numbers.capacity();
        if (atLeast <= old) {
            return;
        }
        int capacity = (int) Math.min(limit, Math.max(atLeast, 2L * old));
        AtomicReferenceArray<OpenFile> grown = new AtomicReferenceArray<>(capacity);
        FreeNumbers grownNumbers = new FreeNumbers(capacity);
        for (int number = 0; number < old; number++) {
            OpenFile file = files.get(number);
            if (file != null) {
                grown.set(number, file);
                grownNumbers.take(number);
            }
        }
        numbers = grownNumbers;
        files = grown;
    }
}
