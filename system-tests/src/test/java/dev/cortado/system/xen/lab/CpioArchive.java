package dev.cortado.system.xen.lab;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a "newc" cpio archive, the format of Linux's initramfs ("initramfs buffer format" in its
 * documentation).
 */
public final class CpioArchive implements Closeable {
    private static final int DIRECTORY = 0040755;
    private static final int EXECUTABLE = 0100755;
    private static final int SYMBOLIC_LINK = 0120777;

    private final OutputStream out;
    private long position;
    private int inode;

    public CpioArchive(Path file) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file));
    }

    public void directory(String name) throws IOException {
        entry(name, DIRECTORY, new byte[0]);
    }

    public void executable(String name, byte[] contents) throws IOException {
        entry(name, EXECUTABLE, contents);
    }

    public void link(String name, String target) throws IOException {
        entry(name, SYMBOLIC_LINK, target.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a directory and all that is below it. */
    public void tree(String name, Path directory) throws IOException {
        directory(name);
        for (Path path : sorted(directory)) {
            String child = name + "/" + path.getFileName();
            if (Files.isDirectory(path)) {
                tree(child, path);
            } else {
                executable(child, Files.readAllBytes(path));
            }
        }
    }

    @Override
    public void close() throws IOException {
        entry("TRAILER!!!", 0, new byte[0]);
        out.close();
    }

    private static Iterable<Path> sorted(Path directory) throws IOException {
        try (var children = Files.list(directory)) {
            return children.sorted().toList();
        }
    }

    private void entry(String name, int mode, byte[] contents) throws IOException {
        byte[] nameBytes = (name + "\0").getBytes(StandardCharsets.UTF_8);
        int[] fields = {
            ++inode, mode, 0, 0, 1, 0, contents.length, 0, 0, 0, 0, nameBytes.length, 0
        };
        StringBuilder header = new StringBuilder("070701");
        for (int field : fields) {
            header.append("%08X".formatted(field));
        }
        write(header.toString().getBytes(StandardCharsets.US_ASCII));
        write(nameBytes);
        pad();
        write(contents);
        pad();
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }

    private void pad() throws IOException {
        while (position % 4 != 0) {
            out.write(0);
            position++;
        }
    }
}
