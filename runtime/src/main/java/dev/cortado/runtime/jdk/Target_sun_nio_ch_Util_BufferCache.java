package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.nio.ByteBuffer;

/**
 * The buffers outside the heap that a carrier thread has for those in the heap, where {@link
 * HeapTransfers} does not do without. Whoever waits with one may give it to another carrier in the
 * end, so one might get all of them: there are limits, of their number and of how long they are.
 */
@TargetClass(className = "sun.nio.ch.Util", innerClass = "BufferCache")
@SuppressWarnings("unused")
final class Target_sun_nio_ch_Util_BufferCache {
    @Alias private ByteBuffer[] buffers;
    @Alias private int count;
    @Alias private int start;

    /** Whether there is room for it; it is the next to be taken. */
    @Substitute
    boolean offerFirst(ByteBuffer buffer) {
        if (!HeapTransfers.mayCache(count, buffer)) {
            return false;
        }
        start = (start + buffers.length - 1) % buffers.length;
        buffers[start] = buffer;
        count++;
        return true;
    }

    /** Whether there is room for it; it is the last to be taken. */
    @Substitute
    boolean offerLast(ByteBuffer buffer) {
        if (!HeapTransfers.mayCache(count, buffer)) {
            return false;
        }
        buffers[(start + count) % buffers.length] = buffer;
        count++;
        return true;
    }
}
