package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.mount.MountException;
import dev.cortado.runtime.file.tree.FileTree;

/** What is mounted beside the image's own files before main, in images that have any of it. */
interface StartMounts {
    /** Finds out what that is; before all others. */
    void prepare() throws MountException;

    /**
     * The index of a root with a directory for each mount.
     *
     * @param directory that the root has besides
     */
    byte[] rootIndex(String directory);

    /** Whether something is to be mounted at a path. */
    boolean covers(String path);

    void mount(FileTree tree) throws MountException;
}
