package dev.cortado.runtime.file.tree;

import dev.cortado.runtime.file.FileSystem;
import dev.cortado.runtime.file.map.MappedContents;

/**
 * A file system at its place in the tree.
 *
 * @param contents of its files
 * @param place the directory that its root covers; null for the root of all
 * @param path of that directory
 * @param device a number that no other mount has
 * @param readOnly refuses all changes, with EROFS
 */
record Mount(
        FileSystem fileSystem,
        MappedContents contents,
        Location place,
        byte[] path,
        long device,
        boolean readOnly) {
    Mount(FileSystem fileSystem, Location place, byte[] path, long device, boolean readOnly) {
        this(fileSystem, new MappedContents(fileSystem), place, path, device, readOnly);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(device);
    }

    MountEntry entry() {
        return new MountEntry(path.clone(), fileSystem.type(), readOnly);
    }
}
