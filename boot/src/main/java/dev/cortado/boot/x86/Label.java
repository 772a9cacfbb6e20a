package dev.cortado.boot.x86;

import java.util.ArrayList;
import java.util.List;

/** A place in the code of one function, for jumps; can be jumped to before it is bound. */
public final class Label {

    /** A displacement that waits for the label: {@code width} bytes at {@code offset}. */
    record Fixup(int offset, int width) {}

    private static final int UNBOUND = -1;

    private final List<Fixup> fixups = new ArrayList<>();
    private int offset = UNBOUND;

    boolean isBound() {
        return offset != UNBOUND;
    }

    int offset() {
        return offset;
    }

    void bind(int to) {
        if (isBound()) {
            throw new IllegalStateException("label is bound to " + offset + " already");
        }
        offset = to;
    }

    List<Fixup> fixups() {
        return fixups;
    }
}
