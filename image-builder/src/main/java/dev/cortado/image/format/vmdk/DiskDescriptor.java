package dev.cortado.image.format.vmdk;

import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.ContentHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The text in a disk that tells VMware's programs what it is ("The Descriptor File"). */
final class DiskDescriptor {
    private static final int HEADS = 255;
    private static final int SECTORS_PER_TRACK = 63;
    private static final String NO_PARENT = "ffffffff";

    private DiskDescriptor() {}

    /**
     * @param type as VMware calls it
     * @param fileName of the extent, as the descriptor has it
     */
    static ByteBuffer of(String type, String fileName, ByteSource disk) {
        long sectors = SparseExtent.sectors(disk.size());
        String text =
                """
                # Disk DescriptorFile
                version=1
                CID=%s
                parentCID=%s
                createType="%s"

                # Extent description
                RW %d SPARSE "%s"

                # The Disk Data Base
                #DDB

                ddb.virtualHWVersion = "4"
                ddb.geometry.cylinders = "%d"
                ddb.geometry.heads = "%d"
                ddb.geometry.sectors = "%d"
                ddb.adapterType = "lsilogic"
                """
                        .formatted(
                                contentId(disk),
                                NO_PARENT,
                                type,
                                sectors,
                                fileName.replaceAll("[\"\\p{Cntrl}]", "_"),
                                Math.max(1, sectors / (HEADS * SECTORS_PER_TRACK)),
                                HEADS,
                                SECTORS_PER_TRACK);
        ByteBuffer area = SparseExtent.zeros(SparseExtent.DESCRIPTOR_SECTORS);
        return area.put(text.getBytes(StandardCharsets.UTF_8)).clear();
    }

    /** A number that changes with what is on the disk, but is none that says there is nothing. */
    private static String contentId(ByteSource disk) {
        return "7" + ContentHash.of(disk).substring(0, 7);
    }

    /** Whether a text says that the disk has bytes of another. */
    static boolean namesParent(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("parentCID="))
                .anyMatch(line -> !line.equalsIgnoreCase("parentCID=" + NO_PARENT));
    }
}
