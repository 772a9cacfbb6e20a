package dev.cortado.image.image;

import dev.cortado.image.elf.ElfNote;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * CRC-32C checksums over all bytes of an image file, so that a damaged one is told from a good one.
 *
 * <p>The note's description holds little-endian 32-bit values: first that of everything outside the
 * segments and the description itself; then one a segment, in the order of the program headers.
 */
final class ImageChecksums {
    private ImageChecksums() {}

    /** {@code size} bytes of a file from {@code offset}; inside the file. */
    record Range(int offset, int size) {
        int end() {
            return offset + size;
        }
    }

    static int descriptionSize(int segments) {
        return Integer.BYTES * (1 + segments);
    }

    /** The values for {@code file}, the first for what is outside {@code segments}. */
    static int[] compute(ByteBuffer file, List<Range> segments, Range description) {
        int[] values = new int[1 + segments.size()];
        values[0] = outside(file, segments, description);
        for (int i = 0; i < segments.size(); i++) {
            CRC32C crc = new CRC32C();
            update(crc, file, segments.get(i).offset(), segments.get(i).end());
            values[1 + i] = (int) crc.getValue();
        }
        return values;
    }

    private static int outside(ByteBuffer file, List<Range> segments, Range description) {
        List<Range> leftOut = new ArrayList<>(segments);
        leftOut.add(description);
        leftOut.sort(Comparator.comparingInt(Range::offset));
        CRC32C crc = new CRC32C();
        int from = 0;
        for (Range range : leftOut) {
            update(crc, file, from, Math.max(from, range.offset()));
            from = Math.max(from, range.end());
        }
        update(crc, file, from, file.limit());
        return (int) crc.getValue();
    }

    private static void update(CRC32C crc, ByteBuffer file, int from, int to) {
        crc.update(file.slice(from, to - from));
    }

    static byte[] description(int[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Integer.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }

    static int[] values(ElfNote note) {
        int[] values = new int[note.description().length / Integer.BYTES];
        ByteBuffer.wrap(note.description())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer()
                .get(values);
        return values;
    }
}
