package dev.cortado.image.format.vhdx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;

/** What is where in such a file (MS-VHDX 2.1 to 2.6); integers are little-endian. */
final class VhdxLayout {
    static final int MEBI = 1 << 20;

    /** "vhdxfile". */
    static final long FILE_SIGNATURE = 0x656C696678646876L;

    // 2.2.2: two headers, of which the one with the larger sequence number counts.
    static final int[] HEADERS = {64 << 10, 128 << 10};
    static final int HEADER_BYTES = 4 << 10;
    static final int HEADER_SIGNATURE = 0x64616568;
    static final int CHECKSUM = 4;
    static final int SEQUENCE_NUMBER = 8;
    static final int FILE_WRITE_ID = 16;
    static final int DATA_WRITE_ID = 32;
    static final int LOG_ID = 48;
    static final int VERSION = 66;
    static final int LOG_LENGTH = 68;
    static final int LOG_OFFSET = 72;

    // 2.2.3: two tables of regions, which are the same.
    static final int[] REGION_TABLES = {192 << 10, 256 << 10};
    static final int REGION_TABLE_BYTES = 64 << 10;
    static final int REGION_SIGNATURE = 0x69676572;
    static final int REGION_COUNT = 8;
    static final int REGION_ENTRIES = 16;
    static final int MOST_REGIONS = 2047;
    static final int ENTRY_BYTES = 32;
    static final int REGION_OFFSET = 16;
    static final int REGION_LENGTH = 24;
    static final int REGION_REQUIRED = 28;
    static final UUID BLOCK_TABLE = UUID.fromString("2DC27766-F623-4200-9D64-115E9BFD4A08");
    static final UUID METADATA = UUID.fromString("8B7CA206-4790-4B9A-B8FE-575F050F886E");

    // 2.6.1: the table of metadata.
    static final long METADATA_SIGNATURE = 0x617461646174656DL;
    static final int METADATA_COUNT = 10;
    static final int METADATA_ENTRIES = 32;
    static final int METADATA_TABLE_BYTES = 64 << 10;
    static final int ITEM_OFFSET = 16;
    static final int ITEM_LENGTH = 20;
    static final int ITEM_FLAGS = 24;
    static final int OF_DISK = 1 << 1;
    static final int REQUIRED = 1 << 2;

    // 2.6.2: its items.
    static final UUID FILE_PARAMETERS = UUID.fromString("CAA16737-FA36-4D43-B3B6-33F0AA44E76B");
    static final UUID DISK_SIZE = UUID.fromString("2FA54224-CD1B-4876-B211-5DBED83BF4B8");
    static final UUID DISK_ID = UUID.fromString("BECA12AB-B2E6-4523-93EF-C309E000C746");
    static final UUID LOGICAL_SECTOR = UUID.fromString("8141BF1D-A96F-4709-BA47-F233A8FAAB5F");
    static final UUID PHYSICAL_SECTOR = UUID.fromString("CDA348C7-445D-4471-9CC9-E9885251C556");
    static final UUID PARENT = UUID.fromString("A8D35F2D-B30B-454D-ABF7-D3D84834AB0C");
    static final int HAS_PARENT = 1 << 1;

    // 2.5: entries of the table of blocks.
    static final int STATE_MASK = 7;
    static final int NOT_PRESENT = 0;
    static final int UNMAPPED = 3;
    static final int FULLY_PRESENT = 6;
    static final long OFFSET_MASK = -(long) MEBI;

    /** So many sectors have a block of bits, behind whose blocks there is an entry for it. */
    static final long CHUNK_SECTORS = 1L << 23;

    private VhdxLayout() {}

    /** CRC-32C of a structure, with zeros for the checksum. */
    static int checksum(ByteBuffer structure) {
        CRC32C crc = new CRC32C();
        crc.update(structure.slice(0, CHECKSUM));
        crc.update(new byte[Integer.BYTES]);
        int rest = CHECKSUM + Integer.BYTES;
        crc.update(structure.slice(rest, structure.limit() - rest));
        return (int) crc.getValue();
    }

    /** Microsoft's order: three little-endian numbers, then eight bytes. */
    static void putId(ByteBuffer structure, int offset, UUID id) {
        long most = id.getMostSignificantBits();
        structure.putInt(offset, (int) (most >>> 32));
        structure.putShort(offset + 4, (short) (most >>> 16)).putShort(offset + 6, (short) most);
        long least = Long.reverseBytes(id.getLeastSignificantBits());
        structure.putLong(offset + 8, least);
    }

    static UUID id(ByteBuffer structure, int offset) {
        long most =
                Integer.toUnsignedLong(structure.getInt(offset)) << 32
                        | (structure.getShort(offset + 4) & 0xffffL) << 16
                        | structure.getShort(offset + 6) & 0xffffL;
        return new UUID(most, Long.reverseBytes(structure.getLong(offset + 8)));
    }

    static ByteBuffer zeros(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
