package dev.cortado.image.format.vhd;

import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.ContentHash;
import dev.cortado.image.format.bytes.NameUuid;
import java.nio.ByteBuffer;
import java.util.UUID;

/** The footer of a disk, and the header of one that grows; integers are big-endian. */
final class VhdFooter {
    static final int BYTES = 512;

    /** "conectix". */
    static final long COOKIE = 0x636F6E6563746978L;

    /** "cxsparse". */
    static final long DYNAMIC_COOKIE = 0x6378737061727365L;

    static final int FIXED = 2;
    static final int DYNAMIC = 3;

    // Offsets in the footer.
    static final int FEATURES = 8;
    static final int VERSION = 12;
    static final int DATA_OFFSET = 16;
    static final int CREATOR = 28;
    static final int CREATOR_VERSION = 32;
    static final int CREATOR_HOST = 36;
    static final int ORIGINAL_SIZE = 40;
    static final int CURRENT_SIZE = 48;
    static final int GEOMETRY = 56;
    static final int TYPE = 60;
    static final int CHECKSUM = 64;
    static final int UNIQUE_ID = 68;

    // Offsets in a growing disk's header.
    static final int DYNAMIC_BYTES = 1024;
    static final int TABLE_OFFSET = 16;
    static final int DYNAMIC_VERSION = 24;
    static final int TABLE_ENTRIES = 28;
    static final int BLOCK_SIZE = 32;
    static final int DYNAMIC_CHECKSUM = 36;

    static final int VERSION_1 = 0x10000;
    static final int NOT_ALLOCATED = -1;
    static final int SECTOR_BYTES = 512;

    /** The only feature that is always there. */
    private static final int RESERVED_FEATURE = 2;

    /**
     * "win ", which is Windows: of other creators, readers take the size from cylinders, heads and
     * sectors, which most sizes cannot be said in.
     */
    private static final int WINDOWS = 0x77696E20;

    private static final int WINDOWS_VERSION = 0x60001;

    /** "Wi2k". */
    private static final int WINDOWS_HOST = 0x5769326B;

    private VhdFooter() {}

    /**
     * @param dataOffset where a growing disk's header is; -1 for a fixed one
     */
    static ByteBuffer of(ByteSource disk, int type, long dataOffset) {
        ByteBuffer footer = ByteBuffer.allocate(BYTES);
        footer.putLong(0, COOKIE).putInt(FEATURES, RESERVED_FEATURE).putInt(VERSION, VERSION_1);
        footer.putLong(DATA_OFFSET, dataOffset);
        footer.putInt(CREATOR, WINDOWS).putInt(CREATOR_VERSION, WINDOWS_VERSION);
        footer.putInt(CREATOR_HOST, WINDOWS_HOST);
        footer.putLong(ORIGINAL_SIZE, disk.size()).putLong(CURRENT_SIZE, disk.size());
        footer.putInt(GEOMETRY, geometry(disk.size() / SECTOR_BYTES)).putInt(TYPE, type);
        UUID id = NameUuid.of("vhd", ContentHash.of(disk));
        footer.putLong(UNIQUE_ID, id.getMostSignificantBits());
        footer.putLong(UNIQUE_ID + Long.BYTES, id.getLeastSignificantBits());
        return footer.putInt(CHECKSUM, checksum(footer, CHECKSUM));
    }

    /** The sum of all bytes but the checksum's own, inverted. */
    static int checksum(ByteBuffer structure, int checksumOffset) {
        int sum = 0;
        for (int i = 0; i < structure.limit(); i++) {
            boolean isChecksum = i >= checksumOffset && i < checksumOffset + Integer.BYTES;
            sum += isChecksum ? 0 : structure.get(i) & 0xff;
        }
        return ~sum;
    }

    /**
     * Cylinders, heads and sectors of a track, at most as many as there are ("CHS Calculation").
     */
    static int geometry(long diskSectors) {
        long sectors = Math.min(diskSectors, 65535L * 16 * 255);
        long perTrack;
        long heads;
        long tracks;
        if (sectors >= 65535L * 16 * 63) {
            perTrack = 255;
            heads = 16;
            tracks = sectors / perTrack;
        } else {
            perTrack = 17;
            tracks = sectors / perTrack;
            heads = Math.max(4, (tracks + 1023) / 1024);
            if (tracks >= heads * 1024 || heads > 16) {
                perTrack = 31;
                heads = 16;
                tracks = sectors / perTrack;
            }
            if (tracks >= heads * 1024) {
                perTrack = 63;
                heads = 16;
                tracks = sectors / perTrack;
            }
        }
        return (int) (tracks / heads << 16 | heads << 8 | perTrack);
    }
}
