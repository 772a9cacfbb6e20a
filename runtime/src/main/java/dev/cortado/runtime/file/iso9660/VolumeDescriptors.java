package dev.cortado.runtime.file.iso9660;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.StorageReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The volume descriptors that tell where the volume's directories are (ECMA-119, 8). */
final class VolumeDescriptors {
    /** The sector of the first one; those in front of it are for the system. */
    private static final int FIRST = 16;

    /** More than anybody has. */
    private static final int MOST = 64;

    private static final byte[] STANDARD = "CD001".getBytes(StandardCharsets.US_ASCII);
    private static final int STANDARD_AT = 1;

    private static final int PRIMARY = 1;
    private static final int SUPPLEMENTARY = 2;
    private static final int TERMINATOR = 255;

    private static final int BLOCKS_AT = 80;
    private static final int ESCAPES_AT = 88;
    private static final int BLOCK_BYTES_AT = 128;
    private static final int ROOT_AT = 156;
    private static final int ROOT_EXTENDED_BLOCKS_AT = ROOT_AT + 1;
    private static final int ROOT_BLOCK_AT = ROOT_AT + 2;

    /** What says that text is UCS-2 of level 1, 2 or 3 (Joliet Specification, "SVD"). */
    private static final byte[][] JOLIET = {
        {'%', '/', '@'},
        {'%', '/', 'C'},
        {'%', '/', 'E'},
    };

    private final StorageReader reader;
    private Volume primary;
    private Volume joliet;

    private VolumeDescriptors(StorageReader reader) {
        this.reader = reader;
    }

    /**
     * Reads them.
     *
     * @throws FileException EINVAL if there are none, or none that can be understood
     */
    static VolumeDescriptors read(StorageReader reader) throws FileException {
        VolumeDescriptors found = new VolumeDescriptors(reader);
        int sector = FIRST;
        while (sector < FIRST + MOST && found.add(sector)) {
            sector++;
        }
        if (found.primary == null) {
            throw refused(reader, "there is no iso9660 on it");
        }
        return found;
    }

    Volume primary() {
        return primary;
    }

    /** That of Joliet, or null. */
    Volume joliet() {
        return joliet;
    }

    /** Whether there may be another one behind it. */
    private boolean add(int sector) throws FileException {
        long position = (long) sector * Volume.SECTOR_BYTES;
        if (position > reader.bytes() - Volume.SECTOR_BYTES) {
            return false;
        }
        byte[] bytes = reader.bytes(position, Volume.SECTOR_BYTES);
        int standardEnd = STANDARD_AT + STANDARD.length;
        if (!Arrays.equals(bytes, STANDARD_AT, standardEnd, STANDARD, 0, STANDARD.length)) {
            return false;
        }
        switch (Byte.toUnsignedInt(bytes[0])) {
            case PRIMARY -> primary = primary == null ? volume(bytes, false) : primary;
            case SUPPLEMENTARY -> joliet = isJoliet(bytes) ? volume(bytes, true) : joliet;
            case TERMINATOR -> {
                return false;
            }
            default -> {}
        }
        return true;
    }

    private static boolean isJoliet(byte[] bytes) {
        for (byte[] escape : JOLIET) {
            int end = ESCAPES_AT + escape.length;
            if (Arrays.equals(bytes, ESCAPES_AT, end, escape, 0, escape.length)) {
                return true;
            }
        }
        return false;
    }

    private Volume volume(byte[] bytes, boolean isJoliet) throws FileException {
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int blockBytes = Short.toUnsignedInt(numbers.getShort(BLOCK_BYTES_AT));
        if (blockBytes < 512 || blockBytes > Volume.SECTOR_BYTES || !isPowerOfTwo(blockBytes)) {
            throw refused(reader, "its iso9660 has blocks of " + blockBytes + " bytes");
        }
        long rootBlock = Integer.toUnsignedLong(numbers.getInt(ROOT_BLOCK_AT));
        long extended = Byte.toUnsignedLong(bytes[ROOT_EXTENDED_BLOCKS_AT]);
        return new Volume(
                reader,
                blockBytes,
                Integer.toUnsignedLong(numbers.getInt(BLOCKS_AT)),
                (rootBlock + extended) * blockBytes,
                isJoliet);
    }

    private static boolean isPowerOfTwo(int number) {
        return Integer.bitCount(number) == 1;
    }

    private static FileException refused(StorageReader reader, String why) {
        return new FileException(Errno.EINVAL, reader.name() + ": " + why);
    }
}
