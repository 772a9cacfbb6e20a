package dev.cortado.runtime.file.mount;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.partition.Guid;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What seems to be on a device, by a look at where file systems and others write who they are.
 *
 * @param type ext2, ext3, ext4, or what else was recognized; null for nothing that is known
 * @param label of an ext file system, iso9660, or vfat as its boot sector has it; may be empty
 * @param uuid of an ext file system, as text; or empty
 */
public record Contents(String type, String label, String uuid) {
    /** Up to behind the last mark. */
    private static final int LOOKED_AT = 128 << 10;

    /** The superblock of ext2, ext3 and ext4 (Documentation/filesystems/ext4, "Super Block"). */
    private static final int SUPERBLOCK = 1024;

    private static final int MAGIC = SUPERBLOCK + 0x38;
    private static final short MAGIC_VALUE = (short) 0xef53;
    private static final int COMPATIBLE = SUPERBLOCK + 0x5c;
    private static final int INCOMPATIBLE = SUPERBLOCK + 0x60;
    private static final int READ_ONLY_COMPATIBLE = SUPERBLOCK + 0x64;
    private static final int UUID = SUPERBLOCK + 0x68;
    private static final int UUID_BYTES = 16;
    private static final int LABEL = SUPERBLOCK + 0x78;
    private static final int LABEL_BYTES = 16;

    /** What a FAT has that has no label. */
    private static final String NO_NAME = "NO NAME";

    private static final int HAS_JOURNAL = 0x4;

    /** What ext2 and ext3 know: FILETYPE, RECOVER and META_BG; SPARSE_SUPER, LARGE_FILE, BTREE. */
    private static final int INCOMPATIBLE_OF_EXT3 = 0x2 | 0x4 | 0x10;

    private static final int READ_ONLY_COMPATIBLE_OF_EXT3 = 0x7;

    /** Others, by what they have at a place, as {@code file} and {@code blkid} know them. */
    private enum Other {
        XFS("xfs", 0, "XFSB"),
        LUKS("LUKS", 0, "LUKS\u00ba\u00be"),
        SQUASHFS("squashfs", 0, "hsqs"),
        NTFS("ntfs", 3, "NTFS    "),
        FAT32(ReadOnlyKind.VFAT, 82, "FAT32   ", 71, 11),
        FAT16(ReadOnlyKind.VFAT, 54, "FAT16   ", 43, 11),
        FAT12(ReadOnlyKind.VFAT, 54, "FAT12   ", 43, 11),
        LVM("LVM2", 536, "LVM2 001"),
        SWAP("swap", 4086, "SWAPSPACE2"),
        ISO(ReadOnlyKind.ISO_9660, 0x8001, "CD001", 0x8028, 32),
        BTRFS("btrfs", 0x10040, "_BHRfS_M");

        private final String type;
        private final int place;
        private final byte[] mark;
        private final int label;
        private final int labelBytes;

        Other(String type, int place, String mark) {
            this(type, place, mark, 0, 0);
        }

        /**
         * @param label where its name is, with spaces behind it
         */
        Other(String type, int place, String mark, int label, int labelBytes) {
            this.type = type;
            this.place = place;
            this.mark = mark.getBytes(StandardCharsets.ISO_8859_1);
            this.label = label;
            this.labelBytes = labelBytes;
        }

        boolean isIn(byte[] start) {
            int end = place + mark.length;
            return end <= start.length && Arrays.equals(start, place, end, mark, 0, mark.length);
        }

        String label(byte[] start) {
            int end = Math.min(label + labelBytes, start.length);
            String text = text(Arrays.copyOfRange(start, label, end)).stripTrailing();
            return text.equals(NO_NAME) ? "" : text;
        }
    }

    /**
     * Looks at a device.
     *
     * @throws FileException EIO: it cannot be read
     */
    public static Contents of(Storage device) throws FileException {
        int bytes = (int) Math.min(LOOKED_AT, device.bytes() & -device.sectorBytes());
        byte[] start = new byte[bytes];
        device.read(0, ByteBuffer.wrap(start));
        ByteBuffer numbers = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes >= LABEL + LABEL_BYTES && numbers.getShort(MAGIC) == MAGIC_VALUE) {
            return new Contents(
                    ext(numbers),
                    text(Arrays.copyOfRange(start, LABEL, LABEL + LABEL_BYTES)),
                    Guid.ofBytes(Arrays.copyOfRange(start, UUID, UUID + UUID_BYTES)).toString());
        }
        for (Other other : Other.values()) {
            if (other.isIn(start)) {
                return new Contents(other.type, other.label(start), "");
            }
        }
        return new Contents(null, "", "");
    }

    private static String ext(ByteBuffer start) {
        boolean isNewer =
                (start.getInt(INCOMPATIBLE) & ~INCOMPATIBLE_OF_EXT3) != 0
                        || (start.getInt(READ_ONLY_COMPATIBLE) & ~READ_ONLY_COMPATIBLE_OF_EXT3)
                                != 0;
        if (isNewer) {
            return "ext4";
        }
        return (start.getInt(COMPATIBLE) & HAS_JOURNAL) != 0 ? "ext3" : "ext2";
    }

    /** Up to a zero. */
    private static String text(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
