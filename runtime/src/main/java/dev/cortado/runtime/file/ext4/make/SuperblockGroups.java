package dev.cortado.runtime.file.ext4.make;

import dev.cortado.runtime.file.ext4.layout.Geometry;
import java.util.List;
import java.util.stream.IntStream;

/** Which groups begin with the superblock or a copy of it. */
final class SuperblockGroups {
    private SuperblockGroups() {}

    /** Those from one to the one before another, ascending. */
    static List<Integer> of(Geometry geometry, int first, int end) {
        return IntStream.range(first, end).filter(geometry::hasSuperblock).boxed().toList();
    }
}
