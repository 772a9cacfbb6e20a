package dev.cortado.image.format.vhdx;

import dev.cortado.image.format.bytes.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/** Where a file has its table of blocks and its metadata. */
record VhdxRegions(Region blockTable, Region metadata) {
    private static final UUID NONE = new UUID(0, 0);

    /** A part of the file, checked to be in it. */
    record Region(long offset, long length) {}

    /**
     * @throws dev.cortado.image.UserError if it is damaged, or its log has to be replayed
     */
    static VhdxRegions read(ByteSource file) {
        requireClosed(file);
        ByteBuffer table =
                sound(
                        file,
                        VhdxLayout.REGION_TABLES,
                        VhdxLayout.REGION_TABLE_BYTES,
                        VhdxLayout.REGION_SIGNATURE);
        if (table == null) {
            throw file.damaged("none of its tables of regions is as its checksum says");
        }
        int count = table.getInt(VhdxLayout.REGION_COUNT);
        if (count < 0 || count > VhdxLayout.MOST_REGIONS) {
            throw file.damaged("it has %s regions", Integer.toUnsignedString(count));
        }
        requireKnown(file, table, count);
        return new VhdxRegions(
                find(file, table, count, VhdxLayout.BLOCK_TABLE),
                find(file, table, count, VhdxLayout.METADATA));
    }

    private static void requireClosed(ByteSource file) {
        ByteBuffer header = null;
        for (int position : VhdxLayout.HEADERS) {
            ByteBuffer other =
                    sound(
                            file,
                            new int[] {position},
                            VhdxLayout.HEADER_BYTES,
                            VhdxLayout.HEADER_SIGNATURE);
            if (header == null || other != null && sequence(other) > sequence(header)) {
                header = other;
            }
        }
        if (header == null) {
            throw file.damaged("none of its headers is as its checksum says");
        }
        if (header.getShort(VhdxLayout.VERSION) != 1) {
            throw file.unsupported("it is of version %d", header.getShort(VhdxLayout.VERSION));
        }
        if (!VhdxLayout.id(header, VhdxLayout.LOG_ID).equals(NONE)) {
            throw file.unsupported(
                    "it is in use, or was not closed: what its log has is not on the disk yet");
        }
    }

    private static long sequence(ByteBuffer header) {
        return header.getLong(VhdxLayout.SEQUENCE_NUMBER);
    }

    /** The first of several structures that is sound; {@code null} if none is. */
    private static ByteBuffer sound(ByteSource file, int[] positions, int bytes, int signature) {
        for (int position : positions) {
            ByteBuffer structure =
                    file.bytes(position, bytes, "a header").order(ByteOrder.LITTLE_ENDIAN);
            int checksum = structure.getInt(VhdxLayout.CHECKSUM);
            boolean isSound =
                    structure.getInt(0) == signature && VhdxLayout.checksum(structure) == checksum;
            if (isSound) {
                return structure;
            }
        }
        return null;
    }

    /** 2.2.3.2: a region can be one without which nobody may open the file. */
    private static void requireKnown(ByteSource file, ByteBuffer table, int count) {
        for (int i = 0; i < count; i++) {
            int at = VhdxLayout.REGION_ENTRIES + i * VhdxLayout.ENTRY_BYTES;
            UUID id = VhdxLayout.id(table, at);
            boolean isKnown = id.equals(VhdxLayout.BLOCK_TABLE) || id.equals(VhdxLayout.METADATA);
            if (!isKnown && (table.getInt(at + VhdxLayout.REGION_REQUIRED) & 1) != 0) {
                throw file.unsupported("it has a region that has to be known (%s)", id);
            }
        }
    }

    private static Region find(ByteSource file, ByteBuffer table, int count, UUID id) {
        for (int i = 0; i < count; i++) {
            int at = VhdxLayout.REGION_ENTRIES + i * VhdxLayout.ENTRY_BYTES;
            if (VhdxLayout.id(table, at).equals(id)) {
                long offset = table.getLong(at + VhdxLayout.REGION_OFFSET);
                long length = Integer.toUnsignedLong(table.getInt(at + VhdxLayout.REGION_LENGTH));
                file.requireInside(offset, length, "a region");
                return new Region(offset, length);
            }
        }
        throw file.damaged("it has no region %s", id);
    }
}
