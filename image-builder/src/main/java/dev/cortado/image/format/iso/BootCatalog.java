package dev.cortado.image.format.iso;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What tells firmware how a CD is started (El Torito, 2.0 "Booting Catalog"). */
final class BootCatalog {
    private static final byte[] SYSTEM =
            "EL TORITO SPECIFICATION".getBytes(StandardCharsets.US_ASCII);

    private static final int RECORD_SYSTEM = 7;
    private static final int RECORD_CATALOG = 0x47;

    private static final int ENTRY_BYTES = 32;
    private static final int VALIDATION = 1;
    private static final int FINAL_HEADER = 0x91;
    private static final int BOOTABLE = 0x88;
    private static final int PC = 0;
    private static final int EFI = 0xEF;
    private static final int NO_EMULATION = 0;
    private static final int VIRTUAL_SECTOR_BYTES = 512;
    private static final int MOST_VIRTUAL_SECTORS = 0xFFFF;

    private final ByteBuffer catalog = IsoVolume.sector();

    BootCatalog() {
        ByteBuffer validation = entry(0).put(0, (byte) VALIDATION).put(1, (byte) PC);
        validation.putShort(30, (short) 0xAA55);
        int sum = 0;
        for (int at = 0; at < ENTRY_BYTES; at += Short.BYTES) {
            sum += validation.getShort(at);
        }
        validation.putShort(28, (short) -sum);
    }

    /** The record among the volume's descriptors that leads to the catalog. */
    static ByteBuffer record(int catalogSector) {
        ByteBuffer record = IsoVolume.descriptor(0);
        return record.put(RECORD_SYSTEM, SYSTEM).putInt(RECORD_CATALOG, catalogSector).clear();
    }

    /** A BIOS loads so many sectors of 512 bytes and starts them. */
    void bios(int sector, int sectors) {
        entry(1).put(0, (byte) BOOTABLE)
                .put(1, (byte) NO_EMULATION)
                .putShort(6, (short) sectors)
                .putInt(8, sector);
    }

    /** UEFI takes it for a file system, of which it starts the usual loader. */
    void efi(int sector, long bytes) {
        entry(2).put(0, (byte) FINAL_HEADER).put(1, (byte) EFI).putShort(2, (short) 1);
        long sectors = bytes / VIRTUAL_SECTOR_BYTES;
        // Of what is larger than can be said, firmware takes all that follows.
        int count = sectors > MOST_VIRTUAL_SECTORS ? 0 : (int) sectors;
        entry(3).put(0, (byte) BOOTABLE)
                .put(1, (byte) NO_EMULATION)
                .putShort(6, (short) count)
                .putInt(8, sector);
    }

    ByteBuffer sector() {
        return catalog.duplicate().clear();
    }

    private ByteBuffer entry(int number) {
        return catalog.slice(number * ENTRY_BYTES, ENTRY_BYTES).order(catalog.order());
    }
}
