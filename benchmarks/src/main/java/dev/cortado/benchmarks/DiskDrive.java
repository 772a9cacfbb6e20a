package dev.cortado.benchmarks;

import dev.cortado.image.qemu.MmioSlot;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A new disk for one guest, of the same kind and with the same cache of QEMU's for all. */
record DiskDrive(Path file) {
    private static final MmioSlot SLOT = new MmioSlot(0);

    /** Empty, and as long as that. */
    static DiskDrive blank(Path file, long mebibytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
        try (RandomAccessFile disk = new RandomAccessFile(file.toFile(), "rw")) {
            disk.setLength(mebibytes << 20);
        }
        return new DiskDrive(file);
    }

    /** With an ext4 as mke2fs makes it. */
    static DiskDrive formatted(Path file, long mebibytes) throws IOException, InterruptedException {
        DiskDrive drive = blank(file, mebibytes);
        // Not later, by Linux, while it is measured.
        String now = "lazy_itable_init=0,lazy_journal_init=0";
        Commands.lines(List.of("mke2fs", "-q", "-F", "-t", "ext4", "-E", now, file.toString()));
        return drive;
    }

    /** QEMU's, for a microvm. */
    List<String> options() {
        return List.of(
                "-machine",
                "ioapic2=off",
                "-global",
                "virtio-mmio.force-legacy=false",
                "-drive",
                "if=none,id=disk,format=raw,cache=writeback,aio=threads,file=" + file,
                "-device",
                "virtio-blk-device,drive=disk,bus=" + SLOT.bus());
    }

    /** Tells our kernel where the disk is; ACPI tells Linux. The program's arguments follow. */
    static String kernelWords(List<String> arguments) {
        return SLOT.kernelWord() + ' ' + String.join(" ", arguments);
    }
}
