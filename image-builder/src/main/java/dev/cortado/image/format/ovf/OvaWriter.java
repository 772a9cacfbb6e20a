package dev.cortado.image.format.ovf;

import dev.cortado.image.UserError;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.FileSource;
import dev.cortado.image.format.hardware.VirtualHardware;
import dev.cortado.image.format.tar.TarWriter;
import dev.cortado.image.format.vmdk.StreamOptimizedWriter;
import dev.cortado.image.image.AtomicFile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a machine in one file: descriptor, manifest and a stream-optimised disk, in that order, as
 * the format wants it ("Distribution as a single file").
 */
public final class OvaWriter {
    private static final int OWNER = 0;

    private OvaWriter() {}

    /**
     * @throws UserError if the disk cannot be read, or the file not be written
     */
    public static void write(
            ByteSource disk, OvfVersion version, VirtualHardware hardware, Path file) {
        String diskName = hardware.name() + "-disk1.vmdk";
        try {
            Path directory = Files.createTempDirectory("cortado-");
            Path packed = directory.resolve(diskName);
            try {
                StreamOptimizedWriter.write(disk, packed);
                pack(packed, disk.size(), version, hardware, file);
            } finally {
                Files.deleteIfExists(packed);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UserError("cannot write what goes into %s (%s)".formatted(file, e), e);
        }
    }

    private static void pack(
            Path disk, long diskBytes, OvfVersion version, VirtualHardware hardware, Path file) {
        String diskName = disk.getFileName().toString();
        String name = hardware.name() + ".ovf";
        try (ByteSource packed = FileSource.open(disk)) {
            byte[] descriptor =
                    new OvfDescriptor(version, hardware, diskName, packed.size(), diskBytes)
                            .render()
                            .getBytes(StandardCharsets.UTF_8);
            OvfManifest manifest = new OvfManifest();
            manifest.add(name, descriptor);
            manifest.add(diskName, packed);
            AtomicFile.write(
                    file,
                    channel -> {
                        TarWriter archive = new TarWriter(Channels.newOutputStream(channel));
                        archive.file(name, OWNER, descriptor);
                        archive.file(hardware.name() + ".mf", OWNER, manifest.bytes());
                        archive.file(diskName, OWNER, packed);
                        archive.finish();
                    });
        }
    }
}
