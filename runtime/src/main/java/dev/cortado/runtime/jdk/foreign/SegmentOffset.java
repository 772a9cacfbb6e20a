package dev.cortado.runtime.jdk.foreign;

import java.lang.foreign.ValueLayout;
import jdk.internal.foreign.Utils;

/** Where the elements of a segment are. */
final class SegmentOffset {
    private SegmentOffset() {}

    /**
     * @throws IllegalArgumentException if elements of this layout have gaps between them
     */
    static long of(ValueLayout layout, long index) {
        Utils.checkElementAlignment(layout, "Layout alignment greater than its size");
        return index * layout.byteSize();
    }
}
