package dev.cortado.image.format.iso;

import dev.cortado.boot.cd.CdBoot;
import dev.cortado.image.format.bytes.Blocks;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.SparseFile;
import dev.cortado.image.image.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes a CD with a disk on it. A BIOS starts the disk by way of {@link CdBoot}; UEFI starts its
 * EFI system partition, if it has one, where that lies on the disk.
 */
public final class IsoWriter {
    static final String DISK = "DISK.IMG;1";
    private static final String BIOS = "BIOS.IMG;1";
    private static final String CATALOG = "BOOT.CAT;1";
    private static final String EFI = "EFI.IMG;1";
    private static final int BLOCK_BYTES = 1 << 16;

    private final ByteSource disk;
    private final SparseFile file;

    private IsoWriter(ByteSource disk, SparseFile file) {
        this.disk = disk;
        this.file = file;
    }

    /**
     * @param name the volume's, of which letters and digits stay
     * @throws dev.cortado.image.UserError if the disk cannot be read, or the file not be written
     */
    public static void write(ByteSource disk, String name, Path file) {
        String volume = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
        AtomicFile.write(file, channel -> write(disk, volume, channel));
    }

    private static void write(ByteSource disk, String volume, FileChannel channel)
            throws IOException {
        new IsoWriter(disk, new SparseFile(channel)).write(volume);
    }

    private void write(String volume) throws IOException {
        int end = IsoVolume.DISK + IsoVolume.sectors(disk.size());
        put(IsoVolume.DESCRIPTOR, IsoVolume.primary(volume, end));
        put(IsoVolume.BOOT_RECORD, BootCatalog.record(IsoVolume.CATALOG));
        put(IsoVolume.END_OF_DESCRIPTORS, IsoVolume.descriptor(IsoVolume.TYPE_END).clear());
        put(IsoVolume.LITTLE_PATH_TABLE, IsoVolume.pathTable(ByteOrder.LITTLE_ENDIAN));
        put(IsoVolume.BIG_PATH_TABLE, IsoVolume.pathTable(ByteOrder.BIG_ENDIAN));
        BootCatalog catalog = new BootCatalog();
        catalog.bios(IsoVolume.BIOS_CODE, CdBoot.SECTORS);
        Optional<EfiPartition> efi = alignedEfi();
        efi.ifPresent(partition -> catalog.efi(sectorOf(partition), partition.size()));
        put(IsoVolume.CATALOG, catalog.sector());
        put(IsoVolume.BIOS_CODE, ByteBuffer.wrap(CdBoot.create(IsoVolume.DISK)));
        put(IsoVolume.ROOT, root(efi));
        file.copy((long) IsoVolume.DISK * IsoVolume.SECTOR_BYTES, disk, BLOCK_BYTES);
        file.extend(Blocks.roundUp((long) end * IsoVolume.SECTOR_BYTES, IsoVolume.SECTOR_BYTES));
    }

    /** The partition, if it begins where a sector of the CD does. */
    private Optional<EfiPartition> alignedEfi() {
        return EfiPartition.find(disk)
                .filter(partition -> partition.offset() % IsoVolume.SECTOR_BYTES == 0);
    }

    private static int sectorOf(EfiPartition partition) {
        return IsoVolume.DISK + (int) (partition.offset() / IsoVolume.SECTOR_BYTES);
    }

    /** Itself, its parent, which is itself, and files in the order of their names. */
    private ByteBuffer root(Optional<EfiPartition> efi) {
        ByteBuffer root = IsoVolume.sector();
        for (byte name = 0; name < 2; name++) {
            put(root, new byte[] {name}, IsoVolume.ROOT, IsoVolume.SECTOR_BYTES, true);
        }
        put(root, name(BIOS), IsoVolume.BIOS_CODE, CdBoot.SIZE, false);
        put(root, name(CATALOG), IsoVolume.CATALOG, IsoVolume.SECTOR_BYTES, false);
        put(root, name(DISK), IsoVolume.DISK, disk.size(), false);
        efi.ifPresent(
                partition -> put(root, name(EFI), sectorOf(partition), partition.size(), false));
        return root.clear();
    }

    private static void put(
            ByteBuffer root, byte[] name, int sector, long bytes, boolean isDirectory) {
        int flags = isDirectory ? IsoVolume.IS_DIRECTORY : 0;
        root.put(IsoVolume.record(name, sector, bytes, flags));
    }

    private static byte[] name(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    private void put(int sector, ByteBuffer bytes) throws IOException {
        file.write((long) sector * IsoVolume.SECTOR_BYTES, bytes);
    }
}
