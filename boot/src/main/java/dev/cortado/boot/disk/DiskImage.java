package dev.cortado.boot.disk;

import dev.cortado.boot.fat.FatVolume;
import dev.cortado.boot.gpt.Partition;
import dev.cortado.boot.gpt.PartitionTable;
import dev.cortado.boot.layout.KernelSegment;
import dev.cortado.boot.pe.PortableExecutable;
import dev.cortado.boot.uefi.UefiLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Puts partition table, both loaders and an image together as {@link DiskLayout} says. The same
 * arguments give the same bytes.
 */
public final class DiskImage {
    private static final String LABEL = "CORTADO";

    /** Where firmware looks on a disk that it does not know (UEFI 2.10, 3.5.1.1). */
    private static final List<String> BOOT_FILE = List.of("EFI", "BOOT", "BOOTX64.EFI");

    private final ByteBuffer image;
    private final List<KernelSegment> segments;
    private final long entry;
    private final PortableExecutable executable;
    private final String digest;

    /**
     * @param image an ELF file
     * @param segments by their addresses; the sectors of one do not reach into the next
     * @param entry physical address of the PVH entry
     * @throws IllegalArgumentException if the loaders cannot load that
     */
    public DiskImage(ByteBuffer image, List<KernelSegment> segments, long entry) {
        DiskHeader.requireLoadable(segments, entry, image.limit());
        this.image = image;
        this.segments = List.copyOf(segments);
        this.entry = entry;
        this.executable =
                new PortableExecutable(UefiLoader.forDisk(segments, entry), 0, image.limit());
        this.digest = digest(image);
    }

    /**
     * The whole disk.
     *
     * @param signer makes the certificates of the file that UEFI starts
     */
    public ByteBuffer create(Signer signer) {
        ByteBuffer file = executable(signer);
        int certificates = file.limit() - executable.size();
        UUID id = identifier("disk");
        FatVolume volume =
                new FatVolume(LABEL, (int) id.getMostSignificantBits(), BOOT_FILE, file.limit());
        ByteBuffer disk = ByteBuffer.allocate(size(volume)).order(ByteOrder.LITTLE_ENDIAN);
        int begin = DiskLayout.VOLUME_OFFSET;
        int volumeSize = Math.toIntExact(volume.sectors() * DiskLayout.SECTOR_SIZE);
        volume.write(disk.slice(begin, volumeSize), DiskLayout.VOLUME_SECTOR);
        long fileSector = DiskLayout.VOLUME_SECTOR + volume.fileSector();
        disk.put((int) fileSector * DiskLayout.SECTOR_SIZE, file, 0, file.limit());
        DiskCode.write(disk);
        DiskHeader.write(
                disk,
                segments,
                entry,
                image.limit(),
                fileSector + executable.payloadOffset() / DiskLayout.SECTOR_SIZE,
                certificates);
        PartitionTable.write(disk, id, partitions(volume.sectors()));
        return disk;
    }

    /** Signs a file. */
    @FunctionalInterface
    public interface Signer {
        /** Nothing is signed. */
        Signer NONE = file -> new byte[0];

        /**
         * The certificate table of a file that has none (PE specification, 5.7): a multiple of 8
         * bytes.
         */
        byte[] certificates(ByteBuffer file);
    }

    private ByteBuffer executable(Signer signer) {
        ByteBuffer plain = ByteBuffer.allocate(executable.size()).order(ByteOrder.LITTLE_ENDIAN);
        executable.write(plain);
        plain.put(executable.payloadOffset(), image, 0, image.limit());
        return PortableExecutable.certified(plain, signer.certificates(plain));
    }

    private static int size(FatVolume volume) {
        long sectors = DiskLayout.VOLUME_SECTOR + volume.sectors() + PartitionTable.BACKUP_SECTORS;
        long bytes = Math.multiplyExact(sectors, DiskLayout.SECTOR_SIZE);
        return Math.toIntExact(-(-bytes & -DiskLayout.GRANULE));
    }

    private List<Partition> partitions(long volumeSectors) {
        return List.of(
                new Partition(
                        Partition.BIOS_BOOT,
                        identifier("bios"),
                        DiskLayout.HEADER_SECTOR,
                        DiskLayout.LOADER_SECTORS,
                        "Cortado for BIOS"),
                new Partition(
                        Partition.EFI_SYSTEM,
                        identifier("uefi"),
                        DiskLayout.VOLUME_SECTOR,
                        volumeSectors,
                        "Cortado for UEFI"));
    }

    /** One of the image's own: two images are not taken for each other, two builds of one are. */
    private UUID identifier(String what) {
        return UUID.nameUUIDFromBytes((what + digest).getBytes(StandardCharsets.US_ASCII));
    }

    private static String digest(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes.slice(0, bytes.limit()));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has it", e);
        }
    }
}
