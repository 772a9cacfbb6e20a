package dev.cortado.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The ELF file that is compressed in a bzImage. */
final class LinuxKernel {
    /** The XZ File Format, 2.1.1.1: Header Magic Bytes. */
    private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};

    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private LinuxKernel() {}

    /** Writes it to a file; the kernel is one that Debian has compressed, with xz. */
    static Path unpack(Path image, Path elf) throws IOException, InterruptedException {
        byte[] bytes = Files.readAllBytes(image);
        int begin = 0;
        while (!Arrays.equals(bytes, begin, begin + XZ.length, XZ, 0, XZ.length)) {
            if (++begin + XZ.length > bytes.length) {
                throw new IOException(image + " is not compressed with xz");
            }
        }
        Path compressed = elf.resolveSibling(elf.getFileName() + ".xz");
        Files.write(compressed, Arrays.copyOfRange(bytes, begin, bytes.length));
        // What follows the compressed bytes makes it fail in the end.
        new ProcessBuilder("xz", "--decompress", "--stdout", "--single-stream")
                .redirectInput(compressed.toFile())
                .redirectOutput(elf.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        Files.delete(compressed);
        try (var in = Files.newInputStream(elf)) {
            if (!Arrays.equals(in.readNBytes(ELF.length), ELF)) {
                throw new IOException("there is no ELF file in " + image);
            }
        }
        return elf;
    }
}
