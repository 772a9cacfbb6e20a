package dev.cortado.runtime.file.map;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The frames of all mapped files, up to a number of them. When it is reached, or memory is short,
 * those that came first make room. Its lock is the last one that is taken.
 */
final class ResidentPages {
    /** How many make room at once: for that, all threads have to stand still. */
    private static final int BATCH = 256;

    /** For another thread that is about to make room as well, or reads a page in. */
    private static final long PAUSE_NANOS = 50_000;

    /** So often, before there is no memory: ten seconds. */
    private static final int PAUSES = 200_000;

    private final PageMemory memory;
    private final long maximum;

    /** Those that can make room, the first first. */
    private final LinkedHashSet<MappedPage> pages = new LinkedHashSet<>();

    private long frames;

    /**
     * @param maximum of frames, of which {@link #BATCH} and more are needed to go on well
     */
    ResidentPages(PageMemory memory, long maximum) {
        this.memory = memory;
        this.maximum = Math.max(maximum, 2 * BATCH);
    }

    /**
     * A frame, for whoever holds at most one file's lock.
     *
     * @throws FileException ENOMEM
     */
    long take() throws FileException {
        boolean interrupted = false;
        try {
            for (int pause = 0; pause < PAUSES; pause++) {
                long frame = tryTake();
                if (frame != PageMemory.NONE) {
                    return frame;
                }
                Eviction eviction = new Eviction();
                eviction.run();
                if (eviction.freed == 0 && !eviction.sawBusy) {
                    break;
                }
                if (eviction.freed == 0) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                    interrupted |= Thread.interrupted();
                }
            }
            throw new FileException(Errno.ENOMEM);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized long tryTake() {
        long frame = frames < maximum ? memory.allocate() : PageMemory.NONE;
        frames += frame == PageMemory.NONE ? 0 : 1;
        return frame;
    }

    /** Gives a frame back that is nowhere within reach. */
    synchronized void giveBack(long frame) {
        memory.free(frame);
        frames--;
    }

    /** A page can make room from now on. */
    synchronized void add(MappedPage page) {
        pages.add(page);
    }

    synchronized void remove(MappedPage page) {
        pages.remove(page);
    }

    private synchronized List<MappedPage> first(int count) {
        List<MappedPage> first = new ArrayList<>(count);
        Iterator<MappedPage> all = pages.iterator();
        while (first.size() < count && all.hasNext()) {
            first.add(all.next());
            all.remove();
        }
        return first;
    }

    private synchronized int size() {
        return pages.size();
    }

    /** Lets a batch of pages go: not of files that another thread is at. */
    private final class Eviction {
        private int freed;
        private boolean sawBusy;

        void run() {
            for (int left = size(); left > 0 && freed == 0; left -= BATCH) {
                Map<MappedFile, List<MappedPage>> byFile = new LinkedHashMap<>();
                for (MappedPage page : first(BATCH)) {
                    byFile.computeIfAbsent(page.file(), file -> new ArrayList<>()).add(page);
                }
                byFile.forEach(this::evict);
            }
        }

        private void evict(MappedFile file, List<MappedPage> victims) {
            if (!file.lock().tryLock()) {
                sawBusy = true;
                victims.forEach(ResidentPages.this::add);
                return;
            }
            try {
                freed += file.evict(victims);
            } finally {
                file.lock().unlock();
            }
        }
    }
}
