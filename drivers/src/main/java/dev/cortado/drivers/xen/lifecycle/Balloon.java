package dev.cortado.drivers.xen.lifecycle;

import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.kernel.memory.FramePool;
import dev.cortado.kernel.memory.Frames;
import java.io.IOException;
import java.util.Arrays;

/**
 * {@code xl mem-set}: gives frames of RAM to Xen, and takes some again, until the domain has what
 * dom0 wants it to have, at {@code memory/target}. It gives only what is free, after a garbage
 * collection if need be: where the program needs its memory, dom0 gets less than it wants.
 */
final class Balloon {
    private static final int FRAMES_A_CALL = 512;
    private static final int KIBIBYTES_A_FRAME = (int) (Frames.SIZE >>> 10);

    private final long maximum;
    private final FrameExchange exchange = new FrameExchange(FRAMES_A_CALL);

    /** Numbers of the frames that Xen has. */
    private int[] given = {};

    private int count;
    private int wanted;
    private boolean collected;

    private Balloon(long maximum) {
        this.maximum = maximum;
    }

    /** One that knows how much memory the domain can have, which is what its RAM map says. */
    static Balloon create(XenStore store) throws IOException {
        return new Balloon(kibibytes(store.readTextOrNull("memory/static-max")));
    }

    /** A number of KiB; 0 for what is none. */
    private static long kibibytes(String text) {
        try {
            return text == null ? 0 : Math.max(0, Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Learns how much the domain is to have. */
    void setTarget(XenStore store) throws IOException {
        long target = kibibytes(store.readTextOrNull("memory/target"));
        if (target > 0) {
            long frames = Math.max(0, maximum - target) / KIBIBYTES_A_FRAME;
            wanted = (int) Math.min(frames, Integer.MAX_VALUE / 2);
            collected = false;
        }
    }

    boolean isDone() {
        return count == wanted;
    }

    /** Goes as far as it can now. */
    void run() {
        boolean moved = true;
        while (moved && count < wanted) {
            moved = give();
            if (!moved && !collected) {
                collected = true; // once a target is enough: the next one is not far
                System.gc();
                moved = true;
            }
        }
        while (moved && count > wanted) {
            moved = takeBack();
        }
    }

    /** Whether Xen has got any. */
    private boolean give() {
        int most = Math.min(wanted - count, FRAMES_A_CALL);
        reserve(count + most);
        int ready = 0;
        while (ready < most) {
            long frame = FramePool.withdraw();
            if (frame < 0) {
                break;
            }
            exchange.set(ready++, frame >>> Frames.SHIFT);
        }
        int done = exchange.give(ready);
        for (int i = 0; i < ready; i++) {
            if (i < done) {
                given[count++] = (int) exchange.get(i);
            } else {
                FramePool.restore(exchange.get(i) << Frames.SHIFT);
            }
        }
        return done > 0;
    }

    private void reserve(int frames) {
        if (frames > given.length) {
            given = Arrays.copyOf(given, Math.max(frames, 2 * given.length));
        }
    }

    /** Whether Xen has given any. */
    private boolean takeBack() {
        int most = Math.min(count - wanted, FRAMES_A_CALL);
        for (int i = 0; i < most; i++) {
            exchange.set(i, given[count - 1 - i] & 0xffff_ffffL);
        }
        int done = exchange.takeBack(most);
        for (int i = 0; i < done; i++) {
            FramePool.restore(exchange.get(i) << Frames.SHIFT);
        }
        count -= done;
        return done > 0;
    }
}
