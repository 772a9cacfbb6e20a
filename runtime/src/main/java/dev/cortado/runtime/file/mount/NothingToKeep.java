package dev.cortado.runtime.file.mount;

import dev.cortado.runtime.file.FileSystem;

/** A file system that has nothing to write anywhere. */
record NothingToKeep(FileSystem fileSystem) implements MountedFileSystem {
    @Override
    public void commit() {}

    @Override
    public void unmount() {}
}
