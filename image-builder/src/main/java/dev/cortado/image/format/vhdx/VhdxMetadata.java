package dev.cortado.image.format.vhdx;

import dev.cortado.image.format.bytes.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.UUID;

/** What a file says of its disk. */
record VhdxMetadata(ByteSource file, VhdxRegions.Region region, ByteBuffer table, int count) {
    private static final Set<UUID> KNOWN =
            Set.of(
                    VhdxLayout.FILE_PARAMETERS,
                    VhdxLayout.DISK_SIZE,
                    VhdxLayout.DISK_ID,
                    VhdxLayout.LOGICAL_SECTOR,
                    VhdxLayout.PHYSICAL_SECTOR,
                    VhdxLayout.PARENT);

    static VhdxMetadata read(ByteSource file, VhdxRegions.Region region) {
        if (region.length() < VhdxLayout.METADATA_TABLE_BYTES) {
            throw file.damaged("its metadata has %d bytes", region.length());
        }
        ByteBuffer table =
                file.bytes(region.offset(), VhdxLayout.METADATA_TABLE_BYTES, "the metadata")
                        .order(ByteOrder.LITTLE_ENDIAN);
        if (table.getLong(0) != VhdxLayout.METADATA_SIGNATURE) {
            throw file.damaged("there is no metadata at %d", region.offset());
        }
        int count = table.getShort(VhdxLayout.METADATA_COUNT) & 0xffff;
        if (count > VhdxLayout.MOST_REGIONS) {
            throw file.damaged("it has %d items of metadata", count);
        }
        requireKnown(file, table, count);
        return new VhdxMetadata(file, region, table, count);
    }

    /** 2.6.1.2: an item can be one without which nobody may open the file. */
    private static void requireKnown(ByteSource file, ByteBuffer table, int count) {
        for (int i = 0; i < count; i++) {
            int at = VhdxLayout.METADATA_ENTRIES + i * VhdxLayout.ENTRY_BYTES;
            UUID id = VhdxLayout.id(table, at);
            boolean isRequired =
                    (table.getInt(at + VhdxLayout.ITEM_FLAGS) & VhdxLayout.REQUIRED) != 0;
            if (isRequired && !KNOWN.contains(id)) {
                throw file.unsupported("it has metadata that has to be known (%s)", id);
            }
        }
    }

    /**
     * @param bytes how many it has
     * @param what it is, for errors
     * @throws dev.cortado.image.UserError if it is not there
     */
    ByteBuffer item(UUID id, int bytes, String what) {
        for (int i = 0; i < count; i++) {
            int at = VhdxLayout.METADATA_ENTRIES + i * VhdxLayout.ENTRY_BYTES;
            if (VhdxLayout.id(table, at).equals(id)) {
                long offset = Integer.toUnsignedLong(table.getInt(at + VhdxLayout.ITEM_OFFSET));
                if (offset > region.length() - bytes) {
                    throw file.damaged("its %s are at %d of its metadata", what, offset);
                }
                return file.bytes(region.offset() + offset, bytes, what)
                        .order(ByteOrder.LITTLE_ENDIAN);
            }
        }
        throw file.damaged("it does not say its %s", what);
    }
}
