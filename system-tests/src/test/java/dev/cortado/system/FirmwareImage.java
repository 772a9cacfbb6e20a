package dev.cortado.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** {@link Program#programs} on a disk for any PC, for all that starts by firmware or a loader. */
final class FirmwareImage {
    /** Sectors of the disk that no file has, with what the program is told. */
    private static final long COMMAND_LINE = 72 * 512;

    private FirmwareImage() {}

    static Path disk() {
        return Cortado.build(Program.programs(), file("disk.img"), "--target", "bare");
    }

    /** The same, signed. */
    static Path signed(Path key, Path certificate) {
        return Cortado.build(
                Program.programs(),
                file("signed.img"),
                "--target",
                "bare",
                "--secure-boot-key",
                key.toString(),
                "--secure-boot-certificate",
                certificate.toString());
    }

    /** The arguments that build the disk. */
    static List<String> buildCommand() {
        return Cortado.buildCommand(Program.programs(), file("disk.img"), "--target", "bare");
    }

    /** A copy of a disk, whose program gets these arguments. */
    static Path copy(Path disk, Path directory, String arguments) {
        Path copy = directory.resolve("started.img");
        byte[] line = (arguments + '\0').getBytes(StandardCharsets.UTF_8);
        try {
            Files.copy(disk, copy);
            try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(line), COMMAND_LINE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    private static Path file(String name) {
        return Program.programs().imageFile("bare").resolveSibling(name);
    }
}
