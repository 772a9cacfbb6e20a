package dev.cortado.image.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** What lies on the disk while a guest runs in libvirt's QEMU: a directory of its own. */
record LibvirtFiles(Path directory) implements AutoCloseable {
    /** QEMU, which may run as another user, is told its name, which nobody can guess. */
    static LibvirtFiles create() throws IOException {
        Path directory = Files.createTempDirectory("cortado-libvirt-");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        return new LibvirtFiles(directory);
    }

    /** The domain's description. */
    Path description() {
        return directory.resolve("domain.xml");
    }

    /** The disk that it is started from, if it is. */
    Path disk() {
        return directory.resolve("disk.img");
    }

    /** The socket of its console. */
    Path console() {
        return directory.resolve("console");
    }

    /** The socket of what the guest tells about itself. */
    Path status() {
        return directory.resolve("status");
    }

    @Override
    public void close() {
        for (Path file : List.of(description(), disk(), console(), status(), directory)) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // What is left is in the directory for temporary files.
                continue;
            }
        }
    }
}
