package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.Attributes;
import dev.cortado.runtime.file.DirectoryEntry;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.Inode;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** Compares two file systems: names, kinds, attributes, contents. */
final class TreeComparison {
    private final FileSystem expected;
    private final FileSystem actual;
    private final boolean hasTimes;

    TreeComparison(FileSystem expected, FileSystem actual, boolean hasTimes) {
        this.expected = expected;
        this.actual = actual;
        this.hasTimes = hasTimes;
    }

    void run() throws FileException {
        compare("", expected.root(), actual.root());
    }

    void compare(String path, Inode one, Inode other) throws FileException {
        assertEquals(one.kind(), other.kind(), path);
        compareAttributes(path, expected.attributes(one), actual.attributes(other));
        switch (one.kind()) {
            case DIRECTORY -> compareDirectories(path, one, other);
            case SYMBOLIC_LINK ->
                    assertArrayEquals(expected.readLink(one), actual.readLink(other), path);
            case REGULAR -> assertArrayEquals(content(expected, one), content(actual, other), path);
            default -> {}
        }
    }

    private void compareAttributes(String path, Attributes one, Attributes other) {
        boolean isRoot = path.isEmpty();
        assertEquals(one.kind(), other.kind(), path);
        if (!isRoot) {
            assertEquals(one.permissions(), other.permissions(), path);
            assertEquals(one.links(), other.links(), path);
        }
        assertEquals(one.owner(), other.owner(), path);
        assertEquals(one.group(), other.group(), path);
        if (!one.isDirectory()) {
            assertEquals(one.size(), other.size(), path);
        }
        if (hasTimes && !isRoot) {
            assertEquals(one.modified(), other.modified(), path + ": modified");
            assertEquals(one.changed(), other.changed(), path + ": changed");
        }
    }

    private void compareDirectories(String path, Inode one, Inode other) throws FileException {
        Map<FileName, DirectoryEntry> expectedEntries = entries(expected, one);
        Map<FileName, DirectoryEntry> actualEntries = entries(actual, other);
        if (path.isEmpty()) {
            actualEntries.remove(FileName.of("lost+found"));
        }
        assertEquals(expectedEntries.keySet(), actualEntries.keySet(), path);
        for (Map.Entry<FileName, DirectoryEntry> entry : expectedEntries.entrySet()) {
            FileName name = entry.getKey();
            assertEquals(entry.getValue().kind(), actualEntries.get(name).kind(), path + name);
            Inode found = actual.lookup(other, name);
            assertEquals(found.number(), actualEntries.get(name).inode());
            if (found.isDirectory()) {
                assertEquals(other, actual.parent(found), path + name);
            }
            compare(path + "/" + name, expected.lookup(one, name), found);
        }
    }

    static Map<FileName, DirectoryEntry> entries(FileSystem fileSystem, Inode directory)
            throws FileException {
        Map<FileName, DirectoryEntry> all = new TreeMap<>();
        DirectoryEntry entry = fileSystem.nextEntry(directory, DirectoryEntry.START);
        while (entry != null) {
            assertEquals(null, all.put(entry.name(), entry), "twice: " + entry.name());
            entry = fileSystem.nextEntry(directory, entry.cookie());
        }
        return all;
    }

    static byte[] content(FileSystem fileSystem, Inode file) throws FileException {
        byte[] bytes = new byte[(int) fileSystem.attributes(file).size()];
        ByteBuffer to = ByteBuffer.wrap(bytes);
        assertEquals(bytes.length, fileSystem.read(file, 0, to));
        return bytes;
    }
}
