package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import java.io.IOException;

/**
 * What a backend has of a connection from its beginning to its end: the ring's page, and where
 * requests are indirect, a page for the segments of each. A backend lets go of the ring when it has
 * nothing under way any more, and takes nothing from it again: before that, a grant of a request
 * that it has not answered must not end. Its reference would be another page's, for which the
 * backend takes it when it comes to that request, or what it still writes would come after what the
 * next backend was told to write.
 */
final class RingPages {
    private static final int PAGE = BackendAccess.PAGE_BYTES;

    private final GrantEnds ends;
    private final DeviceFrames frames;
    private final long ringAddress;
    private final int ringReference;
    private final long firstAddress;

    /** Of the pages of segments; 0 where there is none any more. */
    private final int[] references;

    private boolean isRingEnded;
    private boolean isEnded;

    /**
     * @param pages for segments, of which there may be none
     * @param frames for all of them; this closes them, also if it fails
     */
    RingPages(RequestWriter writer, GrantEnds ends, DeviceFrames frames, int pages)
            throws IOException {
        this.ends = ends;
        this.frames = frames;
        int ring = 0;
        int[] granted = new int[pages];
        try {
            DeviceBlock page = frames.allocate(PAGE, BuddyAllocator.NO_LIMIT);
            DeviceBlock segments =
                    pages == 0
                            ? page
                            : frames.allocate((long) PAGE * pages, BuddyAllocator.NO_LIMIT);
            ring = writer.grant(page.device(), false);
            for (int i = 0; i < pages; i++) {
                granted[i] = writer.grant(segments.device() + (long) i * PAGE, true);
            }
            ringAddress = page.address();
            firstAddress = segments.address();
            ringReference = ring;
            references = granted;
        } catch (IOException | RuntimeException | Error e) {
            endUnshared(ring, granted);
            throw e;
        }
    }

    /** No backend has heard of them. */
    private void endUnshared(int ring, int[] granted) {
        boolean ended = ring == 0 || ends.end(ring, true);
        for (int reference : granted) {
            ended &= reference == 0 || ends.end(reference, true);
        }
        if (ended) {
            frames.close();
        }
    }

    long ringAddress() {
        return ringAddress;
    }

    int ringReference() {
        return ringReference;
    }

    /** Reference of a page for segments; 0 if there are none. */
    int reference(int index) {
        return references.length == 0 ? 0 : references[index];
    }

    long address(int index) {
        return references.length == 0 ? 0 : firstAddress + (long) index * PAGE;
    }

    /**
     * Takes the pages back that the backend has let go of, the ring first; when that are all, their
     * frames are given back. Nobody uses the ring any more.
     *
     * @return false if it has not let go of all; ask again
     */
    synchronized boolean end() {
        boolean ended = endRing();
        for (int i = 0; ended && !isEnded && i < references.length; i++) {
            if (references[i] != 0 && ends.end(references[i])) {
                references[i] = 0;
            }
            ended = references[i] == 0;
        }
        if (ended && !isEnded) {
            isEnded = true;
            frames.close();
        }
        return ended;
    }

    private synchronized boolean endRing() {
        isRingEnded = isRingEnded || ends.end(ringReference);
        return isRingEnded;
    }

    /** Waits until the backend takes nothing from the ring any more, however late that is. */
    void awaitRingEnd() {
        boolean interrupted = false;
        for (long pause = 1; !endRing(); pause = GrantEnds.longer(pause)) {
            interrupted |= GrantEnds.sleep(pause);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
