package dev.cortado.system.xen.lab;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/** Writes a Linux guest's initramfs ("initramfs buffer format" in Linux's documentation). */
public final class CpioArchive implements Closeable {
    private static final int FOR_ALL_TO_USE = 0755;
    private static final int FOR_ALL = 0777;

    private final CpioArchiveOutputStream out;
    private int inode;

    public CpioArchive(Path file) throws IOException {
        out =
                new CpioArchiveOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(file)),
                        CpioConstants.FORMAT_NEW);
    }

    public void directory(String name) throws IOException {
        entry(name, CpioConstants.C_ISDIR | FOR_ALL_TO_USE, new byte[0]);
    }

    public void executable(String name, byte[] contents) throws IOException {
        entry(name, CpioConstants.C_ISREG | FOR_ALL_TO_USE, contents);
    }

    public void link(String name, String target) throws IOException {
        entry(name, CpioConstants.C_ISLNK | FOR_ALL, target.getBytes(StandardCharsets.UTF_8));
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
        out.close();
    }

    private static Iterable<Path> sorted(Path directory) throws IOException {
        try (var children = Files.list(directory)) {
            return children.sorted().toList();
        }
    }

    /** Without times: what a snapshot was taken of must be the same every time. */
    private void entry(String name, int mode, byte[] contents) throws IOException {
        CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, name);
        entry.setInode(++inode);
        entry.setMode(mode);
        entry.setNumberOfLinks(1);
        entry.setSize(contents.length);
        out.putArchiveEntry(entry);
        out.write(contents);
        out.closeArchiveEntry();
    }
}
