package dev.cortado.image.image;

import dev.cortado.image.TestObjects;
import dev.cortado.image.elf.Elf;
import dev.cortado.image.elf.ElfBytes;
import dev.cortado.image.elf.ElfHeader;
import dev.cortado.image.elf.ElfProgramHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Images that are damaged in ways that their checksums do not show. */
public final class ForgedImages {
    /** Headers and notes are in the first so many bytes. */
    public static final int HEADERS = 1500;

    private final byte[] good;
    private final List<ImageChecksums.Range> segments = new ArrayList<>();
    private final ImageChecksums.Range checksums;

    public ForgedImages() {
        ByteBuffer file = new ElfImageWriter().toBytes(TestObjects.image());
        good = Arrays.copyOf(file.array(), file.limit());
        ElfBytes bytes = new ElfBytes("good", file);
        ImageChecksums.Range found = null;
        for (ElfProgramHeader each : ElfHeader.read(bytes).programHeaders(bytes)) {
            int offset = (int) each.offset();
            int size = (int) each.fileSize();
            if (each.type() == Elf.PT_LOAD) {
                segments.add(new ImageChecksums.Range(offset, size));
            } else {
                int width = ImageChecksums.descriptionSize(segments.size());
                found = new ImageChecksums.Range(offset + size - width, width);
            }
        }
        checksums = found;
    }

    /** A copy of the image that is right. */
    public byte[] good() {
        return good.clone();
    }

    /** Changes some bytes of headers and notes, and computes the checksums anew. */
    public byte[] next(Random random) {
        byte[] forged = good();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            forged[random.nextInt(HEADERS)] = (byte) random.nextInt();
        }
        ByteBuffer buffer = ByteBuffer.wrap(forged);
        int[] values = ImageChecksums.compute(buffer, segments, checksums);
        buffer.put(checksums.offset(), ImageChecksums.description(values));
        return forged;
    }
}
