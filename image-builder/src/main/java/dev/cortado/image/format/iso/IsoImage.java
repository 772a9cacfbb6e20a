package dev.cortado.image.format.iso;

import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.SourceWindow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The disk on a CD. */
public final class IsoImage {
    private static final int MOST_ROOT_BYTES = 1 << 20;

    private IsoImage() {}

    /** Whether a file has the descriptor of a volume. */
    public static boolean is(ByteSource file) {
        long at = (long) IsoVolume.DESCRIPTOR * IsoVolume.SECTOR_BYTES;
        if (file.size() < at + IsoVolume.SECTOR_BYTES) {
            return false;
        }
        int length = IsoVolume.IDENTIFIER.length;
        byte[] identifier = file.bytes(at + 1, length, "the descriptor").array();
        return Arrays.equals(identifier, IsoVolume.IDENTIFIER);
    }

    /**
     * @throws dev.cortado.image.UserError if it is damaged, or none of Cortado's
     */
    public static ByteSource open(ByteSource file) {
        long at = (long) IsoVolume.DESCRIPTOR * IsoVolume.SECTOR_BYTES;
        ByteBuffer volume =
                file.bytes(at, IsoVolume.SECTOR_BYTES, "the descriptor")
                        .order(ByteOrder.LITTLE_ENDIAN);
        if (volume.get(0) != IsoVolume.TYPE_PRIMARY) {
            throw file.damaged("its first descriptor is of type %d", volume.get(0) & 0xff);
        }
        int length = volume.getInt(IsoVolume.ROOT_RECORD + IsoVolume.RECORD_SIZE);
        if (length < 0 || length > MOST_ROOT_BYTES) {
            throw file.damaged("its root directory has %s bytes", Integer.toUnsignedString(length));
        }
        long start = position(volume, IsoVolume.ROOT_RECORD);
        ByteBuffer root =
                file.bytes(start, length, "the root directory").order(ByteOrder.LITTLE_ENDIAN);
        int record = find(root);
        if (record < 0) {
            throw file.unsupported("it is a CD, but none of Cortado's: it has no DISK.IMG");
        }
        long size = Integer.toUnsignedLong(root.getInt(record + IsoVolume.RECORD_SIZE));
        return new SourceWindow(file, position(root, record), size, "the disk on it");
    }

    private static long position(ByteBuffer directory, int record) {
        long sector = Integer.toUnsignedLong(directory.getInt(record + IsoVolume.RECORD_EXTENT));
        return sector * IsoVolume.SECTOR_BYTES;
    }

    /** Where the disk's record is; negative if there is none. */
    private static int find(ByteBuffer root) {
        int at = 0;
        while (at < root.limit()) {
            int length = root.get(at) & 0xff;
            if (length == 0) {
                // No record goes from one sector into the next.
                at += IsoVolume.SECTOR_BYTES - at % IsoVolume.SECTOR_BYTES;
                continue;
            }
            boolean isWhole = length > IsoVolume.RECORD_NAME && length <= root.limit() - at;
            if (isWhole && IsoWriter.DISK.equals(name(root, at))) {
                return at;
            }
            at += length;
        }
        return -1;
    }

    private static String name(ByteBuffer root, int record) {
        int length = root.get(record + IsoVolume.RECORD_NAME_BYTES) & 0xff;
        int start = record + IsoVolume.RECORD_NAME;
        byte[] name = new byte[Math.min(length, root.limit() - start)];
        root.get(start, name);
        return new String(name, StandardCharsets.US_ASCII);
    }
}
